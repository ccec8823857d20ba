#!/usr/bin/env bash
# Changes the code of auth-core in small ways and runs the tests on each change: which changes does no test notice?
# scripts/mutation.sh [PACKAGE...]   all packages below, or those of the arguments; THREADS=1 uses one core. See docs/mutation.md
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(user password token session event template json usecase dialect)
if (($# > 0)); then
    packages=("$@")
fi
for package in "${packages[@]}"; do
    if [ ! -d "auth-core/src/main/java/dev/countersign/${package//./\/}" ]; then
        echo "there is no package dev.countersign.$package in auth-core; known are for example user and dialect.file" >&2
        exit 2
    fi
done
targets=$(printf ',dev.countersign.%s.*' "${packages[@]}")
report=auth-javalin/target/pit-reports
rm -rf "$report"

mvn -q -B -ntp -Pmutation -pl auth-javalin -am process-test-classes -Dspotless.check.skip -Derror-prone.disabled=-XepDisableAllChecks \
    -DtargetClasses="${targets#,}" -Dthreads="${THREADS:-$(getconf _NPROCESSORS_ONLN)}"

# A mutant that makes a test run too long is not counted as killed: on a busy machine the time proves nothing.
awk -F, '
    { package = $2; sub(/\.[^.]*$/, "", package); sub(/^dev\.countersign\./, "", package) }
    $6 == "NON_VIABLE" { next }
    { all[package]++; count[package, $6]++; all["all"]++; count["all", $6]++ }
    $6 != "KILLED" {
        mutator = $3; sub(/.*\./, "", mutator)
        print $6, $2 ":" $5, $4, mutator > survivors
    }
    function row(name, killed) {
        killed = count[name, "KILLED"] + 0
        printf "| %-12s | %7d | %6d | %9d | %8d | %9d | %5.1f |\n", name, all[name], killed, count[name, "TIMED_OUT"],
            count[name, "SURVIVED"], all[name] - killed - count[name, "TIMED_OUT"] - count[name, "SURVIVED"], 100 * killed / all[name]
        if (killed < 0.85 * all[name]) below = below " " name
    }
    END {
        print "| package      | mutants | killed | timed out | survived | not reached |     % |"
        print "|--------------|---------|--------|-----------|----------|-----------|-------|"
        command = "sort"
        for (name in all) if (name != "all") names[++total] = name
        for (i = 1; i <= total; i++) for (j = i + 1; j <= total; j++) if (names[j] < names[i]) { t = names[i]; names[i] = names[j]; names[j] = t }
        for (i = 1; i <= total; i++) row(names[i])
        if (total > 1) row("all")
        if (below != "") { print "less than 85 % killed:" below; exit 1 }
    }' survivors="$report/survivors.txt" "$report/mutations.csv" || failed=1
echo "every mutant that was not killed: $report/survivors.txt; with the lines of the code: $report/index.html"
exit "${failed:-0}"
