#!/usr/bin/env bash
# Do slow clients make others wait? scripts/attack.sh [SECONDS] [SLOW BODIES] [SLOW HEADS]; see docs/proofs.md
exec "$(dirname "$0")/proof.sh" AttackProof "$@"
