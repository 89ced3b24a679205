#!/usr/bin/env bats
# What a map says of its numbers, and what it is asked that its values cannot give. Expectations worked out by hand.

load helpers

# Squares in a row with the given properties: squares FILE 'PYTHON LIST OF DICTS' [WEST DEGREES [WIDTH]]
squares() {
    python3 - "$@" <<'PY'
import json, sys
west, width = float((sys.argv + [None, None, "0"])[3] or 0) if len(sys.argv) > 3 else 0.0, float(sys.argv[4]) if len(sys.argv) > 4 else 1.0
features = []
for i, properties in enumerate(eval(sys.argv[2])):
    x = west + i * width
    x -= 360 if x >= 179.999999 else 0
    ring = [[x, 10], [x + width, 10], [x + width, 10 + width], [x, 10 + width], [x, 10]]
    geometry = None if properties.pop("nowhere", False) else {"type": "Polygon", "coordinates": [ring]}
    features.append({"type": "Feature", "properties": properties, "geometry": geometry})
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[1], "w"))
PY
}

# legend FIELD [OPTION ...]: the classes of a map of $work/s.geojson, from the picture's description.
legend() {
    local field="$1"
    shift
    done_with map -q --layer "$work/s.geojson" --field "$field" --overwrite -o "$work/m.svg" "$@"
    sed -n "s/.*<desc[^>]*>\(.*\)<\/desc>.*/\1/p" "$work/m.svg" | sed "s/.* $field: //; s/\xc2\xa0/ /g"
}

@test "legends: very small, very large and close values have limits that differ" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, tiny=[1e-9, 1.5e-9, 3e-9, 3.4e-9][i], big=[1.25e10, 2e10, 3e10, 4e10][i],
        close=[1e6, 1000000.004, 1000000.008, 1000000.0123][i], ends=[400.1234, 412.0148, 412.0152, 412.0198][i]) for i in range(4)]'
    [ "$(legend tiny --classes 2)" = "1 to under 2 ×10⁻⁹: 2; 2 – 4 ×10⁻⁹: 2." ]
    [ "$(legend big --classes 2)" = "12 to under 25 billion: 2; 25 – 40 billion: 2." ]
    [ "$(legend big --classes 2 --language fr)" = "12 à moins de 25 milliards: 2; 25 – 40 milliards: 2." ]
    [ "$(legend close --classes 2)" = "1,000,000 to under 1,000,000.006: 2; 1,000,000.006 – 1,000,000.013: 2." ]
    [ "$(legend ends --classes 2)" = "400.123 to under 412.015: 2; 412.015 – 412.02: 2." ]
}

@test "legends: an empty class says its own range; deviations beyond the data make none" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, two=i % 2, ten=10 * i) for i in range(11)]'
    [ "$(legend two --breaks 0.25,0.5,0.75)" = "0 to under 0.25: 6; 0.25 to under 0.5: 0; 0.5 to under 0.75: 0; 0.75 – 1: 5." ]
    # mean 50, deviation 33.2: 100 is less than two of them away, and more than one
    [[ "$(legend ten --method stddev --classes 7)" != *": 0"* ]]
}

@test "legends: areas across the 180th meridian lie side by side, and a projection is never \"unknown\"" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, v=i) for i in range(6)]' 179.7 0.1
    done_with map --layer "$work/s.geojson" --field v --overwrite -o "$work/m.png"
    quiet_about "neither name nor number"
    squares "$work/s.geojson" '[dict(name="N%d" % i, v=i) for i in range(6)]' -50 2
    done_with map -v --layer "$work/s.geojson" --field v --crs "+proj=tmerc +lon_0=-45 +datum=WGS84 +type=crs" --overwrite -o "$work/m.png"
    quiet_about unknown
    squares "$work/s.geojson" '[dict(name="N%d" % i, v=i) for i in range(6)]' 179.7 0.1
    refused 1 "so far apart in WGS 84 / Pseudo-Mercator" map --layer "$work/s.geojson" --field v --crs EPSG:3857 --overwrite -o "$work/m.png"
    says "s.geojson: the longitudes -180 to 180 part what lies together at 180; they are read as 179.7 to 180.3"
    # an area that runs on across the meridian is torn by some systems, and whole in others
    python3 - "$work/across.geojson" <<'P'
