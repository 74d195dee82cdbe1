#!/bin/sh
# One dated backup of the records and a copy of what the office wrote itself. Works while the kit serves.
#
#   sh backup.sh <folder for backups> [days to keep them, 60]
#
# The data folder is CPS_DATA_DIR. Ends with another code than 0 when anything could not be saved.
set -eu
umask 077 # names and password hashes are in it

target=$1
days=${2:-60}
data=${CPS_DATA_DIR:?set CPS_DATA_DIR to the data folder}
stamp=$(date +%Y-%m-%dT%H%M%S)

mkdir -p "$target"
cps-training backup "$target/cps-$stamp.sqlite3" --data-dir "$data"
for own in content config.toml; do
  if [ -e "$data/$own" ]; then
    echo "$own"
  fi
done | tar -C "$data" -czf "$target/cps-$stamp.own.tar.gz" -T -

# People who were erased must not live on in old backups for ever.
find "$target" -maxdepth 1 -type f \( -name 'cps-*.sqlite3' -o -name 'cps-*.own.tar.gz' \) -mtime +"$days" -delete
