#!/usr/bin/env bash
# Measures this server, bare Javalin and other login servers side by side on this machine: scripts/bench.sh [ROUNDS [SECONDS [docs]]]. About half an hour;
# with "docs" the result is written into docs/speed.md and docs/speed.svg.
# Needs a JDK and Maven; Node and npm for the servers on Node, which are left out without them. See docs/speed.md
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -q -B -ntp -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/proof-classpath.txt -Dmdep.includeScope=test
module=auth-javalin/target
peers=$module/peers
mkdir -p "$peers"
cp -r auth-javalin/src/test/peers/. "$peers"
echo "building the other servers" >&2
(cd "$peers/spring" && mvn -q -B -ntp -DskipTests package)
if command -v npm >/dev/null; then
    for peer in fastify better-auth; do
        [ -d "$peers/$peer/node_modules" ] || (cd "$peers/$peer" && npm ci --no-audit --no-fund --loglevel=error >&2)
    done
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -Dbench.server="$module/auth-server.jar" -Dbench.peers="$peers" \
    -Dbench.options="@packaging/java.options -XX:SharedArchiveFile=$module/auth-server.jsa -Xlog:cds=off,cds+dynamic=off" \
    -cp "$module/test-classes:$module/classes:$(cat "$module/proof-classpath.txt")" dev.countersign.bench.Bench "$@"
