#!/usr/bin/env bash
# Do logins make others wait? scripts/storm.sh [SECONDS [CLIENTS [COST [HEAP_MB [SETTING...]]]]] or scripts/storm.sh crowd [CLIENTS [COST [HEAP_MB]]];
# see docs/proofs.md
exec "$(dirname "$0")/proof.sh" StormProof "$@"
