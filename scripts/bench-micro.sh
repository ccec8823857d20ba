#!/usr/bin/env bash
# Micro-benchmarks with JMH of hashing, tokens, look-ups and the engine: scripts/bench-micro.sh [OPTION...], options of JMH in place of ours:
# scripts/bench-micro.sh -f 1 TokenBench. Without options some five minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -q -B -ntp -Pjmh -DskipTests -Dcds.skip -Dshade.skip process-test-classes dependency:build-classpath \
    -Dmdep.outputFile=target/jmh-classpath.txt -Dmdep.includeScope=test
module=auth-javalin/target
if (($# == 0)); then
    set -- -f 2 -wi 3 -w 2 -i 5 -r 2
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -cp "$module/test-classes:$module/classes:$(cat "$module/jmh-classpath.txt")" org.openjdk.jmh.Main "$@"
