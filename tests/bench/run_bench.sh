#!/bin/sh
# Speed as ratios, side by side in one run: goals G1-G4, G8 and G10 of the design, one line each with the goal beside it.
#
#   run_bench.sh [BUILD] [POINTS] [RUNS]
#
# BUILD is a build directory (default: build), POINTS the size of the services files (default 1000000; 10000000 for the
# full goal G2), RUNS how often each command runs, the best counts (default 3). Data are made once, seeded, in
# ${TMPDIR:-/tmp}/servicegap-bench-POINTS and kept for the next run. Peers that are not installed are left out, and said.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build}
points=${2:-1000000}
runs=${3:-3}
data=${TMPDIR:-/tmp}/servicegap-bench-$points
bench=$build/bench
program=$build/bin/servicegap

cmake --build "$build" --target bench servicegap_program >/dev/null
mkdir -p "$data/out"
for name in csv gpkg fgb areas; do
    case $name in areas) file=B.gpkg ;; *) file=pts.$name ;; esac
    if [ ! -f "$data/$file.done" ]; then
        rm -f "$data/$file"
        [ "$name" != areas ] || rm -f "$data/A.gpkg"
        "$bench/gen_data" "$data" "$points" "$name"
        : >"$data/$file.done"
    fi
done

# timed COMMAND ...: sets wall, cpu and peak
timed() {
    if result=$("$bench/time_command" "$runs" "$@" 2>"$data/errors.txt"); then
        set -- $result
        wall=$1 cpu=$2 peak=$3
    else
        echo "   failed: $*"
        sed 's/^/   /' "$data/errors.txt"
        wall=nan cpu=nan peak=nan
    fi
}

# line GOAL WHAT SECONDS FLOOR LIMIT OF: "G2 gpkg 1.12 x arrow (goal <= 1.3) ok"
line() {
    awk -v goal="$1" -v what="$2" -v ours="$3" -v floor="$4" -v limit="$5" -v of="$6" 'BEGIN {
        if (ours == "nan" || floor == "nan") { printf "%s %s not measured\n", goal, what; exit }
        ratio = ours / floor
        printf "%s %s %.2f x %s (%.3f s / %.3f s; goal <= %s) %s\n", goal, what, ratio, of, ours, floor, limit,
            ratio <= limit ? "ok" : "MISSED"
    }'
}

peak_line() {
    awk -v what="$1" -v peak="$2" 'BEGIN {
        if (peak != "nan") printf "G2 %s peak %d MiB (goal <= 120) %s\n", what, peak, peak <= 120 ? "ok" : "MISSED" }'
}

echo "$points services, best of $runs runs"

timed "$bench/read_only" feature "$data/pts.csv"; read_csv=$wall
timed "$bench/read_only" arrow "$data/pts.gpkg"; arrow_gpkg=$wall
timed "$bench/read_only" arrow "$data/pts.fgb"; arrow_fgb=$wall
timed "$bench/read_only" feature "$data/A.gpkg"; read_a=$wall
timed ogrinfo --version; ogrinfo=$wall

count() { # AREAS SERVICES OUTPUT
    timed "$program" coverage --areas "$data/$1" --area-id area_id --population population --services "$data/$2" \
        --type type --measures count,per_10k -o "$data/out/$3" --overwrite -q
}

# whole job: counts and rates into a shapefile, then the map of the rate
timed sh -c "'$program' coverage --areas '$data/A.gpkg' --area-id area_id --population population \
    --services '$data/pts.csv' --type type --measures count,per_10k -o '$data/out/job.shp' --overwrite -q &&
    '$program' map --layer '$data/out/job.shp' --field ALL_P10K --method jenks --classes 5 \
    -o '$data/out/job.png' --overwrite -q"
line G1 "whole job A" "$wall" "$read_csv" 1.15 "read(CSV)"
job_a=$wall

count A.gpkg pts.csv a.csv; line G2 csv "$wall" "$read_csv" 1.3 "read(CSV)"; peak_line csv "$peak"
count A.gpkg pts.gpkg a.csv; line G2 gpkg "$wall" "$arrow_gpkg" 1.3 "arrow(GPKG)"; peak_line gpkg "$peak"
count A.gpkg pts.fgb a.csv; line G2 fgb "$wall" "$arrow_fgb" 1.3 "arrow(FGB)"; peak_line fgb "$peak"

"$bench/bench_locate" "$points"

demand=$points
[ "$demand" -le 500000 ] || demand=500000
"$bench/bench_nearest" "$demand" "$data"
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import scipy.spatial' 2>/dev/null; then python=$candidate; break; fi
done
if [ -n "$python" ]; then
    "$python" "$here/bench_nearest.py" "$data"
else
    echo "   scipy is not installed: G4 is not compared with it"
fi

"$bench/bench_classify"
count B.gpkg pts.csv b.shp
awk -v wall="$wall" -v peak="$peak" -v a="$job_a" 'BEGIN { printf "   counting in B: %s s, %s MiB (whole job A: %s s)\n", wall, peak, a }'

timed "$program" --version; line G10 "--version" "$wall" "$ogrinfo" 1.3 "ogrinfo --version"
timed "$program" --help; line G10 "--help" "$wall" "$ogrinfo" 1.3 "ogrinfo --version"
printf 'type,lon,lat\nHealth,-79.4,43.7\n' >"$data/one.csv"
count A.gpkg one.csv a.csv; line G10 "smallest job" "$wall" "$read_a" 1.5 "read(A)"
