#!/bin/sh
# Looks for secrets in everything the tests left: what they printed, the logs of servers, the output of commands, the tables of databases.
# It looks for everything that has the form of a hash or a token, and for every password, token, hash and key that tests noted as used
# (class UsedSecrets, in target/secrets/used.txt).
# Run it after mvn verify. Exit status: 0 nothing found, 1 something found, 2 nothing to look at. Argument: the folder with the modules.
set -eu
cd "${1:-$(dirname "$0")/..}"
export LC_ALL=C

reports=$(find . -type d -name surefire-reports -path '*/target/*' | sort)
if [ -z "$reports" ]; then
  echo "there are no test reports; run mvn verify first" >&2
  exit 2
fi
left=$(find . -type d -path '*/target/secrets/output' | sort)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A test's name may show what it was given, such as a published hash; what a test prints may not.
find $reports -type f \( -name '*.txt' -o -name '*.dump' -o -name '*.dumpstream' \) -exec cat {} + >"$scratch/printed"
find $reports -type f -name 'TEST-*.xml' \
  -exec sed -e 's/<testcase name="[^"]*"//' -e 's/<property name="[^"]*" value="[^"]*"//' {} + >>"$scratch/printed"
if [ -n "$left" ]; then
  find $left -type f -exec cat {} + >>"$scratch/printed"
fi
find . -type f -path '*/target/secrets/used.txt' -exec cat {} + | grep -a -v '^[[:space:]]*$' | sort -u >"$scratch/used" || true

found=0
# report WHAT: says where the hits on standard input are, without showing more than their beginning.
report() {
  hits=$(cut -c 1-24 | sort -u | head -n 20)
  if [ -n "$hits" ]; then
    echo "the tests left $1:"
    echo "$hits"
    found=1
  fi
}

hash='\$2[abxy]\$[0-9][0-9]\$[./A-Za-z0-9]{53}'
token='eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{20,}'
passwords='SENTINEL-[A-Za-z0-9]|kessel run in 12 parsecs|only hope of the rebels|shoots too late, always|not a stormtrooper now|a good question for another time'

grep -a -E -o -n "$hash" "$scratch/printed" >"$scratch/hits" || true
report "hashes" <"$scratch/hits"
grep -a -E -o -n "$token" "$scratch/printed" >"$scratch/hits" || true
report "tokens" <"$scratch/hits"
grep -a -E -o -n "$passwords" "$scratch/printed" >"$scratch/hits" || true
report "passwords" <"$scratch/hits"
if [ -s "$scratch/used" ]; then
  grep -a -F -o -n -f "$scratch/used" "$scratch/printed" >"$scratch/hits" || true
  report "secrets that they used" <"$scratch/hits"
fi
if [ "$found" -eq 0 ]; then
  echo "none of $(wc -l <"$scratch/used" | tr -d ' ') used secrets in $(wc -l <"$scratch/printed" | tr -d ' ') lines"
fi
exit "$found"
