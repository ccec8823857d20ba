#!/usr/bin/env bash
# Requests per second of "current user" and of logins at cost 10: scripts/throughput.sh [JAR...]; without a jar, of what is built now. Several jars take
# turns, so that a noisy machine is noisy for all. About a minute and a half for each jar.
exec "$(dirname "$0")/proof.sh" ThroughputProof "$@"
