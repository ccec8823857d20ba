#!/usr/bin/env bash
# How much memory a process needs for tokens that it remembers, ended or not. scripts/session-memory.sh [TOKENS]; see docs/figures.md
exec "$(dirname "$0")/proof.sh" SessionMemoryProof "$@"
