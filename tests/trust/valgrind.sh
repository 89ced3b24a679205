#!/bin/sh
# Runs the test programs, and every command that the command-line tests start, under valgrind: an access that it finds
# invalid, a decision on something never set, or memory lost for good is a failure.
#   valgrind.sh BUILD [TEST ...]     BUILD: a folder with the tests built; TEST: as ctest names it (default: all)
# Takes an hour or two. What valgrind says is kept in BUILD/valgrind.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
shift
logs=$build/valgrind
valgrind="valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
    --show-leak-kinds=definite --num-callers=30 --suppressions=$here/valgrind.supp"
export SERVICEGAP_DATA="$root" SERVICEGAP="$logs/servicegap" SERVICEGAP_TIMEOUT=3000
export SG_SHARED_GEODATA="${SERVICEGAP_GEODATA:-$root/../shared/geodata}"

if [ "${1:-}" = --one ]; then
    log=$logs/$2.txt
    case $2 in
    cli_*) bats "$root/tests/cli/${2#cli_}.bats" >"$log" 2>&1 && outcome=passed || outcome=FAILED ;;
    *) $valgrind "$build/tests/test_$2" >"$log" 2>&1 && outcome=passed || outcome=FAILED ;;
    esac
    echo "$2: $outcome" | tee "$logs/$2.outcome"
    exit 0
fi

mkdir -p "$logs"
rm -f "$logs"/*.outcome "$logs"/command-*.txt
# the program as the command-line tests start it
# shellcheck disable=SC2086
printf '#!/bin/sh\nexec %s --log-file=%s/command-%%p.txt %s/bin/servicegap "$@"\n' \
    "$(echo $valgrind)" "$logs" "$build" >"$SERVICEGAP"
chmod +x "$SERVICEGAP"
if [ $# -eq 0 ]; then
    set -- $(find "$build/tests" -maxdepth 1 -name 'test_*' -type f | sed 's#.*/test_##' | sort) \
        $(ls "$root"/tests/cli/*.bats | sed 's#.*/\(.*\)\.bats#cli_\1#')
fi
for test in "$@"; do echo "$test"; done |
    xargs -P "$(nproc 2>/dev/null || echo 1)" -I{} sh "$here/valgrind.sh" "$build" --one {}

find "$logs" -name 'command-*.txt' -size 0 -delete
found=$(find "$logs" -name 'command-*.txt' | wc -l)
failed=$(cat "$logs"/*.outcome | grep -c FAILED || true)
echo "$(ls "$logs"/*.outcome | wc -l) tests, $failed failed; valgrind found something in $found commands"
[ "$failed" -eq 0 ] && [ "$found" -eq 0 ]
