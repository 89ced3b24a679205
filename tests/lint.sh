#!/bin/sh
# Static analysis: clang-tidy (.clang-tidy says what for) and cppcheck over src. Silent where there is nothing to say.
#   lint.sh BUILD [deep]     a build directory, for the commands of compilation; deep: as far as the analyzer goes
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
cd "$root"
cmake -S . -B "$build" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null
jobs=$(nproc 2>/dev/null || echo 1)
# The analyzer walks the ways through each function until it has seen this many states: its own limit of 225,000 takes
# three times as long, for the last branches of the longest functions.
nodes=50000
[ "${2:-}" != deep ] || nodes=225000
status=0
log=$build/lint.txt
cppcheck --enable=warning,performance,portability --inline-suppr --quiet --error-exitcode=1 --std=c11 -j "$jobs" -I src \
    --library=posix --suppress=missingIncludeSystem --suppress=readdirCalled src || status=1
find src -name '*.c' | sort | xargs -P "$jobs" -n 4 clang-tidy -p "$build" --quiet \
    --extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=max-nodes=$nodes >"$log" 2>"$log.err" ||
    status=1
if [ $status -ne 0 ]; then
    grep -hE '(error|warning):' "$log" "$log.err" || tail -n 20 "$log.err"
fi | sort -u
[ $status -ne 0 ] || echo "nothing to say"
exit $status
