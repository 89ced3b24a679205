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

@test "failures: a file of any format that a limit cuts off is an error, and the one before stays" {
    need ogr2ogr
    # 400 squares: the files are larger than any buffer
    python3 - "$work" <<'PY'
import json, sys
features = [{"type": "Feature", "properties": {"code": f"Q{i:03}", "label": "Quarter " + "x" * 60 + str(i)}, "geometry": {"type": "Polygon", "coordinates": [[
    [x, y], [x + .01, y], [x + .01, y + .01], [x, y + .01], [x, y]]]}}
    for i in range(400) for x, y in [(-80 + i % 20 * .01, 43 + i // 20 * .01)]]
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[1] + "/many.geojson", "w"))
PY
    make_town
    run=(coverage --areas "$work/many.geojson" --area-id code --area-name label "${shops[@]}" --type kind --measures count,per_km2,share,within,nearest)
    for ending in csv geojson shp gpkg fgb xlsx ods; do
        done_with "${run[@]}" -o "$work/whole/t.$ending"
        before="$(snapshot "$work/whole")"
        size=$(($(stat -c %s "$work/whole/t.$ending") / 1024))
        for part in 4 2 1; do
            run --separate-stderr bash -c 'ulimit -f "$1"; shift; exec timeout 60 "$@"' - $((size * part / 5)) "$program" "${run[@]}" --overwrite -o "$work/whole/t.$ending"
            [ "$status" -eq 1 ] || tell "t.$ending: status $status at $((size * part / 5)) of $size KiB"
            says "^servicegap: error: .*t.$ending"
            [ "$(snapshot "$work/whole")" = "$before" ] || tell "t.$ending has changed"
        done
        rm -r "$work/whole"
    done
    # of a shapefile the table is the largest
    done_with "${run[@]}" -o "$work/whole/t.shp"
    before="$(snapshot "$work/whole")"
    size=$(($(stat -c %s "$work/whole/t.dbf") / 1024 + 1))
    for less in 1 2 5 8 12 20 40; do
        run --separate-stderr bash -c 'ulimit -f "$1"; shift; exec timeout 60 "$@"' - $((size - less)) "$program" "${run[@]}" --overwrite -o "$work/whole/t.shp"
        [ "$status" -eq 1 ] || tell "t.dbf: status $status at $less less than $size KiB"
        says "^servicegap: error: t.shp: c(ould not|annot) be written"
        [ "$(snapshot "$work/whole")" = "$before" ] || tell "t.shp has changed"
    done
    nothing_left_in "$work"
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
    # stopped while it reads 200,000 services, and let go when the other input has changed
    python3 - "$work" <<'PY'
import sys
rows = open(sys.argv[1] + "/services.csv").read().splitlines()
with open(sys.argv[1] + "/long.csv", "w") as file:
    file.write("\n".join(rows[:1] + rows[1:7] * 33334) + "\n")
PY
    sed "s/services.csv/long.csv/" "$work/two.yaml" >"$work/long.yaml"
    for change in grow go; do
        make_town
        python3 - "$program" "$work" "$change" <<'PY'
import os, signal, subprocess, sys
program, work, change = sys.argv[1:]
wanted, other = os.path.realpath(work + "/long.csv"), work + "/regions.csv"
def reads(pid):
    try:
        return any(os.readlink(f"/proc/{pid}/fd/{fd}") == wanted for fd in os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return False
for attempt in range(50): # it may be too quick to be caught
    run = subprocess.Popen([program, "run", "-q", work + "/long.yaml"], stderr=subprocess.PIPE)
    caught = False
    while run.poll() is None and not caught:
        caught = reads(run.pid)
    if caught:
        run.send_signal(signal.SIGSTOP)
        if change == "grow":
            open(other, "a").write(" \n")
        else:
            os.remove(other)
        run.send_signal(signal.SIGCONT)
        said = run.communicate(timeout=120)[1].decode()
        assert run.returncode == 1 and "regions.csv" in said, (run.returncode, said)
        sys.exit(0)
sys.exit("never caught")
PY
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
    endless_view "$work/a.gpkg" "SELECT i AS fid, geom, code FROM areas, r WHERE i < 0"
    for signal in INT TERM; do # in the foreground it is sent once; a second one ends any program at once
        run --separate-stderr timeout 60 timeout --foreground --preserve-status -s "$signal" 2 "$program" coverage --areas "$work/a.gpkg" --areas-layer v \
            "${shops[@]}" --type kind -o "$work/t.csv"
        [ "$status" -eq 1 ] || tell "$signal: status $status"
        says "^servicegap: error: interrupted"
        says "^hint: "
    done
    [ ! -e "$work/t.csv" ]
}
