#!/usr/bin/env bash
# Logins, password changes, disabling and slow updates of one user at once, 10,000 times on each database: does anything outlive a change?
# scripts/stress.sh [ROUNDS] [sqlite] [postgresql]; see docs/proofs.md
exec "$(dirname "$0")/proof.sh" StressProof "$@"
