#!/usr/bin/env bash
# size.sh [COMMIT...]: how large the main code is, and how many files know one sample of each kind of change. HEAD unless commits are given.
set -euo pipefail
cd "$(dirname "$0")/.."

main_files() { # COMMIT MODULE
    git ls-tree -r --name-only "$1" -- "$2/src/main/java" | grep '\.java$' | grep -v '/package-info\.java$' || true
}

lines() { # COMMIT, files on standard input
    while IFS= read -r file; do git show "$1:$file"; done | wc -l
}

# Types that an application can name: not those of the server, nor below internal.
public_types() { # COMMIT MODULE
    git grep -lE '^public ' "$1" -- "$2/src/main/java" | grep -vE '/(server|internal)/' | wc -l
}

knowing() { # COMMIT PATTERN
    git grep -lE "$2" "$1" -- ':(glob)auth-*/src/main/java/**' ':(exclude)auth-testkit' ':(glob)auth-*/src/main/resources/**/*.sql' | wc -l
}

for commit in "${@:-HEAD}"; do
    echo "== $(git log -1 --format='%h %cs' "$commit")"
    printf '%-14s %6s %7s %13s\n' module files lines 'public types'
    for module in auth-core auth-jdbi auth-javalin auth-testkit; do
        printf '%-14s %6d %7d %13d\n' "$module" "$(main_files "$commit" "$module" | wc -l)" \
            "$(main_files "$commit" "$module" | lines "$commit")" "$(public_types "$commit" "$module")"
    done
    echo "main files that know"
    printf '%6d  %s\n' \
        "$(knowing "$commit" 'previousLogin|previous_login|PREVIOUS_LOGIN')" "one field of users (previous_login_at)" \
        "$(knowing "$commit" '\bVERIFY\b')" "one operation (verify)" \
        "$(knowing "$commit" 'empty_body|emptyBody')" "one key of dialect files (empty_body)" \
        "$(knowing "$commit" 'PhpassFormat')" "one hash format (phpass)"
done
