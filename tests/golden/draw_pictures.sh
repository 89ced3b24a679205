#!/bin/sh
# Draws the pictures of tests/expected:   draw_pictures.sh PROGRAM FOLDER [NAME ...]
# After a wanted change of the drawing: draw them into tests/expected, LOOK at each, and commit them with the change. On another
# system write its line of drawn_with.sh into tests/expected/drawn_with.txt, and draw all.
set -eu

program="$1"
folder="$2"
shift 2
here="$(cd "$(dirname "$0")" && pwd)"
sample="$here/../../geodata/sample"
export SOURCE_DATE_EPOCH=1371081600 LC_ALL=C.UTF-8
mkdir -p "$folder"

wants() {
    [ -z "$names" ] && return 0
    case " $names " in *" $1 "*) return 0 ;; esac
    return 1
}

# project LANGUAGE: a project of the sample that draws the wanted pictures from its stdin: a list of maps.
project() {
    maps="$scratch/maps.yaml"
    cat >"$maps"
    cat >"$scratch/project.yaml" <<Y
areas: "$sample/neighbourhoods.geojson"
area-id: id
area-name: name
population: population
need: recent_immigrants
services: {file: "$sample/services_2013.csv", type: type}
taxonomy: lip
demand: "$sample/blocks.geojson"
demand-population: population
demand-need: recent_immigrants
language: $1
source: Port Meridian, an invented city
output: "$scratch/out"
maps:
Y
    cat "$maps" >>"$scratch/project.yaml"
    "$program" run -q "$scratch/project.yaml"
    for picture in "$scratch"/out/*.png; do
        name="$(basename "$picture" .png)"
        if wants "$name"; then
            cp "$picture" "$folder/$name.png"
        fi
    done
    rm -rf "$scratch/out"
}

names="$*"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

if wants gap_index || wants with_sites || wants categories || wants slide || wants portrait; then
    project en <<Y
  - {field: gap_index, paper: 900x700px, rotate: auto, labels: none, water: "$sample/water.geojson", land: "$sample/land.geojson", output: gap_index.png}
  - {field: lan_within_pct, paper: 800x620px, method: jenks, scheme: BuPu, labels: none, sites: yes, output: with_sites.png}
  - {field: gap_class, paper: 800x620px, labels: none, output: categories.png}
  - {field: emp_nearest_m, paper: slide, dpi: 60, method: pretty, water: "$sample/water.geojson", output: slide.png}
  - {field: all_uncovered, paper: 640x820px, portrait: yes, method: equal, classes: 4, theme: print, output: portrait.png}
Y
fi
if wants bivariate || wants multiples || wants circles || wants dots; then
    project en <<Y
  - {kind: bivariate, field: need, field2: gap_index, paper: 700x540px, labels: none, output: bivariate.png}
  - {kind: multiples, field: gap, paper: 800x620px, output: multiples.png}
  - {kind: symbols, field: all_uncovered, paper: 600x460px, labels: none, theme: dark, output: circles.png}
  - {kind: dots, field: need, paper: 600x460px, labels: none, output: dots.png}
Y
fi
if wants regions; then
    "$program" map -q --layer "$sample/neighbourhoods.geojson" --area-id id --kind regions --regions "$sample/regions.csv" --labels none \
        --paper 700x540px --overwrite -o "$folder/regions.png"
fi
if wants french; then
    project fr <<Y
  - {field: soc_count, paper: 900x700px, scheme: cividis, output: french.png}
Y
fi
