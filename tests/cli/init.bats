#!/usr/bin/env bats
# `servicegap init`: a commented project file with the fields it recognised.

load helpers

@test "init: the project it writes runs, and equals the same coverage by options" {
    done_with init --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" \
        --demand "$sample/blocks.geojson" -o "$work/p.yaml"
    done_with run "$work/p.yaml" -o "$work/out"
    done_with coverage -q --areas "$sample/neighbourhoods.geojson" --area-id id --services "$sample/services_2013.csv" \
        --type type --organization organization --demand "$sample/blocks.geojson" --demand-population population \
        --clusters -o "$work/c/c.csv" # which a project has by itself
    cmp "$work/out/coverage.csv" "$work/c/c.csv"
    [ -s "$work/out/gap.png" ]
}

@test "init: says what it recognised and lists the fields there are" {
    done_with init --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv"
    grep -Eq '^area-id: "?id"?  # recognised' <<<"$output"
    grep -Eq '^population: "?population"?  # recognised' <<<"$output"
    grep -Eq '^    type: "?type"?  # recognised' <<<"$output"
    grep -q '^# fields: id, name, name_fr, population' <<<"$output"
    python3 -c 'import yaml' 2>/dev/null || skip "no python3-yaml to read it a second way"
    python3 -c '
import sys, yaml
p = yaml.safe_load(sys.stdin.read())
assert p["areas"].endswith("neighbourhoods.geojson") and p["services"][0]["type"] == "type" and p["layers"]' <<<"$output"
}

@test "init: what is named is kept; several services are several entries" {
    make_town
    done_with init "${town[@]}" "${shops[@]}" --type kind --services "$sample/services_2010.csv" --within 800m
    [ "$(grep -c '^  - file:' <<<"$output")" -eq 2 ]
    grep -Eq '^area-id: "?code"?' <<<"$output"
    grep -Eq '^need: "?newcomers"?' <<<"$output"
    grep -Eq '^within: "?800m"?' <<<"$output"
    grep -Eq '^    type: "?kind"?' <<<"$output"
}

@test "init: names that need quoting survive" {
    make_town
    mkdir "$work/odd: #1 \"x\""
    cp "$work/areas.geojson" "$work/services.csv" "$work/odd: #1 \"x\""
    done_with init --areas "$work/odd: #1 \"x\"/areas.geojson" --area-id code --services "$work/odd: #1 \"x\"/services.csv" --type kind -o "$work/p.yaml"
    done_with run "$work/p.yaml" -o "$work/out"
    [ "$(sum_of "$work/out/coverage.csv" all_count)" = 6 ]
}

@test "init: refuses to replace a file, unless told" {
    echo mine >"$work/p.yaml"
    refused 1 "p.yaml: exists already" init --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" -o "$work/p.yaml"
    [ "$(cat "$work/p.yaml")" = mine ]
    done_with init --overwrite --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" -o "$work/p.yaml"
    [ "$(cat "$work/p.yaml")" != mine ]
}

@test "init: every path counts from the project's folder, wherever it is written" {
    mkdir "$work/projects"
    cp "$sample/regions.csv" "$sample/neighbourhoods.geojson" "$sample/services_2013.csv" "$work"
    printf 'types:\n  - {code: A, label: One}\n' >"$work/kinds.yaml"
    cd "$work"
    done_with init --areas neighbourhoods.geojson --services services_2013.csv --regions regions.csv \
        --taxonomy kinds.yaml -o projects/p.yaml
    done_with check projects/p.yaml
    # an installed taxonomy is a name, not a path
    done_with init --areas neighbourhoods.geojson --services services_2013.csv --taxonomy lip
    grep -q '^taxonomy: "lip"' <<<"$output"
}

@test "init: what a killed run left behind is no hindrance" {
    echo half >"$work/p.yaml.tmp"
    done_with init --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" -o "$work/p.yaml"
    [ -s "$work/p.yaml" ]
}

@test "init: streets are described with what was recognised in them, and the project measures along them" {
    cat >"$work/roads.geojson" <<END
{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"Road_Class":"local","ONEWAY":"B"},
"geometry":{"type":"LineString","coordinates":[[-81.93,43.43],[-81.92,43.43]]}}]}
END
    given=(--areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" --demand "$sample/blocks.geojson")
    done_with init "${given[@]}" --streets "$work/roads.geojson"
    grep -Eq '^streets: ".*roads.geojson"$' <<<"$output"
    grep -q '^# what the streets are: Road_Class   # recognised' <<<"$output"
    grep -q '^# which way they lead: ONEWAY   # recognised' <<<"$output"
    grep -q '^# min-piece: 200m' <<<"$output"
    done_with init "${given[@]}" --streets "$sample/streets.geojson" -o "$work/p.yaml"
    done_with run -q "$work/p.yaml" -o "$work/out"
    done_with coverage -q "${given[@]}" --area-id id --type type --organization organization \
        --demand-population population --streets "$sample/streets.geojson" --clusters -o "$work/c/c.csv"
    cmp "$work/out/coverage.csv" "$work/c/c.csv"
    # without any, the key is shown
    done_with init "${given[@]}"
    grep -q '^# streets: streets.osm.pbf' <<<"$output"
    refused 1 "a table without geometry" init "${given[@]}" --streets "$sample/regions.csv"
    refused 1 "no layer 'rails'" init "${given[@]}" --streets "$sample/streets.geojson" --streets-layer rails
}

