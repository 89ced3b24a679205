#!/usr/bin/env bats
# Project files: keys, values and paths; what is wrong is said with file, line and the nearest spelling.

load helpers

# The title and the description of a map.
svg_words() {
    sed -n "/<title/,/<\/desc>/p" "$work/out/$1.svg" | tr "\n" " " | sed "s/\xc2\xa0/ /g"
}

write_project() {
    make_town
    cat >"$work/p.yaml"
}

wrong_project() {
    refused 1 "$1" run "$work/p.yaml" -o "$work/out"
    [ ! -e "$work/out" ] || [ -z "$(ls -A "$work/out")" ]
}

@test "project: every key of coverage does what the option does" {
    write_project <<'Y'
areas: areas.geojson
area-id: code
area-name: label
population: people
need: newcomers
regions: regions.csv
services:
  - file: services.csv
    services-where: note <> 'twice'
    type: kind
    organization: agency
    weight: size
    opened: opened
    closed: closed
as-of: 2013-06-30
demand: demand.csv
demand-population: residents
demand-need: arrivals
within: [700m, 1.5km]
benchmark: average
supply: within
min-population: 100
gap-cuts: [5, 20, 40, 70]
fix-swapped: yes
output: out
layers: [a.csv]
Y
    done_with run "$work/p.yaml"
    done_with coverage "${town[@]}" --regions "$work/regions.csv" "${shops[@]}" --services-where "note <> 'twice'" --type kind \
        --organization agency --weight size --opened opened --closed closed --as-of 2013-06-30 "${homes[@]}" \
        --within 700m,1.5km --benchmark average --supply within --min-population 100 --gap-cuts 5,20,40,70 --fix-swapped \
        --clusters -o "$work/b/b.csv" # which a project has by itself
    cmp "$work/out/a.csv" "$work/b/b.csv"
    [ "$(header "$work/out/a.csv" | grep -c _within_1500m_pct)" -eq 4 ]
}

@test "project: services as one file name, as one entry, as a list" {
    make_town
    for services in "services.csv" "{file: services.csv}" "[services.csv]" "[{file: services.csv}]"; do
        printf 'areas: areas.geojson\narea-id: code\ntype: kind\nservices: %s\noutput: out\nlayers: a.csv\n' "$services" >"$work/p.yaml"
        done_with run "$work/p.yaml"
        [ "$(sum_of "$work/out/a.csv" all_count)" = 6 ]
    done
}

@test "project: an unknown key, with file, line and the nearest name" {
    write_project <<'Y'
areas: areas.geojson
services: services.csv
witin: 1km
output: out
layers: [a.csv]
Y
    wrong_project "p.yaml, line 3: 'witin' is not a known name"
    says "^hint: did you mean 'within'\?$"
}

@test "project: an unknown key of a services entry and of a map" {
    write_project <<'Y'
areas: areas.geojson
services:
  - file: services.csv
    tipe: kind
output: out
layers: [a.csv]
Y
    wrong_project "p.yaml, line 4: 'tipe'"
    says "did you mean 'type'"
    write_project <<'Y'
areas: areas.geojson
services: services.csv
output: out
maps:
  - field: gap_index
    schem: YlGnBu
    output: a.png
Y
    wrong_project "p.yaml, line 6: 'schem'"
    says "did you mean 'scheme'"
}

@test "project: wrong values, with their lines" {
    for pair in "within: far" "supply: raech" "benchmark: [a, b]" "min-population: many" "language: de" "tidy: perhaps" "as-of: soon"; do
        make_town
        printf 'areas: areas.geojson\nservices: services.csv\noutput: out\n%s\nlayers: [a.csv]\n' "$pair" >"$work/p.yaml"
        try run "$work/p.yaml"
        [ "$status" -ne 0 ] && [ "$status" -lt 3 ]
        says '^servicegap: error: '
        [ "$pair" = "benchmark: [a, b]" ] || says "p.yaml, line 4: "
        [ ! -e "$work/out/a.csv" ]
    done
}

