# What the command-line tests share. The program is $SERVICEGAP; everything is written under $BATS_TEST_TMPDIR.

bats_require_minimum_version 1.5.0

here="${BATS_TEST_DIRNAME}"
program="${SERVICEGAP:-$here/../../build/bin/servicegap}"
sample="$here/../../geodata/sample"
geodata="${SERVICEGAP_GEODATA:-${SG_SHARED_GEODATA:-$here/../../../shared/geodata}}"

setup() {
    export SERVICEGAP_DATA="${SERVICEGAP_DATA:-$here/../..}"
    export LC_ALL=C.UTF-8
    unset SOURCE_DATE_EPOCH
    work="$BATS_TEST_TMPDIR/work"
    mkdir "$work"
    [ -x "$program" ] || skip "the program is not built: $program"
}

# The program, never for longer than four minutes (of a busy machine, under the sanitizers): a hang is a failure of its own (status 124).
servicegap() {
    timeout "${SERVICEGAP_TIMEOUT:-240}" "$program" "$@"
}

# try ARGUMENTS: runs the program; $status, $output (its results) and $stderr (its messages) are set.
try() {
    run --separate-stderr servicegap "$@"
}

# done_with ARGUMENTS: the same, and it must succeed.
done_with() {
    try "$@"
    [ "$status" -eq 0 ] || tell "exit status $status instead of 0"
}

# refused STATUS PATTERN ARGUMENTS: it must end in this status, say nothing on stdout, and its messages must hold an
# error line with the pattern (a regular expression) and a hint line.
refused() {
    local expected="$1" pattern="$2"
    shift 2
    try "$@"
    [ "$status" -eq "$expected" ] || tell "exit status $status instead of $expected"
    [ -z "$output" ] || tell "results on stdout in spite of the error"
    grep -Eq "^servicegap: error: .*$pattern" <<<"$stderr" || tell "no error line with: $pattern"
}

# says PATTERN: the messages of the last run hold this regular expression. quiet_about: they do not.
says() {
    grep -Eq -- "$1" <<<"$stderr" || tell "the messages do not say: $1"
}

quiet_about() {
    ! grep -Eq -- "$1" <<<"$stderr" || tell "the messages say: $1"
}

# Fails, with what the last run said.
tell() {
    printf '%s\n--- status %s, messages:\n%s\n--- results (first lines):\n%s\n' "$1" "$status" "$stderr" "${output:0:600}" >&2
    return 1
}

# Skips unless a path of the shared real data is there.
need_geodata() {
    [ -e "$geodata/$1" ] || skip "the shared real data is not here ($1)"
}

need() {
    command -v "$1" >/dev/null || skip "$1 is not installed"
}

# No folder of a half-done run under these directories.
nothing_left_in() {
    local left
    left="$(find "$@" -name '.servicegap-*' 2>/dev/null)"
    [ -z "$left" ] || { printf 'left behind: %s\n' "$left" >&2; return 1; }
}

# The town of reference.py: areas.geojson, services.csv, demand.csv, regions.csv under $work.
make_town() {
    python3 -B "$here/reference.py" town "$work"
    town=(--areas "$work/areas.geojson" --area-id code --area-name label --population people --need newcomers)
    shops=(--services "$work/services.csv")
    homes=(--demand "$work/demand.csv" --demand-population residents --demand-need arrivals)
}

# endless_view FILE SELECT: a GeoPackage of the town's areas with a view v, which selects from them and from r, whose
# i goes up from 1 without end.
endless_view() {
    ogr2ogr -q -nln areas "$1" "$work/areas.geojson" 2>/dev/null
    python3 -B -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("CREATE VIEW v AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) " + sys.argv[2])
db.execute("INSERT INTO gpkg_contents (table_name, identifier, data_type, srs_id) VALUES (\"v\", \"v\", \"features\", 4326)")
db.execute("INSERT INTO gpkg_geometry_columns VALUES (\"v\", \"geom\", \"POLYGON\", 4326, 0, 0)")
db.commit()' "$@"
}

# agrees TABLE [SETTING=VALUE ...]: the table is what reference.py computes for the town, cell by cell.
agrees() {
    python3 -B "$here/reference.py" compare "$work" "$@"
}

# cell TABLE KEY COLUMN: one cell of a CSV file, of the row whose first column is KEY.
cell() {
    python3 -B -c '
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    for row in csv.DictReader(file):
        if next(iter(row.values())) == sys.argv[2]:
            print(row[sys.argv[3]])' "$@"
}

# sum_of TABLE COLUMN: the sum of a column.
sum_of() {
    python3 -B -c '
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    print("%.10g" % sum(float(row[sys.argv[2]] or 0) for row in csv.DictReader(file)))' "$@"
}

# header TABLE: its columns, one per line.
header() {
    python3 -B -c '
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    print("\n".join(next(csv.reader(file))))' "$1"
}

# The sample city in few words.
city() {
    city_options=(--areas "$sample/neighbourhoods.geojson" --area-id id --area-name name --population population
        --need recent_immigrants --services "$sample/services_2013.csv" --type type --organization organization
        --taxonomy lip --demand "$sample/blocks.geojson" --demand-population population
        --demand-need recent_immigrants --grid-points 9) # fewer than the usual 100: quicker
}
