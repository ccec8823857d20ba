#!/bin/sh
# Looks for secrets in everything the tests printed: password hashes, the tests' passwords, tokens.
# Run it after mvn verify. Exit status: 0 nothing found, 1 something found, 2 nothing to look at.
set -eu
cd "$(dirname "$0")/.."

reports=$(find . -type d -name surefire-reports -path '*/target/*' | sort)
if [ -z "$reports" ]; then
  echo "there are no test reports; run mvn verify first" >&2
  exit 2
fi

# A test's name may show what it was given, such as a published hash; what a test prints may not.
printed() {
  find $reports -type f \( -name '*.txt' -o -name '*.dump' -o -name '*.dumpstream' \) -exec cat {} +
  find $reports -type f -name 'TEST-*.xml' -exec sed -e 's/<testcase name="[^"]*"//' -e 's/<property name="[^"]*" value="[^"]*"//' {} +
}

hash='\$2[abxy]\$[0-9][0-9]\$[./A-Za-z0-9]{53}'
token='eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{20,}'
passwords='SENTINEL-[A-Za-z0-9]|kessel run in 12 parsecs|only hope of the rebels|shoots too late, always|not a stormtrooper now|a good question for another time'

found=0
for pattern in "$hash" "$token" "$passwords"; do
  hits=$(printed | grep -a -E -o -n "$pattern" | cut -c 1-60 | sort -u | head -n 20 || true)
  if [ -n "$hits" ]; then
    echo "the tests printed what matches $pattern:"
    echo "$hits"
    found=1
  fi
done
[ "$found" -eq 0 ] && echo "no secret in $(printed | wc -l | tr -d ' ') printed lines"
exit "$found"