@test "project: what is missing" {
    printf 'services: s.csv\noutput: o\nlayers: [a.csv]\n' >"$work/p.yaml"
    wrong_project "names no areas"
    printf 'areas: a.geojson\noutput: o\nlayers: [a.csv]\n' >"$work/p.yaml"
    wrong_project "names no services"
    printf 'areas: a.geojson\nservices: s.csv\nlayers: [a.csv]\n' >"$work/p.yaml"
    wrong_project "names no output folder"
    printf 'areas: a.geojson\nservices: s.csv\noutput: o\n' >"$work/p.yaml"
    wrong_project "asks for no layers and no maps"
    printf 'areas: a.geojson\nservices: [{type: x}]\noutput: o\nlayers: [a.csv]\n' >"$work/p.yaml"
    wrong_project "line 2: services without a file"
    printf 'areas: a.geojson\nservices: s.csv\noutput: o\nmaps:\n  - field: gap_index\n' >"$work/p.yaml"
    wrong_project "line 5: a map without an output file"
}

@test "project: an empty file, no file, a folder, YAML that is none, a binary" {
    : >"$work/p.yaml"
    wrong_project "p.yaml: an empty project file"
    refused 1 "nothing.yaml: cannot be opened" run "$work/nothing.yaml"
    refused 1 "." run "$work"
    printf 'areas: [a\nservices: }\n' >"$work/p.yaml"
    wrong_project "p.yaml, line "
    head -c 4000 /dev/urandom >"$work/p.yaml"
    wrong_project "p.yaml"
    printf -- '- a\n- b\n' >"$work/p.yaml"
    wrong_project "p.yaml"
    printf 'areas: a\nareas: b\nservices: s\noutput: o\nlayers: [a.csv]\n' >"$work/p.yaml"
    wrong_project "p.yaml, line 2"
}

@test "project: a layer or map outside its folder is refused" {
    for name in ../a.csv /elsewhere/a.csv .hidden.csv ""; do
        printf 'areas: a.geojson\nservices: s.csv\noutput: o\nlayers: ["%s"]\n' "$name" >"$work/p.yaml"
        wrong_project "line 4: '$name' is not a plain file name"
    done
}

@test "project: a map of a column that is not there names the nearest" {
    write_project <<'Y'
areas: areas.geojson
area-id: code
services: {file: services.csv, type: kind}
output: out
layers: [a.csv]
maps:
  - field: languag_count
    output: a.png
Y
    wrong_project "p.yaml, line 7: map 'a.png': the coverage has no column 'languag_count'"
    says "did you mean 'language_count'"
}

@test "project: YAML that repeats itself a billion times ends" {
    { echo 'a: &a [x,x,x,x,x,x,x,x,x]'; for n in b c d e f g h i; do
        p="$(tr b-i a-h <<<"$n")"; echo "$n: &$n [*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p,*$p]"; done; } >"$work/p.yaml"
    try run "$work/p.yaml"
    [ "$status" -eq 1 ] || [ "$status" -eq 2 ]
}