import json, sys
features = [{"type": "Feature", "properties": {"name": f"N{i}", "v": i}, "geometry": {"type": "Polygon", "coordinates": [[
    [179.95, y], [180.05, y], [180.05, y + .1], [179.95, y + .1], [179.95, y]]]}} for i, y in enumerate([-17.0, -16.9, -16.8])]
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[1], "w"))
P
    refused 1 "WGS 84 / Pseudo-Mercator is cut where the area 'N[0-9]' lies" map --layer "$work/across.geojson" --field v --crs EPSG:3857 --overwrite -o "$work/m.png"
    says "^hint: leave --crs out"
    done_with map --layer "$work/across.geojson" --field v --crs EPSG:3460 --overwrite -o "$work/m.png" # Fiji 1986
    # those that end short of it are left where they are
    python3 - "$work/far.geojson" <<'P'
import json, sys
features = [{"type": "Feature", "properties": {"name": f"N{i}", "v": i}, "geometry": {"type": "Polygon", "coordinates": [[
    [x, 0], [x + .1, 0], [x + .1, .1], [x, .1], [x, 0]]]}} for i, x in enumerate([-179.9, -179.8, 179.7, 179.8])]
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[1], "w"))
P
    refused 1 "so far apart in WGS 84 / Pseudo-Mercator" map --layer "$work/far.geojson" --field v --crs EPSG:3857 --overwrite -o "$work/m.png"
}

@test "legends: areas without geometry are not counted, and said" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, kind=["north", "south"][i % 2], v=i, nowhere=i > 3) for i in range(6)]'
    done_with map --layer "$work/s.geojson" --field kind --overwrite -o "$work/m.svg"
    says "2 of 6 areas have no geometry and are not drawn"
    grep -q "Map of 4 areas" "$work/m.svg"
    grep -Eq "north: 2; south: 2" "$work/m.svg"
}

@test "legends: hints name the options that map has" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, v=i) for i in range(4)]'
    local map=(map --layer "$work/s.geojson" --field v --overwrite -o "$work/m.png")
    refused 1 "no field 'nam' \(--labels\)" "${map[@]}" --labels nam
    refused 1 "no areas" "${map[@]}" --layer-where "v > 100"
    says 'hint: no record fulfils --layer-where "v > 100"'
    refused 1 "the condition \"vv > 1\" is not understood" "${map[@]}" --layer-where "vv > 1"
    says "hint: .*the fields are name, v"
    need ogr2ogr
    ogr2ogr "$work/s.gpkg" "$work/s.geojson" -nln areas
    refused 1 "the condition \"vv > 1\" is not understood" map --layer "$work/s.gpkg" --field v --layer-where "vv > 1" -o "$work/x.png"
    says "hint: .*the fields are name, v"
    ogr2ogr "$work/p.gpkg" "$work/s.geojson" -nln points -dialect SQLite -sql "SELECT name, v, ST_Centroid(geometry) AS geometry FROM s"
    refused 1 "is a Point, not a polygon" map --layer "$work/p.gpkg" --field v -o "$work/x.png"
    says "hint: .*a file of points goes with --sites"
    ogr2ogr -update "$work/p.gpkg" "$work/s.geojson" -nln areas -nlt POLYGON
    refused 1 "is a Point, not a polygon" map --layer "$work/p.gpkg" --layer-name points --field v -o "$work/x.png"
    says "hint: .*add --layer-name areas"
    refused 1 "is a Point, not a polygon" check --areas "$work/p.gpkg"
    says "hint: .*add --areas-layer areas"
}

@test "legends: contradictions are refused or said" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, v=10 * i, part=i + 0.5, word="w%d" % i, none=None, gap_cluster="") for i in range(10)]'
    local map=(map --layer "$work/s.geojson" --overwrite -o "$work/m.png")
    refused 2 "either --landscape or --portrait" "${map[@]}" --field v --landscape --portrait
    refused 2 "--kind is of maps" "${map[@]}" --field v --kind symbols --chart bars
    refused 1 "bars needs numbers, and 'word' holds texts" "${map[@]}" --field word --chart bars
    refused 1 "'gap_cluster' is empty" "${map[@]}" --field gap_cluster --kind clusters
    done_with "${map[@]}" --field part --kind dots
    says "'part' does not count"
    done_with "${map[@]}" --field v --breaks 200,300,400
    says "all areas in one class: the values go from 0 to 90"
    done_with "${map[@]}" --field none
    says "no area has a value in 'none'"
    done_with "${map[@]}" --field v --centre 50 --scheme YlGnBu
    says "'YlGnBu' runs one way"
    done_with "${map[@]}" --field v --kind dots
    quiet_about "does not count"
}

