#!/usr/bin/env bash
# Searches for inputs that break the reading of files, requests, tokens and rows: scripts/fuzz.sh [MINUTES] [TARGET...]; see docs/testing.md
# Each target runs for so many minutes (5 unless given), one after the other. What is found is kept as a seed, and fails the tests until it is fixed.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes="${1:-5}"
shift || true
mvn -q -DskipTests -Dshade.skip -Dcds.skip package dependency:build-classpath \
    -Dmdep.outputFile=target/fuzz-classpath.txt -Dmdep.includeScope=test
cd auth-javalin
program=("${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED
    -Dorg.slf4j.simpleLogger.defaultLogLevel=off
    -cp "target/test-classes:target/classes:$(cat target/fuzz-classpath.txt)" dev.countersign.fuzz.FuzzProgram)
found=0
while read -r target inputs; do
    if [ $# -gt 0 ] && [[ " $* " != *" $target "* ]]; then continue; fi
    # With the folder there, Jazzer writes what it finds into it.
    mkdir -p "$inputs"
    echo "== $target, $minutes minutes; findings go to auth-javalin/$inputs"
    JAZZER_FUZZ=1 nice "${program[@]}" "$target" "$((minutes * 60))" </dev/null 2>&1 | grep -v '^INFO: Instrumented' || found=1
    rmdir -p --ignore-fail-on-non-empty "$inputs"
done < <("${program[@]}")
exit "$found"
