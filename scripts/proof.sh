#!/usr/bin/env bash
# Builds what the programs of dev.countersign.proof need, and runs one of them: scripts/proof.sh CrashProof 100
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/proof-classpath.txt -Dmdep.includeScope=test
module=auth-javalin/target
program="$1"
shift
case "$program" in
    *.*) ;;
    *) program="dev.countersign.proof.$program" ;;
esac
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=error -Dproof.server="$module/auth-server.jar" \
    -cp "$module/test-classes:$module/classes:$(cat "$module/proof-classpath.txt")" "$program" "$@"
