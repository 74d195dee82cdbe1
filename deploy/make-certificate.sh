#!/bin/sh
# A certificate for the kit on the office's network, signed by an authority of the office's own.
#
#   sh make-certificate.sh <folder> <host name> [<address of the PC>]        for example  tls kit.office.lan 192.168.1.20
#
# Writes into the folder: office-ca.pem (to be trusted by every device), office-ca.key (keep it off the PC), kit.pem and
# kit.key (tls_cert and tls_key of config.toml). An authority that is there already is used again: run it once more before
# the certificate ends, and no device needs to be touched. Needs openssl 1.1.1 or newer.
set -eu
umask 077

folder=$1
host=$2
address=${3:-}
mkdir -p "$folder"
cd "$folder"

names="DNS:$host"
permitted="permitted;DNS:$host"
if [ -n "$address" ]; then
  names="$names,IP:$address"
  permitted="$permitted,permitted;IP:$address/255.255.255.255"
fi

if [ ! -e office-ca.pem ]; then
  # The authority can vouch for this host alone: whoever steals its key can pretend to be the kit, and nothing else.
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -sha256 -nodes -days 3650 -subj "/CN=CPS training kit of this office" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -addext "nameConstraints=critical,$permitted" \
    -keyout office-ca.key -out office-ca.pem
fi

cat > kit.ext <<END
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = $names
END
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -sha256 -nodes -subj "/CN=$host" -keyout kit.key -out kit.csr
# 820 days: phones refuse what is good for longer than 825.
openssl x509 -req -in kit.csr -CA office-ca.pem -CAkey office-ca.key -CAcreateserial -sha256 -days 820 \
  -extfile kit.ext -out kit.pem
rm -f kit.csr kit.ext
openssl verify -x509_strict -CAfile office-ca.pem kit.pem
