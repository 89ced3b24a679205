#!/bin/sh
# Speed as ratios, side by side in one run: goals G1-G10 of the design, one line each with the goal beside it.
#
#   run_bench.sh [BUILD] [POINTS] [RUNS]
#
# BUILD is a build directory (default: build-bench, a release build made when missing), POINTS the size of the services files (default 1000000; 10000000 for the
# full goal G2), RUNS how often each command runs, the best counts (default 3). Data are made once, seeded, in
# ${TMPDIR:-/tmp}/servicegap-bench-POINTS and kept for the next run. Peers that are not installed are left out, and said.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${1:-$root/build-bench}
points=${2:-1000000}
runs=${3:-3}
data=${TMPDIR:-/tmp}/servicegap-bench-$points
bench=$build/bench
program=$build/bin/servicegap

[ -f "$build/CMakeCache.txt" ] ||
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSERVICEGAP_TESTS=ON >/dev/null
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

whole_job() { # AREAS: counts and rates into a shapefile, then the map of the rate
    timed sh -c "'$program' coverage --areas '$data/$1' --area-id area_id --population population \
        --services '$data/pts.csv' --type type --measures count,per_10k -o '$data/out/job.shp' --overwrite -q &&
        '$program' map --layer '$data/out/job.shp' --field ALL_P10K --method jenks --classes 5 \
        -o '$data/out/job.png' --overwrite -q"
}
whole_job A.gpkg
line G1 "whole job A" "$wall" "$read_csv" 1.15 "read(CSV)"
job_a=$wall

# counts to stdout: reading and counting; into a directory, also every input's SHA-256 and the records in no area
count_only() { # SERVICES
    timed "$program" coverage --areas "$data/A.gpkg" --area-id area_id --population population --services "$data/$1" \
        --type type --measures count,per_10k -q
}
count_only pts.csv; line G2 "csv to stdout" "$wall" "$read_csv" 1.3 "read(CSV)"
count_only pts.gpkg; line G2 "gpkg to stdout" "$wall" "$arrow_gpkg" 1.3 "arrow(GPKG)"
count_only pts.fgb; line G2 "fgb to stdout" "$wall" "$arrow_fgb" 1.3 "arrow(FGB)"
timed openssl dgst -sha256 "$data/pts.gpkg"
echo "   of what follows, SHA-256 of pts.gpkg alone takes $wall s (openssl)"
count A.gpkg pts.csv a.csv; line G2 csv "$wall" "$read_csv" 1.3 "read(CSV)"; peak_line csv "$peak"
count A.gpkg pts.gpkg a.csv; line G2 gpkg "$wall" "$arrow_gpkg" 1.3 "arrow(GPKG)"; peak_line gpkg "$peak"
count A.gpkg pts.fgb a.csv; line G2 fgb "$wall" "$arrow_fgb" 1.3 "arrow(FGB)"; peak_line fgb "$peak"

python_with() { # MODULE: a Python that has it, or nothing
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -W ignore -c "import $1" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

# whole jobs of others, once each: they take minutes
times_other() { # GOAL WHAT OURS LEAST OTHER COMMAND ...
    goal=$1 what=$2 ours=$3 least=$4 other=$5
    shift 5
    if ! theirs=$("$@" 2>"$data/errors.txt"); then
        echo "   $goal is not compared with $other: it is not installed, or $(tail -n 1 "$data/errors.txt")"
        return
    fi
    awk -v goal="$goal" -v what="$what" -v ours="$ours" -v theirs="$theirs" -v least="$least" -v other="$other" 'BEGIN {
        printf "%s %s %.1f x faster than %s (%.3f s / %.3f s; goal >= %s) %s\n", goal, what, theirs / ours, other,
            theirs, ours, least, (theirs / ours >= least ? "ok" : "MISSED") }'
}
times_geopandas() { # GOAL WHAT AREAS OURS LEAST
    python=$(python_with geopandas)
    times_other "$1" "$2" "$4" "$5" geopandas "${python:-false}" -W ignore "$here/bench_job.py" "$data/$3" \
        "$data/pts.csv" "$data/out"
}

"$bench/bench_locate" "$points"

demand=$points
[ "$demand" -le 500000 ] || demand=500000
"$bench/bench_nearest" "$demand" "$data"
python=$(python_with scipy.spatial)
if [ -n "$python" ]; then
    "$python" "$here/bench_nearest.py" "$data"
else
    echo "   scipy is not installed: G4 is not compared with it"
fi

"$bench/bench_streets" 500 "$data"
if [ -n "$python" ]; then
    "$python" "$here/bench_streets.py" "$data"
else
    echo "   scipy is not installed: G5 is not compared with it"
fi

