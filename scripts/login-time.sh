#!/usr/bin/env bash
# Does the time of an answer tell an unknown user from a wrong password? scripts/login-time.sh [PAIRS [mixed]]; mixed: in a store
# where half the hashes have another cost than new ones. See docs/proofs.md
exec "$(dirname "$0")/proof.sh" LoginTimeProof "$@"
