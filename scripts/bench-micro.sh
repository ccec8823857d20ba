#!/usr/bin/env bash
# Micro-benchmarks with JMH of hashing, tokens, look-ups and the engine: scripts/bench-micro.sh [OPTION...], options of JMH such as -f 1 or a name. A few minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -q -B -ntp -Pjmh -DskipTests -Dcds.skip -Dshade.skip process-test-classes dependency:build-classpath \
    -Dmdep.outputFile=target/jmh-classpath.txt -Dmdep.includeScope=test
module=auth-javalin/target
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -cp "$module/test-classes:$module/classes:$(cat "$module/jmh-classpath.txt")" org.openjdk.jmh.Main \
    -f 2 -wi 3 -w 2 -i 5 -r 2 "$@"
