#!/usr/bin/env bash
# Imports 10^4, 10^5, 10^6 and, if they fit in ten minutes, 10^7 users on both databases and writes what it measures into docs/scale.md and docs/scale.svg.
# scripts/scale.sh [FOLDER-OF-THE-PAGE|-] [USERS]...; see docs/scale.md
set -euo pipefail
if (($# == 0)); then
    set -- docs
fi
exec "$(dirname "$0")/proof.sh" ScaleProof "$@"
