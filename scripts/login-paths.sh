#!/usr/bin/env bash
# Does the time of an answer tell why a login failed: unknown user, wrong password, disabled user, no password?
# scripts/login-paths.sh [ATTEMPTS]: 2000 of each by default, about 15 minutes. See docs/proofs.md
exec "$(dirname "$0")/proof.sh" LoginPathProof "$@"
