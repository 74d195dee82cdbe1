# What a page of the documentation may call in its comments `<!-- test: … -->`. Run by tests/docs/test_commands_in_pages.py
set -euo pipefail
PORT=

# Start the kit on a free port; returns when it says that it is ready. What it said lies in said.json.
serve() {
  mkfifo said
  cps-training serve --port 0 --no-browser --json "$@" > said 2> served.log &
  SERVER=$!
  exec 9< said
  rm said
  IFS= read -r line <&9 || { cat served.log >&2; return 1; }
  printf '%s\n' "$line" > said.json
  PORT=$(sed -E 's#.*"url": "https?://[^"]*:([0-9]+)/".*#\1#' said.json)
}

# End it as a service manager does; fails when it did not end well.
stop() {
  local server=$SERVER
  SERVER=
  kill -TERM "$server"
  wait "$server"
  exec 9<&-
}

SERVER=
trap 'status=$?; [ -z "$SERVER" ] || kill -TERM "$SERVER"; exit $status' EXIT

# Pages write the kit's own port; here it has the one that was free. Whatever name is asked for, it is this machine.
curl() { command curl ${PORT:+--connect-to "::127.0.0.1:$PORT"} "$@"; }

# fails <command …>: that command must be refused.
fails() {
  if "$@"; then
    echo "should have failed: $*" >&2
    return 1
  fi
}

# has_line <text> <command …>: the command succeeds and says so.
has_line() {
  local text=$1 out
  shift
  out=$("$@" 2>&1) || { printf '%s\n' "$out" >&2; return 1; }
  grep --quiet --fixed-strings -- "$text" <<< "$out" || { printf 'no "%s" in:\n%s\n' "$text" "$out" >&2; return 1; }
}

# one_file <files …>: the pattern before found exactly one.
one_file() { [ $# = 1 ] && [ -f "$1" ]; }

# A module of the tests, which are not installed.
a_test() { PYTHONPATH=$CHECKOUT python3 -m "tests.$1" "${@:2}"; }

# make_wheelhouse <folder>: the kit's wheel alone; its dependencies would have to be downloaded.
make_wheelhouse() { uv build --quiet --wheel --out-dir "$1" "$CHECKOUT"; }

# borrow_dependencies <environment>: as if they had been in the wheelhouse: those of the tests' own environment.
borrow_dependencies() {
  python3 - "$1" <<'END'
import sys, sysconfig
from pathlib import Path

borrowed = Path("borrowed").absolute()
borrowed.mkdir()
for entry in Path(sysconfig.get_path("purelib")).iterdir():
    if "cps_training" not in entry.name and not entry.name.endswith(".pth"):
        (borrowed / entry.name).symlink_to(entry)
(site,) = Path(sys.argv[1]).glob("lib/python*/site-packages")
(site / "borrowed.pth").write_text(f"{borrowed}\n")
END
}

# is_installed_apart <environment>: the kit that runs there is the wheel's, not the checkout's.
is_installed_apart() {
  "$1"/bin/python -c "import sys, cps_training; assert cps_training.__file__.startswith(sys.prefix), cps_training.__file__"
}
