#!/usr/bin/env bash
# How soon a second server refuses a token that was ended at the first. scripts/revocation.sh [ROUNDS [pgbouncer]]; see docs/proofs.md
exec "$(dirname "$0")/proof.sh" RevocationProof "$@"