@test "legends: a series of different measures of a coverage is refused, and dots of a share" {
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --overwrite -o "$work/c.gpkg"
    local type
    type="$(ogrinfo -so "$work/c.gpkg" coverage | sed -n 's/^\([a-z_]*\)_within_pct:.*/\1/p' | grep -v '^all$' | head -1)"
    refused 1 "are different measures" map --layer "$work/c.gpkg" --layer-name coverage --kind multiples --field "${type}_within_pct,gap_index" -o "$work/x.png"
    refused 2 "is a share" map --layer "$work/c.gpkg" --layer-name coverage --kind dots --field "${type}_within_pct" -o "$work/x.png"
}

@test "legends: charts say the unit of their numbers, a minus sign, and what a Lorenz curve is of" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, v=[-4.2, -1.8, 3.1][i], tiny=[2e-7, 4e-7, 6e-7][i], years=i + 1, people=100) for i in range(3)]'
    need pdftotext
    chart() {
        done_with map -q --layer "$work/s.geojson" --overwrite -o "$work/c.pdf" "$@"
        pdftotext -layout "$work/c.pdf" - | sed 's/\xc2\xa0/ /g'
    }
    chart --field v --chart lollipops | grep -q "Median: −1.8"
    chart --field tiny --chart bars | grep -q "Median: 400 ×10⁻⁹"
    chart --field tiny --chart bars | grep -q "tiny, ×10⁻⁹"
    chart --field years --field2 people --chart lorenz | grep -q "Share of the total: years"
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --overwrite -o "$work/c.gpkg"
    done_with map -q --layer "$work/c.gpkg" --layer-name coverage --field all_within_pct --chart bars --overwrite -o "$work/c.pdf"
    pdftotext -layout "$work/c.pdf" - | grep -q "reach (% of "
    done_with map -q --layer "$work/c.gpkg" --layer-name coverage --field all_count --field2 population --chart lorenz --overwrite -o "$work/c.pdf"
    pdftotext -layout "$work/c.pdf" - | grep -q "Share of the services"
}

@test "legends: fixed classes of gaps that are 0 or 1 say their ranges, and the method of two types is told once" {
    need pdftotext
    squares "$work/areas.geojson" '[dict(code="c%d" % i, name="N%d" % i, population=1000) for i in range(3)]' 0 0.02
    printf 'type,lon,lat\nfood,0.01,10.01\nfood,0.03,10.01\nlegal,0.03,10.01\n' >"$work/s.csv"
    cat >"$work/p.yaml" <<Y
areas: areas.geojson
area-id: code
area-name: name
population: population
services: {file: s.csv, type: type}
within: 500m
output: out
maps:
  - {kind: multiples, field: gap, output: m.pdf}
Y
    done_with run -q "$work/p.yaml"
    [ "$(pdftotext -layout "$work/out/m.pdf" - | grep -o "shortfall of supply" | wc -l)" -eq 1 ]
    pdftotext -layout "$work/out/m.pdf" - >"$work/m.txt"
    for range in "under 0.1" "0.1 to under 0.25" "0.25 to under 0.5" "0.5 to under 0.75" "0.75 – 1"; do
        grep -q "$range" "$work/m.txt"
    done
}

@test "legends: the print theme says where grey would blur, and its groups keep apart" {
    squares "$work/s.geojson" '[dict(name="N%d" % i, change=i - 4, part="p%d" % (i % 6)) for i in range(9)]'
    done_with map --layer "$work/s.geojson" --field change --kind change --theme print --overwrite -o "$work/m.png"
    says "'PuOr' with 5 classes blurs in a grey print"
    done_with map --layer "$work/s.geojson" --field part --theme print --overwrite -o "$work/m.png"
    quiet_about "grey print"
    done_with map --layer "$work/s.geojson" --field part --theme print --scheme OkabeIto --overwrite -o "$work/m.png"
    says "'OkabeIto' with 6 classes blurs in a grey print"
}

@test "legends: characters that no font has are said once, with a count and an example" {
    # U+0378 and U+0379 are no characters, and so in no font
    squares "$work/s.geojson" '[dict(name="N%d \u0378\u0379" % i, v=i) for i in range(4)]'
    done_with map --layer "$work/s.geojson" --field v --title "Four" --overwrite -o "$work/m.png"
    [ "$(grep -c "no installed font has 2 of the characters" <<<"$stderr")" -eq 1 ]
    says 'no installed font has .*"N[0-3] '
    done_with map --layer "$work/s.geojson" --field v --title "Four" --labels none --overwrite -o "$work/m.png"
    quiet_about "no installed font"
}
