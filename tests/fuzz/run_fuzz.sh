#!/bin/sh
# Builds the fuzz targets with clang and runs each for a while, two at a time.
#
#   run_fuzz.sh [SECONDS] [TARGET ...]     (default: 60 s each of all)
#
# Seeds are the project's own files, and the published broken ones where they are beside the checkout. What is found on
# the way is kept in build-fuzz/corpus/TARGET and taken up again by the next run; an input that fails is kept in
# build-fuzz/found. Ends with a line a target: executions, and whether it failed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${1:-60}
[ $# -eq 0 ] || shift
targets=${*:-areas geometry join options project services streets styles}
build=$root/build-fuzz

if [ ! -f "$build/build.ninja" ]; then
    CC=clang cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSERVICEGAP_TESTS=OFF \
        -DSERVICEGAP_FUZZ=ON >/dev/null
fi
cmake --build "$build" | tail -n 1

geodata=${SERVICEGAP_GEODATA:-$root/../shared/geodata}
seed() { # TARGET PREFIX FILE ...: copies of files under 20 kB, with a first byte that chooses what they are
    target=$1 prefix=$2
    shift 2
    for file in "$@"; do
        [ -f "$file" ] || continue
        name=$build/seeds/$target/$(printf '%s' "$file" | cksum | cut -d' ' -f1)-$prefix
        { printf '%s' "$prefix"; head -c 20000 "$file"; } >"$name"
    done
}
rm -rf "$build/seeds"
for target in $targets; do mkdir -p "$build/seeds/$target" "$build/corpus/$target"; done
mkdir -p "$build/found" "$build/logs"
for target in $targets; do
    case $target in
    areas) seed areas '' "$here"/seeds/areas/* "$geodata"/broken/*.json "$geodata"/broken/*.geojson ;;
    geometry) seed geometry '' "$here"/seeds/geometry/* ;;
    streets) seed streets '' "$here"/seeds/streets/* ;;
    join) seed join '' "$here"/seeds/join/* ;;
    options) seed options '' "$here"/seeds/options/* ;;
    project) seed project '' "$root"/geodata/*/*.yaml ;;
    services) # "0" % 3 = 0: CSV; "1": CSV through GDAL; "2": GeoJSON
        seed services 0 "$here"/seeds/services/*.csv "$geodata"/broken/*.csv
        seed services 1 "$here"/seeds/services/*.csv
        seed services 2 "$here"/seeds/services/*.geojson "$geodata"/broken/*.json
        ;;
    styles) # "0" % 4 = 0: theme; "1": scheme; "2": taxonomy; "3": rules
        seed styles 0 "$root"/styles/themes/*.yaml
        seed styles 1 "$root"/styles/schemes/*.yaml
        seed styles 2 "$root"/styles/taxonomies/*.yaml
        seed styles 3 "$root"/geodata/toronto/rules_211.yaml
        ;;
    esac
done

export SERVICEGAP_DATA="$root"
export OMP_NUM_THREADS=1
export LSAN_OPTIONS="suppressions=$root/tests/support/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
run_one() { # TARGET
    leaks=1
    case $1 in areas | geometry) leaks=0 ;; esac # GEOS loses memory of its own when it gives up on a polygon
    if ASAN_OPTIONS=detect_leaks=$leaks "$build/fuzz/fuzz_$1" -seed=1 -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -max_len=20000 \
        -dict="$here/words.dict" -artifact_prefix="$build/found/$1-" -print_final_stats=1 \
        "$build/corpus/$1" "$build/seeds/$1" >"$build/logs/$1.txt" 2>&1; then
        outcome=passed
    else
        outcome=FAILED
    fi
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/logs/$1.txt")
    echo "$1: ${executions:-?} executions in $seconds s, $outcome" | tee "$build/logs/$1.outcome"
}
set -- $targets
while [ $# -gt 0 ]; do
    rm -f "$build/logs/$1.outcome" "$build/logs/${2:-none}.outcome"
    run_one "$1" &
    shift
    if [ $# -gt 0 ]; then
        run_one "$1" &
        shift
    fi
    wait
done
failed=0
for target in $targets; do
    if ! grep -q passed "$build/logs/$target.outcome"; then
        failed=$((failed + 1))
        grep -E 'ERROR|runtime error|SUMMARY|deadly|Test unit written' "$build/logs/$target.txt" | head -n 5
    fi
done
echo "$(echo "$targets" | wc -w) targets, $failed failed"
[ "$failed" -eq 0 ]
