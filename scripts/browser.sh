#!/usr/bin/env bash
# Runs a page of another origin in Chromium: it logs in and reads its user where its origin is named, and is blocked where it is not.
# scripts/browser.sh [--install]; see docs/browsers.md
set -euo pipefail
cd "$(dirname "$0")/.."

jar=auth-javalin/target/auth-server.jar
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
scratch="$(mktemp -d)"
started=()

clean_up() {
    for process in "${started[@]}"; do
        kill -TERM -- "-$process" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    echo "FAILED: $*" >&2
    tail -n 30 "$scratch"/*.out "$scratch"/*.log >&2 || true
    exit 1
}

# wait_for SECONDS COMMAND...
wait_for() {
    local tries=$((10 * $1))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

# start NAME COMMAND...: in a process group of its own, since browsers have many processes.
start() {
    local name="$1"
    shift
    set -m
    "$@" >"$scratch/$name.out" 2>"$scratch/$name.log" </dev/null &
    started+=("$!")
    set +m
}

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    {
        apt-get update -q
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium
    } >"$scratch/apt.log" 2>&1 || true
    find_browser || { tail -n 5 "$scratch/apt.log" >&2; return 1; }
}

find_browser() {
    browser="$(command -v chromium || command -v chromium-browser || command -v google-chrome)"
}

# says LINE: a page has reported this line.
says() {
    grep -Fqx -- "$1" "$scratch/pages.out" || fail "the page does not report '$1'"
    checks=$((checks + 1))
}

wants_install=
case "${1:-}" in
    --install) wants_install=yes ;;
    '') ;;
    *) echo "usage: scripts/browser.sh [--install]" >&2; exit 2 ;;
esac

if ! find_browser && ! { [ -n "$wants_install" ] && install; }; then
    echo "*** SKIPPED: Chromium is not installed${wants_install:+ and cannot be installed here}: NOTHING WAS CHECKED IN A BROWSER ***"
    exit 0
fi
[ -f "$jar" ] || mvn -q -B -ntp -DskipTests package

start pages "$java" scripts/PageServer.java scripts/browser.html
wait_for 60 grep -qs . "$scratch/pages.out" || fail "the pages are not served"
read -r named unnamed <"$scratch/pages.out"

cat >"$scratch/auth.yaml" <<END
cors_origins: ["http://127.0.0.1:$named"]
dialects:
  - standard
  - payop
  - file: $PWD/auth-javalin/src/test/resources/dialects/directus-session.yaml
    prefix: /session
END
start server "$java" -jar "$jar" serve --config "$scratch/auth.yaml" --data "$scratch/data" --port 0 --bcrypt-cost 10 --demo
wait_for 60 grep -qs '^Listening on ' "$scratch/server.out" || fail "the server does not start"
address="$(sed -n 's/^Listening on //p' "$scratch/server.out")"

# First the page whose origin is named, then the same page of another origin.
start browser "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --disable-dev-shm-usage --user-data-dir="$scratch/profile" --remote-debugging-port=0 \
    "http://127.0.0.1:$named/?api=$address&next=http://127.0.0.1:$unnamed/?api=$address"
wait_for 120 grep -qsFx 'unnamed: done: yes' "$scratch/pages.out" || fail "the pages do not end"

checks=0
says 'named: login: 200'
says 'named: user: ada@example.com'
says 'named: change: 200'
says 'named: refusal: 401 Bearer realm="countersign"'
says 'named: no such path: 404'
says 'named: another method: 405'
says 'named: login by header: 200 true'
says 'named: user by header: merchant@example.com'
says 'named: login by cookie: 200'
says 'named: user by cookie: ada@example.com'
says 'named: no cookie: 403'
for what in login user change refusal 'no such path' 'another method' 'login by header' 'user by header' 'login by cookie' \
    'user by cookie' 'no cookie'; do
    says "unnamed: $what: blocked (TypeError)"
done
echo "$("$browser" --version 2>/dev/null | sed 's/ *$//'): $checks results of pages were as they should be"