@test "project: a map may lie on its side in a project of upright ones, and a flag be switched off for one map" {
    make_town
    cat >"$work/p.yaml" <<'Y'
areas: areas.geojson
services: services.csv
output: out
portrait: yes
reverse: yes
maps:
  - field: gap_index
    output: upright.png
  - field: gap_index
    landscape: yes
    output: lying.png
  - field: gap_index
    portrait: no
    reverse: no
    output: off.png
Y
    done_with run -q "$work/p.yaml"
    for name in upright lying off; do
        python3 - "$work/out/$name.png" <<'PY' >>"$work/sizes.txt"
import struct, sys
print(*struct.unpack(">II", open(sys.argv[1], "rb").read()[16:24]))
PY
    done
    [ "$(cat "$work/sizes.txt")" = "1700 2200
2200 1700
2200 1700" ]
    ! cmp -s "$work/out/lying.png" "$work/out/off.png" # the colours of one are turned round
}

@test "project: a map of a second threshold speaks of that one, and of the people whom shares are of" {
    write_project <<'Y'
areas: areas.geojson
area-id: code
population: people
need: newcomers
services: {file: services.csv, type: kind}
demand: demand.csv
demand-population: residents
demand-need: arrivals
within: [500m, 1.2km]
output: out
maps:
  - {field: all_uncovered_500m, output: u1.svg}
  - {field: all_uncovered_1200m, output: u2.svg}
  - {field: all_within_1200m_pct, output: w2.svg}
  - {field: all_reach_1200m, output: r2.svg}
Y
    done_with run "$work/p.yaml"
    [[ "$(svg_words u1)" == *"500 m from the nearest"* && "$(svg_words u1)" != *"1.2 km"* ]]
    for map in u2 w2 r2; do
        [[ "$(svg_words $map)" == *"1.2 km"* && "$(svg_words $map)" != *"500 m"* ]] || tell "$map: $(svg_words $map)"
    done
    [[ "$(svg_words w2)" == *"most people in need in"* ]]
}

@test "project: fields of one services entry are not those of the next; on the command line the last file's are for all" {
    make_town
    printf 'lon,lat,kind,cap\n-79.975,43.025,a,3\n' >"$work/one.csv"
    printf 'lon,lat,kind,cap\n-79.975,43.025,a,999\n' >"$work/two.csv"
    echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"a"},
        "geometry":{"type":"Point","coordinates":[-79.975,43.025]}}]}' >"$work/three.geojson"
    printf '%s\n' 'areas: areas.geojson' 'area-id: code' 'services:' '- {file: one.csv, weight: cap, lon: lon, lat: lat, type: kind}' \
        '- {file: two.csv}' '- {file: three.geojson, type: kind}' 'output: out' 'layers: [a.csv]' >"$work/p.yaml"
    done_with run "$work/p.yaml"
    [ "$(sum_of "$work/out/a.csv" all_count)" = 5 ]
    # and provenance.json keeps them apart
    python3 - "$work/out/provenance.json" <<'END'
import json, os, sys
def once(pairs):
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)
services = json.load(open(sys.argv[1]), object_pairs_hook=once)["parameters"]["services"]
assert [(os.path.basename(s["file"]), s.get("weight")) for s in services] == [
    ("one.csv", "cap"), ("two.csv", None), ("three.geojson", None)], services
END
    # all files have a kind: it is said once, at the end; each weight is the file's own
    done_with coverage "${town[@]}" --services "$work/one.csv" --weight cap --services "$work/two.csv" \
        --services "$work/three.geojson" --type kind -o "$work/b/b.csv"
    [ "$(sum_of "$work/b/b.csv" all_count)" = 5 ]
    [ "$(sum_of "$work/b/b.csv" a_count)" = 5 ]
}

@test "project: a file that is not named, wherever one is needed, is an error with its line" {
    make_town
    local start=$'area-id: code\noutput: out\nlayers: [a.csv]\n'
    for files in $'areas:\nservices: services.csv' $'areas: ~\nservices: services.csv' $'areas: areas.geojson\nservices:' \
        $'areas: areas.geojson\nservices: [~]' $'areas: areas.geojson\nservices: {file: , type: kind}' \
        $'areas: areas.geojson\nservices: [{file: ~}]' $'areas: areas.geojson\nservices: services.csv\njoin: [~]' \
        $'areas: areas.geojson\nservices: services.csv\njoin: [{file: }]'; do
        printf '%s%s\n' "$start" "$files" >"$work/p.yaml"
        wrong_project "p.yaml, line [4-6]: .*names no file"
    done
}

# one_wrong LINE PATTERN: a project with this line as its second is refused with its number and the pattern, before anything is written.
one_wrong() {
    write_project <<Y
areas: areas.geojson
$1
area-id: code
population: people
${3-services: {file: services.csv, type: kind\}}
output: out
${4-layers: [a.csv]}
Y
    wrong_project "$work/p.yaml, line 2: $2"
}

