#!/usr/bin/env bash
# Changes the code of auth-core in small ways and runs the tests on each change: which changes does no test notice?
# scripts/mutation.sh [PACKAGE...]   the packages below, or those of the arguments; THREADS=1 uses one core. See docs/mutation.md
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(user password token session event template json usecase dialect)
if (($# > 0)); then
    packages=("$@")
fi
for package in "${packages[@]}"; do
    if [ ! -d "auth-core/src/main/java/dev/countersign/${package//./\/}" ]; then
        echo "there is no package dev.countersign.$package in auth-core; packages are for example user and dialect.file" >&2
        exit 2
    fi
done
targets=$(printf ',dev.countersign.%s.*' "${packages[@]}")
report=auth-javalin/target/pit-reports
rm -rf "$report"

echo "testing mutants of ${packages[*]}: all of them take an hour or more" >&2
mvn -q -B -ntp -Pmutation -pl auth-javalin -am process-test-classes -Dspotless.check.skip \
    -Derror-prone.disabled=-XepDisableAllChecks -DtargetClasses="${targets#,}" \
    -Dthreads="${THREADS:-$(getconf _NPROCESSORS_ONLN)}"

# Prints a table by package. Only a failed test kills: on a busy machine a test that takes too long proves nothing.
awk -F, '
    $6 == "NON_VIABLE" { next }
    {
        package = $2
        sub(/\.[^.]*$/, "", package)
        sub(/^dev\.countersign\./, "", package)
        column = $6 ~ /^(KILLED|SURVIVED|NO_COVERAGE)$/ ? $6 : "BROKEN"
        count[package, "MUTANTS"]++; count[package, column]++
        count["all", "MUTANTS"]++; count["all", column]++
        if (!(package in known)) { known[package]; names[++total] = package }
    }
    $6 != "KILLED" {
        mutator = $3
        sub(/.*\./, "", mutator)
        print $6, $2 ":" $5, $4, mutator > survivors
    }
    function row(name) {
        killed = count[name, "KILLED"] / count[name, "MUTANTS"]
        printf "| %-12s | %7d | %6d | %9d | %8d | %11d | %5.1f |\n", name, count[name, "MUTANTS"], count[name, "KILLED"],
            count[name, "BROKEN"], count[name, "SURVIVED"], count[name, "NO_COVERAGE"], 100 * killed
        if (killed < 0.85) below = below " " name
    }
    END {
        for (i = 1; i <= total; i++)
            for (j = i + 1; j <= total; j++)
                if (names[j] < names[i]) { other = names[i]; names[i] = names[j]; names[j] = other }
        print "| package      | mutants | killed | timed out | survived | not reached |     % |"
        print "|--------------|---------|--------|-----------|----------|-------------|-------|"
        for (i = 1; i <= total; i++) row(names[i])
        if (total > 1) row("all")
        if (below != "") { print "less than 85 % killed:" below; exit 1 }
    }' survivors="$report/survivors.txt" "$report/mutations.csv" || failed=1
echo "mutants that were not killed: $report/survivors.txt; with their lines: $report/index.html"
exit "${failed:-0}"
