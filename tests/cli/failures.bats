#!/usr/bin/env bats
# What goes wrong around a run: full disks, limits, inputs that change, kills, pipes. What was there before stays.

load helpers

# town_projects: one.yaml and two.yaml, the same files with other contents.
town_projects() {
    make_town
    for project in one two; do
        cat >"$work/$project.yaml" <<Y
areas: areas.geojson
area-id: code
area-name: label
population: people
services: {file: services.csv, type: kind}
within: $([ "$project" = one ] && echo 500 || echo 2000)
regions: regions.csv
output: out
layers: [coverage.gpkg, coverage.shp, coverage.csv, coverage.xlsx]
maps:
  - {field: gap_index, output: [gap.svg, gap.png], dpi: 60}
Y
    done
}

snapshot() {
    (cd "$1" && find . -type f -not -path './.servicegap-*' -print0 | sort -z | xargs -0 sha256sum)
}

@test "failures: killed at any moment, the folder holds one whole set of files (tests/trust/kill_loop.py runs it longer)" {
    town_projects
    python3 -B "$here/../trust/kill_loop.py" "$program" 30 "$work/one.yaml" "$work/two.yaml"
}

@test "failures: what a killed run left is put in order by the next: complete files in place, others gone" {
    town_projects
    done_with run -q "$work/one.yaml"
    cp -r "$work/out" "$work/kept"
    done_with run -q "$work/two.yaml"
    # as if killed before it was complete
    mkdir "$work/out/.servicegap-aaaaaa"
    echo half >"$work/out/.servicegap-aaaaaa/coverage.csv"
    # as if killed in the middle of putting its files in place: one is there already
    mkdir "$work/out/.servicegap-bbbbbb"
    for name in $(ls "$work/kept"); do
        cp "$work/kept/$name" "$work/out/.servicegap-bbbbbb/$name"
        echo "$(stat -c %i "$work/out/.servicegap-bbbbbb/$name") $name" >>"$work/journal"
    done
    mv "$work/journal" "$work/out/.servicegap-bbbbbb/.journal"
    mv "$work/out/.servicegap-bbbbbb/coverage.csv" "$work/out/coverage.csv"
    # neither somebody else's things nor links are touched
    mkdir "$work/out/.servicegap-notours" "$work/precious"
    echo x >"$work/precious/file"
    ln -s ../precious "$work/out/.servicegap-cccccc"
    sed 's/areas.geojson/nothing.geojson/' "$work/one.yaml" >"$work/failing.yaml"
    try run "$work/failing.yaml"
    [ "$status" -eq 1 ]
    says 'an earlier run was stopped while it put its files in place; that is finished now'
    rmdir "$work/out/.servicegap-notours"
    [ -L "$work/out/.servicegap-cccccc" ] && [ -e "$work/precious/file" ]
    rm "$work/out/.servicegap-cccccc"
    nothing_left_in "$work"
    diff -r "$work/out" "$work/kept"
}

@test "failures: a journal that names other places does nothing there" {
    town_projects
    done_with run -q "$work/one.yaml"
    before="$(snapshot "$work/out")"
    echo precious >"$work/precious"
    mkdir "$work/out/.servicegap-dddddd"
    echo evil >"$work/out/.servicegap-dddddd/precious"
    printf '%s ../precious\n' "$(stat -c %i "$work/out/.servicegap-dddddd/precious")" >"$work/out/.servicegap-dddddd/.journal"
    sed 's/areas.geojson/nothing.geojson/' "$work/one.yaml" >"$work/failing.yaml"
    try run -q "$work/failing.yaml"
    [ "$(cat "$work/precious")" = precious ]
    [ "$(snapshot "$work/out")" = "$before" ]
    nothing_left_in "$work"
}

@test "failures: two runs in one folder at once do not disturb each other" {
    town_projects
    "$program" run -q "$work/one.yaml" 2>"$work/e1" &
    one=$!
    "$program" run -q "$work/one.yaml" 2>"$work/e2" &
    two=$!
    wait "$one" || { cat "$work/e1" >&2; false; }
    wait "$two" || { cat "$work/e2" >&2; false; }
    after="$(snapshot "$work/out")"
    done_with run -q "$work/one.yaml"
    [ "$(snapshot "$work/out")" = "$after" ]
    nothing_left_in "$work"
}

@test "failures: a limit on file sizes, wherever it strikes, is an error and leaves everything as it was" {
    town_projects
    done_with run -q "$work/one.yaml"
    before="$(snapshot "$work/out")"
    failed=0
    for blocks in 1 2 4 8 16 32 64 128 256; do
        run --separate-stderr bash -c "ulimit -f $blocks; exec timeout 60 '$program' run -q '$work/two.yaml'"
        if [ "$status" -eq 0 ]; then
            done_with run -q "$work/one.yaml"
            continue
        fi
        failed=$((failed + 1))
        [ "$status" -eq 1 ] || tell "status $status at $blocks blocks"
        says '^servicegap: error: '
        [ "$(snapshot "$work/out")" = "$before" ]
        nothing_left_in "$work"
    done
    [ "$failed" -ge 4 ]
}