"$bench/bench_classify"
whole_job B.gpkg
job_b=$wall
printf '   whole job A %s s, whole job B %s s, peak %s MiB\n' "$job_a" "$job_b" "$peak"
if [ "$points" -le 1000000 ]; then
    times_geopandas G1 "whole job A" A.gpkg "$job_a" 4
    times_other G1 "whole job A" "$job_a" 7 "R sf" Rscript "$here/bench_job.R" "$data/A.gpkg" "$data/pts.csv" "$data/out"
    times_geopandas G8 "whole job B" B.gpkg "$job_b" 5
fi

# ---- drawing: the same extent, pixels, classes and borders; no labels, which the others do not place ----
breaks=10,20,50,100
mapfile() { # LAYER FIELD: a MapServer map file on stdout
    set -- "$1" "$2" $(echo "$breaks" | tr , ' ')
    printf 'MAP NAME "bench" SIZE 1600 1200 EXTENT -79.64 43.58 -79.11 43.86 IMAGETYPE png IMAGECOLOR 255 255 255\n'
    printf 'LAYER NAME "areas" TYPE POLYGON STATUS DEFAULT DATA "%s" CLASSITEM "%s"\n' "$1" "$2"
    border='OUTLINECOLOR 255 255 255 WIDTH 0.4'
    printf 'CLASS EXPRESSION ([%s] < %s) STYLE COLOR 255 255 204 %s END END\n' "$2" "$3" "$border"
    printf 'CLASS EXPRESSION ([%s] < %s) STYLE COLOR 161 218 180 %s END END\n' "$2" "$4" "$border"
    printf 'CLASS EXPRESSION ([%s] < %s) STYLE COLOR 65 182 196 %s END END\n' "$2" "$5" "$border"
    printf 'CLASS EXPRESSION ([%s] < %s) STYLE COLOR 44 127 184 %s END END\n' "$2" "$6" "$border"
    printf 'CLASS STYLE COLOR 37 52 148 %s END END END END\n' "$border"
}
beside() { # GOAL WHAT OURS LIMIT OF: ours against $wall
    if [ "$wall" = nan ]; then
        echo "   $5 is not installed: $1 is not compared with it"
    else
        line "$1" "$2" "$3" "$wall" "$4" "$5"
    fi
}
drawing() { # GOAL AREAS MAPSERVER MAPNIK QGIS GEOPANDAS: the limits, 0 = none
    layer=$data/out/draw_$2.shp
    count "$2.gpkg" pts.csv "draw_$2.shp"
    timed "$program" map --layer "$layer" --field ALL_P10K --method custom --breaks "$breaks" --labels none \
        --paper 1600x1200px -o "$data/out/draw_$2.png" --overwrite -q
    ours=$wall
    mapfile "$layer" ALL_P10K >"$data/out/$2.map"
    wall=nan
    ! command -v map2img >/dev/null || timed map2img -m "$data/out/$2.map" -o "$data/out/mapserver_$2.png"
    beside "$1" "drawing $2" "$ours" "$3" MapServer
    for renderer in mapnik:$4 qgis:$5 geopandas:$6; do
        python=$(python_with "$(echo "${renderer%:*}" | sed 's/^qgis$/qgis.core/')")
        wall=nan
        [ "${renderer#*:}" = 0 ] && continue
        [ -z "$python" ] || timed "$python" -W ignore "$here/bench_draw.py" "${renderer%:*}" "$layer" ALL_P10K "$breaks" \
            "$data/out/${renderer%:*}_$2.png"
        beside "$1" "drawing $2" "$ours" "${renderer#*:}" "${renderer%:*}"
    done
    timed "$program" map --layer "$layer" --field ALL_P10K --method custom --breaks "$breaks" --labels none \
        --paper 1600x1200px -o "$data/out/draw_$2.svg" --overwrite -q
    wc -c <"$data/out/draw_$2.svg" | awk -v what="$2" -v most="$7" '{
        printf "G9 SVG of %s %.2f MB (goal <= %s) %s\n", what, $1 / 1e6, most, ($1 / 1e6 <= most ? "ok" : "MISSED") }'
}
drawing G6 A 1.6 0 0.333 0.167 0.5
drawing G7 B 1.3 0.8 0 0.125 25

timed "$program" --version; line G10 "--version" "$wall" "$ogrinfo" 1.3 "ogrinfo --version"
timed "$program" --help; line G10 "--help" "$wall" "$ogrinfo" 1.3 "ogrinfo --version"
printf 'type,lon,lat\nHealth,-79.4,43.7\n' >"$data/one.csv"
count A.gpkg one.csv a.csv; line G10 "smallest job" "$wall" "$read_a" 1.5 "read(A)"
