#!/usr/bin/env bash
# Hostile requests to the server, 10,000 to each dialect: scripts/hostile.sh [REQUESTS [SEED]]. See docs/proofs.md
exec "$(dirname "$0")/proof.sh" dev.countersign.javalin.HostileProof "$@"
