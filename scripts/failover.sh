#!/usr/bin/env bash
# Two PostgreSQL servers; 20 times the primary goes away while clients write. scripts/failover.sh [ROUNDS]; see docs/proofs.md
exec "$(dirname "$0")/proof.sh" FailoverProof "$@"