@test "project: what a value means is an error with its line, exit status 1, whatever stage finds it" {
    one_wrong "benchmark: medien" "'medien' is not a benchmark"
    says "did you mean 'median'"
    one_wrong "benchmark: none.csv" ".*none.csv: there is no such file"
    one_wrong "type-weights: languagee=2" "--type-weights: there is no type 'languagee'"
    says "did you mean 'language'"
    one_wrong "type-weights: language=x" "--type-weights: 'language=x' is not the weight"
    one_wrong "taxonomy: lipp" "there is no taxonomy 'lipp'"
    one_wrong "taxonomy: none.yaml" ".*none.yaml: cannot be opened"
    one_wrong "need: newcomer" ".*no field 'newcomer' \(--need\)"
    one_wrong "demand: none.geojson" ".*none.geojson: there is no such file"
    one_wrong "status: income" ".*no field 'income' \(--status\)"
    one_wrong "threads: 100000" "threads: '100000' is not a number of threads"
    one_wrong "walk-speed: 5" "--walk-speed goes with --streets"
    one_wrong "services: {file: services.csv, type: kinds}" ".*no field 'kinds' \(--type\)" ""
    one_wrong "join: none.csv" ".*none.csv: there is no such file"
    # the same on the command line has no line, and stays a usage error
    refused 2 "'medien' is not a benchmark" coverage --areas "$work/areas.geojson" --services "$work/services.csv" --benchmark medien
    quiet_about "line"
}

@test "project: an error of a map names the map and its line" {
    maps() {
        one_wrong "maps: [$1]" "$2" "services: {file: services.csv, type: kind}" "layers: [a.csv]"
    }
    maps "{field: gap_indx, output: m.png}" "map 'm.png': the coverage has no column 'gap_indx'"
    says "did you mean 'gap_index'"
    maps "{field: gap_index, scheme: Nope, output: m.png}" "map 'm.png': there is no scheme 'Nope'"
    maps "{field: gap_index, theme: nope, output: m.png}" "map 'm.png': there is no theme 'nope'"
    maps "{field: gap_index, paper: nope, output: m.png}" "map 'm.png': there is no paper 'nope'"
    maps "{field: gap_index, lines: none.geojson, output: m.png}" "map 'm.png': .*none.geojson: there is no such file"
    maps "{field: gap_index, method: custom, output: m.png}" "map 'm.png': --method custom needs --breaks"
    maps "{field: gap_index, output: m.jpg}" "map 'm.jpg': maps cannot be written as 'm.jpg'"
    maps "{field: gap_index, scheme: Accent, output: m.png}" "map 'm.png': colours . and . of 'Accent'"
    # the scheme of all maps: its own line
    one_wrong "scheme: Nope" "map 'm.png': there is no scheme 'Nope'" "services: {file: services.csv, type: kind}" "maps: [{field: gap_index, output: m.png}]"
}

@test "project: two outputs of one name are refused before the work" {
    for name in city.csv regions.csv region_areas.csv rejected.csv unreached.csv fairness.csv closures.csv groups.csv group_areas.csv \
        findings.txt provenance.json City.csv; do
        one_wrong "layers: [$name]" "the layer '$name' would be replaced" "services: {file: services.csv, type: kind}" ""
        quiet_about "records read"
    done
    one_wrong "layers: [a.csv, b.csv, a.csv]" "two layers are called 'a.csv'" "services: {file: services.csv, type: kind}" ""
    one_wrong "layers: [a.shp, a.fields.csv]" "the layer 'a.fields.csv' would be" "services: {file: services.csv, type: kind}" ""
    one_wrong "maps: [{field: gap_index, output: m.png}, {field: all_gap, output: [n.png, m.png]}]" "map 'm.png': another map has the same output"
    quiet_about "records read"
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind -o "$work/c/city.csv" # nothing is beside it
    refused 2 "'rejected.csv' would be replaced" coverage -q "${town[@]}" "${shops[@]}" --type kind -o "$work/c/rejected.csv"
}

@test "project: strict: holds as --strict does on the command line" {
    make_town
    local start=$'areas: areas.geojson\narea-id: code\nservices: {file: services.csv, type: kind}\noutput: out\nlayers: [a.csv]\n'
    printf '%sthreads: 2\n' "$start" >"$work/p.yaml"
    done_with run "$work/p.yaml" -o "$work/lax"
    printf '%sthreads: 2\nstrict: yes\n' "$start" >"$work/p.yaml"
    refused 1 "warnings?, which --strict" run "$work/p.yaml"
    [ ! -e "$work/out/a.csv" ]
}
