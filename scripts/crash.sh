#!/usr/bin/env bash
# Kills the server on SQLite, the server on PostgreSQL, and PostgreSQL under the server, each 100 times while clients write.
# scripts/crash.sh [ROUNDS] [sqlite] [postgresql] [database]; see docs/proofs.md
exec "$(dirname "$0")/proof.sh" CrashProof "$@"
