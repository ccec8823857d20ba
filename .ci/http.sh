# Functions for requests with curl; sourced. The last answer, headers included, is in $answer.
answer=

fail() {
    echo "FAILED: $*" >&2
    printf '%s\n' "$answer" >&2
    exit 1
}

# expect STATUS LINE: runs a line that starts with "curl" and checks the status of the answer.
expect() {
    local wanted="$1" line="$2" shown status
    answer="$(bash -c "curl -s -i --max-time 30 ${line#curl }" | tr -d '\r')" || fail "no answer to: $line"
    status="$(printf '%s\n' "$answer" | sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p')"
    shown="$(printf '%s' "$line" | sed -E 's/(eyJ[A-Za-z0-9_-]{3})[A-Za-z0-9_.-]+/\1…/g; s/(refresh_token[^A-Za-z0-9]+[A-Za-z0-9_-]{3})[A-Za-z0-9_-]+/\1…/g')"
    echo "$status  $shown"
    [ "$status" = "$wanted" ] || fail "expected $wanted for: $line"
}

# token: prints the first token in the last answer; fails if there is none.
token() {
    printf '%s\n' "$answer" | grep -Eo 'eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+' | head -n 1 | grep .
}

# refresh_token: prints the refresh token in the last answer; fails if there is none.
refresh_token() {
    printf '%s\n' "$answer" | sed -n 's/.*"refresh_token":"\([^"]*\)".*/\1/p' | head -n 1 | grep .
}
