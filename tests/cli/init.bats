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