@test "failures: a full device and a reader that is gone are errors; no result is not" {
    make_town
    [ -e /dev/full ] || skip "/dev/full is not here"
    for command in coverage check "check --json"; do
        status=0
        timeout 60 "$program" $command -q "${town[@]}" "${shops[@]}" --type kind >/dev/full 2>"$work/e" || status=$?
        [ "$status" -eq 1 ]
        grep -q '^servicegap: error: .*cannot be written' "$work/e"
    done
    # many rows into a pipe that nobody reads
    status=0
    { timeout 60 "$program" coverage -q --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" --type type \
        2>"$work/e" || echo $? >"$work/status"; } | true
    [ ! -s "$work/status" ] || [ "$(cat "$work/status")" -eq 1 ]
    ! grep -qi 'signal\|dumped' "$work/e"
}

@test "failures: an input that changes or goes while it is read is an error that names it" {
    town_projects
    done_with run -q "$work/one.yaml"
    before="$(snapshot "$work/out")"
    # a slow input: so many services that the other input can change while they are read
    for change in grow go; do
        make_town
        awk 'NR == 1 { print; next } { rows[NR] = $0 } END { for (i = 0; i < 50000; i++) for (r in rows) print rows[r] }' \
            "$work/services.csv" >"$work/slow.csv"
        sed "s/services.csv/slow.csv/" "$work/two.yaml" >"$work/slow.yaml"
        "$program" run -q "$work/slow.yaml" 2>"$work/e" &
        job=$!
        for _ in {1..2000}; do # the services are the last input to be opened
            ls -l "/proc/$job/fd" 2>/dev/null | grep -q slow.csv && break
            sleep 0.005
        done
        kill -STOP "$job"
        [ "$change" = grow ] && echo ' ' >>"$work/regions.csv" || rm "$work/regions.csv"
        kill -CONT "$job"
        status=0
        wait "$job" || status=$?
        rm -f "$work/slow.csv"
        [ "$status" -eq 1 ] || { cat "$work/e" >&2; false; }
        grep -q '^servicegap: error: .*regions.csv' "$work/e"
        [ "$(snapshot "$work/out")" = "$before" ]
    done
}

@test "failures: an input is never replaced, not even with --overwrite" {
    town_projects
    cp "$work/regions.csv" "$work/kept.csv"
    sed -i 's/^output:.*/output: ./' "$work/one.yaml"
    refused 1 "regions.csv: is an input of this run" run "$work/one.yaml"
    cmp "$work/regions.csv" "$work/kept.csv"
    refused 1 "areas.geojson: is an input of this run" coverage --overwrite "${town[@]}" "${shops[@]}" --type kind -o "$work/areas.geojson"
    ln "$work/services.csv" "$work/other.csv" # by another name
    refused 1 "other.csv: is an input of this run" coverage --overwrite "${town[@]}" "${shops[@]}" --type kind -o "$work/other.csv"
    nothing_left_in "$work"
}

@test "failures: a folder that may not be read or written, an input that may not be read" {
    [ "$(id -u)" -ne 0 ] || command -v setpriv >/dev/null || skip "root may do everything, and setpriv is not here"
    town_projects
    chmod -R a+rX "$BATS_TEST_TMPDIR" "$work" 2>/dev/null || true
    as_nobody=()
    [ "$(id -u)" -ne 0 ] || as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    "${as_nobody[@]}" test -r "$work/areas.geojson" || skip "another user cannot come to $work"
    mkdir "$work/locked"
    chmod 555 "$work/locked"
    run --separate-stderr "${as_nobody[@]}" timeout 60 "$program" run -q "$work/one.yaml" -o "$work/locked"
    [ "$status" -eq 1 ]
    says 'locked: cannot be written: Permission denied'
    says '^hint: choose a directory that you may write to'
    chmod 000 "$work/services.csv"
    run --separate-stderr "${as_nobody[@]}" timeout 60 "$program" coverage -q "${town[@]}" "${shops[@]}" --type kind
    [ "$status" -eq 1 ]
    says 'services.csv'
    chmod 644 "$work/services.csv"
}

@test "failures: init writes its file whole, through no link, and clears what killed runs left" {
    make_town
    echo precious >"$work/precious"
    sleep 30 &
    dead=$!
    kill -9 "$dead"
    wait "$dead" 2>/dev/null || true
    ln -s precious "$work/p.yaml.$dead.part"
    done_with init --areas "$work/areas.geojson" "${shops[@]}" -o "$work/p.yaml"
    [ "$(cat "$work/precious")" = precious ]
    [ ! -e "$work/p.yaml.$dead.part" ] && [ ! -L "$work/p.yaml.$dead.part" ]
    [ ! -L "$work/p.yaml" ]
}

@test "failures: an interrupted run ends soon even where a library does not come back" {
    need ogr2ogr
    make_town
    ogr2ogr -q -nln areas "$work/a.gpkg" "$work/areas.geojson" 2>/dev/null
    python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("CREATE VIEW v AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT i AS fid, geom, code FROM areas, r")
db.execute("INSERT INTO gpkg_contents (table_name, identifier, data_type, srs_id) VALUES (\"v\", \"v\", \"features\", 4326)")
db.execute("INSERT INTO gpkg_geometry_columns VALUES (\"v\", \"geom\", \"POLYGON\", 4326, 0, 0)")
db.commit()' "$work/a.gpkg"
    for signal in INT TERM; do # in the foreground it is sent once; a second one ends any program at once
        run --separate-stderr timeout 60 timeout --foreground --preserve-status -s "$signal" 2 "$program" coverage --areas "$work/a.gpkg" --areas-layer v \
            "${shops[@]}" --type kind -o "$work/t.csv"
        [ "$status" -eq 1 ] || tell "$signal: status $status"
        says "^servicegap: error: interrupted"
        says "^hint: "
    done
    [ ! -e "$work/t.csv" ]
}
