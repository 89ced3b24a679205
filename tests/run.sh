#!/bin/sh
# Installs what is missing, builds the program with its tests, and runs them all.
#   sh tests/run.sh             the tests
#   sh tests/run.sh sanitize    the same under the address and undefined-behaviour sanitizers
#   sh tests/run.sh fuzz        each fuzz target for a minute (fuzz/run_fuzz.sh runs them longer)
#   sh tests/run.sh lint        static analysis (lint.sh; `lint deep` takes three times as long)
#   sh tests/run.sh format      only: is every source formatted?
# Build folders are build-test and build-sanitize; SERVICEGAP_GEODATA names a folder of real data (default:
# ../shared/geodata); tests that need it are skipped where it is absent.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
mode=${1:-plain}
start=$(date +%s)
if [ "$mode" = fuzz ]; then
    sh "$root/.ci/dependencies.sh" fuzz
    exec sh "$root/tests/fuzz/run_fuzz.sh" 60
fi
if [ "$mode" = lint ]; then
    sh "$root/.ci/dependencies.sh" lint
    cmake -S "$root" -B "$root/build-test" -G Ninja >/dev/null
    exec sh "$root/tests/lint.sh" "$root/build-test" "${2:-}"
fi
sh "$root/.ci/dependencies.sh" test

if [ "$mode" = format ]; then
    cd "$root"
    find src tests -name '*.[ch]' -print | sort | xargs clang-format --dry-run -Werror
    echo "every source is formatted"
    exit 0
fi

folder="$root/build-test"
options="-DCMAKE_BUILD_TYPE=RelWithDebInfo"
left_out=
if [ "$mode" = sanitize ]; then
    folder="$root/build-sanitize"
    options="-DCMAKE_BUILD_TYPE=Debug -DSERVICEGAP_SANITIZE=ON"
    left_out="--label-exclude once" # tests/CMakeLists.txt says which and why
fi
cmake -S "$root" -B "$folder" -G Ninja $options -DSERVICEGAP_WERROR=ON -DSERVICEGAP_TESTS=ON >/dev/null
cmake --build "$folder"
jobs=$(nproc 2>/dev/null || echo 1)
status=0
ctest --test-dir "$folder" --output-on-failure --parallel "$jobs" $left_out || status=$?
echo "built in $folder, tested in all $(($(date +%s) - start)) s"
exit $status
