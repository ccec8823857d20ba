#!/bin/sh
# Time from the start of the process to the ready line, processor time and resident memory until then: the median of five starts with the class-data archive
# and five without, taken in turns, so that what else the machine does falls on both alike.
#
#   scripts/measure-start.sh            the java of JAVA_HOME, or of the path
#   RUNS=9 scripts/measure-start.sh     more starts
#
# Needs the jar of "mvn package", which also makes the archive. An archive made by another JDK is not used by this one: one that fits is
# made for the measurement.
set -eu

cd "$(dirname "$0")/.."
runs=${RUNS:-5}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=auth-javalin/target/auth-server.jar
archive=auth-javalin/target/auth-server.jsa
[ -f "$jar" ] || { echo "$jar is missing: run mvn -q -DskipTests package" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints milliseconds, milliseconds of the processors, and kibibytes of one start; the first argument is the archive, or none.
start() {
    rm -rf "$work/data" "$work/out"
    mkfifo "$work/out"
    began=$(date +%s%N)
    if [ "$1" = none ]; then
        "$java" -jar "$jar" --port 0 --data "$work/data" >"$work/out" 2>"$work/err" &
    else
        "$java" -XX:SharedArchiveFile="$1" -jar "$jar" --port 0 --data "$work/data" >"$work/out" 2>"$work/err" &
    fi
    server=$!
    ready=
    while IFS= read -r line; do
        case $line in "Listening on "*) ready=$(date +%s%N); break ;; esac
    done <"$work/out"
    if [ -z "$ready" ]; then
        echo "the server did not start:" >&2
        cat "$work/err" >&2
        exit 1
    fi
    # In ticks of ten milliseconds, after the name in brackets; only Linux tells it there.
    if [ -r "/proc/$server/stat" ]; then
        busy=$(sed 's/.*) //' "/proc/$server/stat" | awk '{ print ($12 + $13) * 10 }')
    else
        busy=0
    fi
    memory=$(ps -o rss= -p "$server" | tr -d ' ')
    kill "$server"
    wait "$server" 2>/dev/null || true
    rm -f "$work/out"
    echo "$(((ready - began) / 1000000)) $busy $memory"
}

fits() {
    "$java" -Xshare:on -XX:SharedArchiveFile="$1" -jar "$jar" --version >/dev/null 2>&1
}

if ! fits "$archive"; then
    archive=$work/fitting.jsa
    "$java" -XX:ArchiveClassesAtExit="$archive" -jar "$jar" warm-up >/dev/null 2>&1
    fits "$archive" || { echo "this JVM makes no archive" >&2; exit 1; }
fi

run=0
while [ "$run" -le "$runs" ]; do
    # The first start of each reads the files into memory and does not count.
    start none >>"$work/without.$((run > 0))"
    start "$archive" >>"$work/with.$((run > 0))"
    run=$((run + 1))
done

median() {
    sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : int((value[NR / 2] + value[NR / 2 + 1]) / 2) }'
}

column() {
    cut -d ' ' -f "$2" "$work/$1.1" | median
}

"$java" -version 2>&1 | head -n 1
echo "median of $runs starts, load $(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null || uptime)"
printf '%-24s %9s %12s %10s\n' '' ready 'processors' resident
row() {
    printf '%-24s %6d ms %9d ms %6d MiB\n' "$1 archive" "$(column "$1" 1)" "$(column "$1" 2)" $(($(column "$1" 3) / 1024))
}
row without
row with
ratio() {
    awk -v a="$(column with "$1")" -v b="$(column without "$1")" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "-" }'
}
printf '%-24s %9s %12s %10s\n' 'with / without' "$(ratio 1)" "$(ratio 2)" "$(ratio 3)"
