#!/usr/bin/env bash
# Runs nginx, Caddy and HAProxy with the configurations of docs/proxies.md in front of an application, and checks what passes.
# scripts/proxies.sh [--install] [nginx] [caddy] [haproxy]; see docs/proxies.md
set -euo pipefail
cd "$(dirname "$0")/.."

jar=auth-javalin/target/auth-server.jar
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
scratch="$(mktemp -d)"
chmod 755 "$scratch"
started=()
policy=/usr/sbin/policy-rc.d
own_policy=
checks=0
answer=

clean_up() {
    for process in "${started[@]}"; do
        kill -TERM "$process" 2>/dev/null || true
        kill -CONT "$process" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    [ -z "$own_policy" ] || rm -f "$own_policy"
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    echo "FAILED: $proxy: $*" >&2
    printf '%s\n' "$answer" >&2
    tail -n 20 "$scratch"/*.log >&2 || true
    exit 1
}

# page_file NAME: prints the file of that name in the page.
page_file() {
    awk -v marker="<!-- file: $1 -->" '
        $0 == marker { here = 1; next }
        here && /^```$/ { exit }
        here && !/^```/ { print }' docs/proxies.md | grep .
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 10000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
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

listens() {
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

start_server() {
    page_file auth.yaml >"$scratch/auth.yaml"
    rm -f "$scratch/server.out"
    "$java" -jar "$jar" serve --config "$scratch/auth.yaml" --data "$scratch/data" --port "${1:-0}" --bcrypt-cost 10 --demo \
        >"$scratch/server.out" 2>"$scratch/server.log" </dev/null &
    server=$!
    started+=("$server")
    wait_for 60 grep -qs '^Listening on ' "$scratch/server.out" || fail "the server does not start"
    address="$(sed -n 's/^Listening on //p' "$scratch/server.out")"
}

add_user() {
    printf 'seven blue lanterns\n' | "$java" -jar "$jar" user add --data "$scratch/data" --bcrypt-cost 10 "$@" >/dev/null
}

# token ROUTE BODY: logs in.
token() {
    curl -s -i --max-time 30 -H 'Content-Type: application/json' -d "$2" "$address$1" |
        grep -Eo 'eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+' | head -n 1
}

is_installed() {
    command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]
}

# Installs a package. Debian starts services while it installs them; a policy forbids that.
install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    if [ ! -e "$policy" ]; then
        own_policy="$policy"
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    {
        apt-get update -q
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1"
    } >"$scratch/apt.log" 2>&1 || true
    [ -z "$own_policy" ] || rm -f "$own_policy"
    own_policy=
    is_installed "$1" || { tail -n 5 "$scratch/apt.log" >&2; return 1; }
}

# configuration FILE: prints the page's configuration with the addresses of this run.
configuration() {
    page_file "$1" | sed -e "s,127\.0\.0\.1:8080,${address#http://},g" -e "s,127\.0\.0\.1:9000,127.0.0.1:$application,g" \
        -e "s,127\.0\.0\.1:808[123],127.0.0.1:$port,g" -e "s,/etc/haproxy/verify.lua,$scratch/verify.lua,g"
}

start_nginx() {
    mkdir -p "$scratch/nginx"
    configuration nginx.conf >"$scratch/nginx/page.conf"
    add_tls
    cat >"$scratch/nginx/nginx.conf" <<END
daemon off;
pid $scratch/nginx/pid;
error_log $scratch/nginx.log warn;
$([ "$(id -u)" != 0 ] || echo "user root;")
worker_processes 1;
events {}
http {
    access_log off;
    client_body_temp_path $scratch/nginx/body;
    proxy_temp_path $scratch/nginx/proxy;
    fastcgi_temp_path $scratch/nginx/fastcgi;
    uwsgi_temp_path $scratch/nginx/uwsgi;
    scgi_temp_path $scratch/nginx/scgi;
    include $scratch/nginx/page.conf;
    include $scratch/nginx/tls.conf;
}
END
    "$(command -v nginx || echo /usr/sbin/nginx)" -p "$scratch/nginx" -c "$scratch/nginx/nginx.conf" >>"$scratch/nginx.log" 2>&1 &
}

start_caddy() {
    { printf '{\n\tadmin off\n}\n'; configuration Caddyfile; } >"$scratch/Caddyfile"
    HOME="$scratch" XDG_DATA_HOME="$scratch" XDG_CONFIG_HOME="$scratch" \
        caddy run --config "$scratch/Caddyfile" --adapter caddyfile >"$scratch/caddy.log" 2>&1 &
}

start_haproxy() {
    configuration verify.lua >"$scratch/verify.lua"
    configuration haproxy.cfg >"$scratch/haproxy.cfg"
    "$(command -v haproxy || echo /usr/sbin/haproxy)" -db -f "$scratch/haproxy.cfg" >"$scratch/haproxy.log" 2>&1 &
}

# Adds the page's server with TLS to the configuration of nginx, with a certificate for this run.
add_tls() {
    tls_port="$(free_port)"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=login.example.com -keyout "$scratch/privkey.pem" \
        -out "$scratch/fullchain.pem" 2>"$scratch/openssl.log" || fail "no certificate"
    configuration tls.conf | sed -e "s,listen 443 ssl,listen 127.0.0.1:$tls_port ssl," -e "s,/etc/nginx/tls,$scratch,g" \
        >"$scratch/nginx/tls.conf"
}

# Logins over TLS until the limit is reached; other routes are not limited.
check_tls() {
    local url="https://login.example.com:$tls_port" status=200 tries=0 what="TLS"
    local options=(-s -o "$scratch/tls.out" -w '%{http_code}' --max-time 30 --noproxy '*' --cacert "$scratch/fullchain.pem"
        --connect-to "login.example.com:$tls_port:127.0.0.1:$tls_port")
    while [ "$status" = 200 ]; do
        status="$(curl "${options[@]}" -H 'Content-Type: application/json' \
            -d '{"identifier":"ada","password":"correct horse battery"}' "$url/auth/login")" || fail "no answer over TLS"
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] || fail "no limit over TLS"
    done
    [ "$status" = 429 ] && [ "$tries" -gt 10 ] || fail "login $tries over TLS is answered with $status"
    [ "$(curl "${options[@]}" -H "Authorization: Bearer $ada" "$url/auth/me")" = 200 ] || fail "no user over TLS"
    checks=$((checks + tries + 1))
}

# ask STATUS WHAT CURL-ARGUMENT...: a request through the proxy.
ask() {
    local wanted="$1" status
    what="$2"
    shift 2
    answer="$(curl -s -i --max-time 30 "$@" "http://127.0.0.1:$port/orders?page=2" | tr -d '\r')" || fail "no answer: $what"
    status="$(printf '%s\n' "$answer" | sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p')"
    [[ "$status" == $wanted ]] || fail "expected $wanted: $what"
    not_twice WWW-Authenticate
    checks=$((checks + 1))
}

# has LINE: the answer has this line; header names in any case.
has() {
    printf '%s\n' "$answer" | grep -Fiqx -- "$1" || fail "no line '$1': $what"
}

# not_twice NAME: the answer has this header once at most.
not_twice() {
    [ "$(printf '%s\n' "$answer" | sed '/^$/q' | grep -ic "^$1:")" -le 1 ] || fail "more than one header $1: $what"
}

lacks() {
    ! printf '%s\n' "$answer" | grep -Eiq -- "$1" || fail "there is '$1': $what"
}

spoofed=(-H 'X-Auth-User-Id: spoofed' -H 'x-auth-user-name: spoofed' -H 'X-AUTH-ROLE: spoofed' -H 'X-Auth-Role: spoofed'
    -H 'X_Auth_User_Id: spoofed' -H 'X_Auth_Role: spoofed' -H 'x-auth_user-id: spoofed')

check() {
    ask 200 "a valid token" -H "Authorization: Bearer $zoe" "${spoofed[@]}"
    has "reached by GET"
    has "X-Auth-User-Id: $zoe_id"
    has "X-Auth-User-Name: Zo%C3%AB"
    has "X-Auth-Role: editor"
    lacks spoofed

    ask 200 "a user without a role" -H "Authorization: Bearer $ada" "${spoofed[@]}"
    has "X-Auth-User-Name: ada"
    lacks 'spoofed|editor'

    ask 200 "another dialect's token" -H "token: $merchant" "${spoofed[@]}"
    has "X-Auth-User-Name: merchant"
    has "X-Auth-Role: 1"
    lacks spoofed

    ask 200 "a POST" -H "Authorization: Bearer $zoe" -H 'Content-Type: text/plain' -d 'three lamps'
    has "reached by POST"
    has "body: three lamps"

    ask 200 "a HEAD" -H "Authorization: Bearer $zoe" --head
    has "X-Reached: yes"

    ask 401 "no token" "${spoofed[@]}"
    has 'WWW-Authenticate: Bearer realm="countersign"'
    has 'Content-Type: application/problem+json'
    lacks 'reached'
    printf '%s\n' "$answer" | grep -q 'missing-token' || fail "not the dialect's body"

    ask 401 "a POST without token" -d 'three lamps'
    lacks 'reached'

    ask 401 "a forged token" -H "Authorization: Bearer ${zoe%????}AAAA" "${spoofed[@]}"
    has 'WWW-Authenticate: Bearer realm="countersign", error="invalid_token", error_description="The access token is not valid"'
    lacks 'reached'

    ask 401 "what is no token" -H "Authorization: Bearer a b"
    lacks 'reached'

    ask 401 "tokens of two users" -H "Authorization: Bearer $zoe" -H "token: $merchant"
    lacks 'reached'

    kill -STOP "$server"
    ask '5[0-9][0-9]' "a valid token while the server does not answer" -H "Authorization: Bearer $zoe"
    lacks 'reached'
    kill -CONT "$server"

    kill -TERM "$server"
    wait "$server" || true
    ask '5[0-9][0-9]' "a valid token while the server is away" -H "Authorization: Bearer $zoe" "${spoofed[@]}"
    lacks 'reached'
    ask '5[0-9][0-9]' "no token while the server is away"
    lacks 'reached'
    start_server "${address##*:}"
    ask 200 "a valid token when the server is back" -H "Authorization: Bearer $zoe"
}

wants_install=
proxies=()
for argument in "$@"; do
    case "$argument" in
        --install) wants_install=yes ;;
        nginx | caddy | haproxy) proxies+=("$argument") ;;
        *) echo "usage: scripts/proxies.sh [--install] [nginx] [caddy] [haproxy]" >&2; exit 2 ;;
    esac
done
[ "${#proxies[@]}" -gt 0 ] || proxies=(nginx caddy haproxy)

[ -f "$jar" ] || mvn -q -B -ntp -DskipTests package

proxy=server
start_server
add_user --username Zoë --set role=editor
zoe="$(token /auth/login '{"identifier":"Zoë","password":"seven blue lanterns"}')" || fail "Zoë cannot log in"
ada="$(token /auth/login '{"identifier":"ada","password":"correct horse battery"}')" || fail "ada cannot log in"
merchant="$(token /v1/users/login '{"email":"merchant@example.com","password":"correct horse battery"}')" || fail "merchant cannot log in"
zoe_id="$(curl -s -H "Authorization: Bearer $zoe" "$address/auth/me" | sed -E 's/.*"id":"([^"]*)".*/\1/')"

"$java" scripts/EchoHeaders.java >"$scratch/application.out" 2>"$scratch/application.log" </dev/null &
started+=($!)
wait_for 60 grep -qs . "$scratch/application.out" || fail "the application does not start"
application="$(cat "$scratch/application.out")"

skipped=0
for proxy in "${proxies[@]}"; do
    if ! is_installed "$proxy" && ! { [ -n "$wants_install" ] && install "$proxy"; }; then
        echo "*** SKIPPED: $proxy is not installed${wants_install:+ and cannot be installed here}: NOTHING WAS CHECKED WITH IT ***"
        skipped=$((skipped + 1))
        continue
    fi
    checks=0
    port="$(free_port)"
    "start_$proxy"
    running=$!
    started+=("$running")
    wait_for 20 listens "$port" || fail "it does not start"
    check
    [ "$proxy" != nginx ] || check_tls
    kill -TERM "$running"
    wait "$running" || true
    echo "$proxy: $checks requests were answered as they should be"
done
[ "$skipped" = 0 ] || echo "*** $skipped of ${#proxies[@]} proxies were skipped ***"