@test "init: streets among the layers that were given for something else are found" {
    need ogr2ogr
    given=(--areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv")
    # a file of streets alone is no file of services
    done_with init "${given[@]}" --services "$sample/streets.geojson"
    [ "$(grep -c '^  - file:' <<<"$output")" -eq 1 ]
    grep -Eq '^streets: ".*streets.geojson"$' <<<"$output"
    says "streets.geojson: lines of streets and no services: written as streets"
    refused 2 "services names streets and nothing else" init --areas "$sample/neighbourhoods.geojson" --services "$sample/streets.geojson"
    # lines that are no streets are what they were given as
    done_with init "${given[@]}" --services "$sample/rail.geojson"
    [ "$(grep -c '^  - file:' <<<"$output")" -eq 2 ]
    # a layer of a file that holds the areas too is offered, as a comment
    ogr2ogr -q -f GPKG "$work/city.gpkg" "$sample/neighbourhoods.geojson" -nln areas
    ogr2ogr -q -f GPKG -update "$work/city.gpkg" "$sample/rail.geojson" -nln rail
    ogr2ogr -q -f GPKG -update "$work/city.gpkg" "$sample/streets.geojson" -nln roads
    done_with init --areas "$work/city.gpkg" --services "$sample/services_2013.csv"
    grep -Eq '^# streets: ".*city.gpkg"$' <<<"$output"
    grep -q '^# streets-layer: "roads"$' <<<"$output"
    grep -q '^# what the streets are: class   # recognised' <<<"$output"
}

@test "init: an OpenStreetMap file is recognised by its tags" {
    [ -f "$geodata/porto_alegre/poa_osm.pbf" ] || skip "the shared geodata is not there"
    done_with init --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" \
        --streets "$geodata/porto_alegre/poa_osm.pbf"
    grep -Eq '^streets: ".*poa_osm.pbf"$' <<<"$output"
    grep -q "^# what the streets are: highway, with OpenStreetMap's other tags   # recognised" <<<"$output"
}

@test "init: its inputs are never replaced, folders are made, - is the standard output" {
    cp "$sample/neighbourhoods.geojson" "$work/a.geojson"
    cp "$sample/services_2013.csv" "$work/s.csv"
    cp "$sample/blocks.geojson" "$work/b.geojson"
    layers=(--areas "$work/a.geojson" --services "$work/s.csv" --demand "$work/b.geojson")
    for input in a.geojson s.csv b.geojson; do
        sum="$(cksum <"$work/$input")"
        refused 1 "$input: is an input of this run" init "${layers[@]}" --overwrite -o "$work/$input"
        [ "$(cksum <"$work/$input")" = "$sum" ]
    done
    done_with init -q "${layers[@]}" -o "$work/new/folder/p.yaml"
    done_with check -q "$work/new/folder/p.yaml"
    cd "$work"
    done_with init "${layers[@]}" -o -
    [ ! -e "$work/-" ]
    grep -q "^areas: " <<<"$output"
    grep -q "^# supply: reach *# reach, count, access, within" <<<"$output"
    refused 2 "a folder, not a file" init "${layers[@]}" -o "$work/new/"
    nothing_left_in "$work"
}

@test "init: a population with its year behind is recognised, the latest; what is not recognised is told" {
    sed 's/"population": \?\([0-9]*\)/"Pop_2016": 1, "Popu_2021": \1/' "$sample/blocks.geojson" >"$work/b.geojson"
    layers=(--areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv")
    done_with init "${layers[@]}" --demand "$work/b.geojson" -o "$work/p.yaml"
    grep -q '^demand-population: "Popu_2021"  # recognised' "$work/p.yaml"
    quiet_about "no field is recognised"
    done_with run -q "$work/p.yaml" -o "$work/year"
    done_with init "${layers[@]}" --demand "$sample/blocks.geojson" -o "$work/q.yaml"
    done_with run -q "$work/q.yaml" -o "$work/plain"
    cmp "$work/year/coverage.csv" "$work/plain/coverage.csv"

    sed 's/"population"/"heads"/' "$sample/blocks.geojson" >"$work/b.geojson"
    sed '1s/\btype\b/sort/' "$sample/services_2013.csv" >"$work/s.csv"
    done_with init --areas "$sample/neighbourhoods.geojson" --services "$work/s.csv" --demand "$work/b.geojson" -o "$work/r.yaml"
    says "no field is recognised as type of .*/s.csv, demand-population of .*/b.geojson: write its name in the project"
}
