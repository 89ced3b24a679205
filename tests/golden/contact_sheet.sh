#!/bin/sh
# Draws every kind of map in every theme on every page, of the sample and of Toronto, and tiles them into contact
# sheets, one for each city and kind: themes across, pages down. They are for looking at, not for comparing.
#   contact_sheet.sh PROGRAM FOLDER [CITY ...]       CITY: sample, toronto
# SG_SHARED_GEODATA is where the shared data lie (default: beside the repository); without them Toronto is left
# out. SG_SHEET_DPI is the resolution (default 50). Tiling takes ImageMagick's montage.
set -eu

program="$1"
folder="$2"
shift 2
cities="${*:-sample toronto}"
here="$(cd "$(dirname "$0")" && pwd)"
geodata="$here/../../geodata"
shared="${SG_SHARED_GEODATA:-$here/../../../shared/geodata}"
dpi="${SG_SHEET_DPI:-50}"
export SOURCE_DATE_EPOCH=1371081600 LC_ALL=C.UTF-8
mkdir -p "$folder"
folder="$(cd "$folder" && pwd)"

themes="council print dark contrast"
papers="letter tabloid a4 a3 slide"

# kinds CITY, one a line: the map's name, and what the project file says of it. (Clusters need a field with their names,
# which no coverage has.)
kinds() {
    cat <<'K'
gap_index: field: gap_index
gap_class: field: gap_class
sites: field: set_within_pct, sites: yes
distance: field: lan_nearest_m, method: pretty
bivariate: kind: bivariate, field: all_nearest_m, field2: gap_index
multiples: kind: multiples, field: gap
symbols: kind: symbols, field: all_uncovered
dots: kind: dots, field: population
centred: field: all_lq, centre: 1
lollipops: chart: lollipops, field: gap_index
dotplot: chart: dotplot, field: gap
stacked: chart: stacked, field: gap
lorenz: chart: lorenz, field: all_count
curves: chart: curves
K
    if [ "$1" = sample ]; then
        echo "regions: kind: regions"
    fi
}

# The project up to its maps; layers of the sample are named here, as its project file draws maps of its own.
head_of() {
    case "$1" in
    sample)
        sed -e '/^output:/,$d' -e "s#: \([a-z_0-9]*\.\(geojson\|csv\)\)#: $geodata/sample/\1#" \
            "$geodata/sample/project.yaml"
        ;;
    toronto)
        sed -e '/^output:/,$d' -e "s#\.\./\.\./\.\./shared/geodata#$shared#" \
            -e "s#: rules_211#: $geodata/toronto/rules_211#" "$geodata/toronto/toronto.yaml"
        ;;
    esac
}

# draw CITY: all its maps in one run, into $folder/CITY.
draw() {
    {
        head_of "$1"
        echo "output: \"$folder/$1\""
        echo "maps:"
        kinds "$1" | while IFS= read -r line; do
            for theme in $themes; do
                for paper in $papers; do
                    for portrait in no yes; do
                        echo "  - {${line#*: }, theme: $theme, paper: $paper, portrait: $portrait, dpi: $dpi," \
                            "output: ${line%%:*}-$theme-$paper-$portrait.png}"
                    done
                done
            done
        done
    } >"$folder/$1.yaml"
    "$program" run -q --overwrite "$folder/$1.yaml" 2>"$folder/$1.log" || {
        cat "$folder/$1.log" >&2
        return 1
    }
}

# tile CITY KIND
tile() {
    set -- "$1" "$2" --
    for paper in $papers; do
        for portrait in no yes; do
            for theme in $themes; do
                set -- "$@" "$folder/$1/$2-$theme-$paper-$portrait.png"
            done
        done
    done
    sheet="$folder/$1-$2.png"
    shift 3
    montage "$@" -tile 8x -geometry +8+8 -background '#808080' "$sheet"
    echo "$sheet"
}

for city in $cities; do
    if [ "$city" = toronto ] && [ ! -d "$shared/toronto" ]; then
        echo "contact_sheet.sh: no shared geodata at $shared: Toronto is left out" >&2
        continue
    fi
    draw "$city"
    if ! command -v montage >/dev/null; then
        echo "contact_sheet.sh: montage is not installed: the maps of $city are single files in $folder/$city" >&2
        continue
    fi
    kinds "$city" | while IFS= read -r line; do
        tile "$city" "${line%%:*}"
    done
done
