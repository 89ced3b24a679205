#!/usr/bin/env bats
# `servicegap map`: one map of one field. What it looks like is told by the golden images (golden.bats).

load helpers

draw() {
    done_with map -q --layer "$sample/neighbourhoods.geojson" --field population --area-id id "$@"
}

# png_size FILE: width, height and pixels per metre of a PNG.
png_size() {
    python3 - "$1" <<'PY'
import struct, sys, zlib
data = open(sys.argv[1], "rb").read()
assert data[:8] == b"\x89PNG\r\n\x1a\n"
at, found = 8, {}
while at < len(data):
    size, kind = struct.unpack(">I4s", data[at:at + 8])
    body = data[at + 8:at + 8 + size]
    assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0]
    found.setdefault(kind, body)
    at += 12 + size
print(*struct.unpack(">II", found[b"IHDR"][:8]), struct.unpack(">I", found[b"pHYs"][:4])[0] if b"pHYs" in found else "-")
PY
}

text_of() {
    xmllint --xpath "string(//*[local-name()='$2'])" "$1"
}

@test "map: PNG, SVG and PDF are what they say, and stdout stays empty" {
    for ending in png svg pdf; do
        draw -o "$work/m.$ending"
        [ -z "$output" ]
    done
    [ "$(png_size "$work/m.png")" = "2200 1700 7874" ]
    head -c 5 "$work/m.pdf" | grep -q '%PDF-'
    need xmllint
    xmllint --noout --nonet "$work/m.svg"
}

@test "map: --dpi, --paper, --portrait and --landscape give the page its size" {
    draw --dpi 100 -o "$work/a.png"
    [ "$(png_size "$work/a.png")" = "1100 850 3937" ]
    draw --dpi 100 --portrait -o "$work/b.png"
    [ "$(png_size "$work/b.png" | cut -d' ' -f1,2)" = "850 1100" ]
    draw --dpi 100 --paper a4 --landscape -o "$work/c.png"
    [ "$(png_size "$work/c.png" | cut -d' ' -f1,2)" = "1169 827" ]
    draw --paper 1200x800px -o "$work/d.png"
    [ "$(png_size "$work/d.png" | cut -d' ' -f1,2)" = "1200 800" ]
    draw --paper 254x254mm --dpi 100 -o "$work/e.png"
    [ "$(png_size "$work/e.png" | cut -d' ' -f1,2)" = "1000 1000" ]
    refused 2 "there is no paper 'leter'" map --layer "$sample/neighbourhoods.geojson" --field population --paper leter -o "$work/x.png"
}

@test "map: --title, --subtitle, --source, --credit and --note reach the page; markup in them is text" {
    need pdftotext
    draw --title "Où va <Tout> & pourquoi" --subtitle "Sub & title" --source "A source" --credit "The credit" --note "A note" -o "$work/m.pdf"
    pdftotext -layout "$work/m.pdf" "$work/m.txt"
    for words in "Où va <Tout> & pourquoi" "Sub & title" "A source" "The credit" "A note"; do
        grep -qF "$words" "$work/m.txt"
    done
    need xmllint
    draw --title "Où va <Tout> & pourquoi" -o "$work/m.svg"
    [ "$(text_of "$work/m.svg" title)" = "Où va <Tout> & pourquoi" ]
}

@test "map: the legend's counts add up to the areas" {
    need xmllint
    draw -o "$work/m.svg"
    text_of "$work/m.svg" desc >"$work/desc.txt"
    python3 - "$work/desc.txt" <<'PY'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
counts = [int(n) for n in re.findall(r": (\d+)[;.]", text)]
assert sum(counts) == 54, (counts, text)
PY
}

@test "map: --method, --classes and --breaks decide the classes" {
    need xmllint
    draw --method equal --classes 4 -o "$work/e.svg"
    draw --method custom --breaks 2000,5000 -o "$work/c.svg"
    text_of "$work/e.svg" desc >"$work/e.txt"
    text_of "$work/c.svg" desc >"$work/c.txt"
    python3 - "$sample/neighbourhoods.geojson" "$work/e.txt" "$work/c.txt" <<'PY'
import json, re, sys
values = [f["properties"]["population"] for f in json.load(open(sys.argv[1], encoding="utf-8"))["features"]]
counts = [[int(n) for n in re.findall(r": (\d+)[;.]", open(p, encoding="utf-8").read())] for p in sys.argv[2:]]
def bins(breaks, values):
    return [sum(sum(v >= b for b in breaks) == i for v in values) for i in range(len(breaks) + 1)]
# a count of zero people has its own class, before the others
some = [v for v in values if v > 0]
zero = len(values) - len(some)
low, high = min(some), max(some)
equal = bins([low + (high - low) * i / 4 for i in (1, 2, 3)], some)
whole = bins([max(values) * i / 4 for i in (1, 2, 3)], values)
assert counts[0] in ([zero] + equal, equal, whole), (counts[0], zero, equal, whole)
custom = bins([2000, 5000], some)
assert counts[1] in ([zero] + custom, bins([2000, 5000], values)), (counts[1], zero, custom)
PY
}

@test "map: --scheme, --reverse and --theme change the colours, --force-palette lets a poor scheme through" {
    draw --paper 900x700px -o "$work/a.png"
    for option in "--scheme Reds" --reverse "--theme dark" "--theme print"; do
        # shellcheck disable=SC2086
        draw --paper 900x700px $option --overwrite -o "$work/b.png"
        ! cmp -s "$work/a.png" "$work/b.png"
    done
    refused 1 "cannot be told apart" map --layer "$sample/neighbourhoods.geojson" --field population --scheme Accent -o "$work/c.png"
    draw --scheme Accent --force-palette -o "$work/c.png"
}

@test "map: --labels names the field, none leaves them out" {
    need pdftotext
    draw -o "$work/a.pdf"
    pdftotext "$work/a.pdf" - | grep -q Applewood
    draw --labels none -o "$work/b.pdf"
    [ "$(pdftotext "$work/b.pdf" - | grep -c 'Kingsfold')" -eq 0 ]
    draw --labels id -o "$work/c.pdf"
    pdftotext "$work/c.pdf" - | grep -qx '17'
    refused 1 "no field 'nam'" map --layer "$sample/neighbourhoods.geojson" --field population --labels nam -o "$work/d.pdf"
}

@test "map: areas that have neither name nor number are counted on the page as in the warning" {
    need pdftotext
    for language in en fr; do
        "$program" map -q --layer "$sample/neighbourhoods.geojson" --field population --paper slide --language $language \
            -o "$work/$language.pdf" 2>"$work/$language.log"
        pdftotext -layout "$work/$language.pdf" "$work/$language.txt"
    done
    count="$(sed -n 's/.*: \([0-9]*\) of 54 areas have neither name nor number$/\1/p' "$work/en.log")"
    [ "$count" -gt 1 ]
    tr -s ' \n' ' ' <"$work/en.txt" | grep -q "[. ]$count of 54 [a-z]* have neither name nor number here\."
    tr -s ' \n' ' ' <"$work/fr.txt" | grep -q "[0-9] des 54 [a-z]* n'ont ici ni nom ni numéro\."
    draw --paper tabloid -o "$work/all.pdf"
    ! pdftotext "$work/all.pdf" - | grep -q "neither name"
}

@test "map: --streets, --water, --land, --sites and --regions each add to the picture" {
    base=(--paper 900x700px)
    draw "${base[@]}" -o "$work/a.png"
    for extra in "--streets $sample/streets.geojson" "--streets $sample/streets.geojson --streets-where class='expressway'" \
        "--water $sample/water.geojson" "--land $sample/land.geojson" "--sites $sample/services_2013.csv --type type" \
        "--regions $sample/regions.csv"; do
        # shellcheck disable=SC2086
        draw "${base[@]}" $extra --overwrite -o "$work/b.png"
        ! cmp -s "$work/a.png" "$work/b.png" || { echo "no effect: $extra" >&2; false; }
        ! cmp -s "$work/last.png" "$work/b.png"
        cp "$work/b.png" "$work/last.png"
    done
}

@test "map: --crs and --rotate turn the map; an unknown CRS is an error" {
    draw --paper 900x700px -o "$work/a.png"
    for option in "--crs EPSG:3857" "--rotate 30" "--rotate auto"; do
        # shellcheck disable=SC2086
        draw --paper 900x700px $option --overwrite -o "$work/b.png"
        ! cmp -s "$work/a.png" "$work/b.png"
    done
    refused 1 "." map --layer "$sample/neighbourhoods.geojson" --field population --crs EPSG:1 -o "$work/c.png"
}

@test "map: --layer-name, --layer-where; a text field draws categories" {
    need pdftotext
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" -o "$work/c.gpkg"
    done_with map -q --layer "$work/c.gpkg" --layer-name regions --labels region --field population -o "$work/r.pdf"
    pdftotext "$work/r.pdf" - | grep -q West
    done_with map -q --layer "$work/c.gpkg" --field gap_class -o "$work/t.pdf"
    pdftotext "$work/t.pdf" - | grep -Eq 'served|slight|moderate|severe|critical'
    done_with map -q --layer "$work/c.gpkg" --layer-where "area_id <> 'D'" --field population -o "$work/w.pdf"
    [ "$(pdftotext "$work/w.pdf" - | grep -c Dockside)" -eq 0 ]
    refused 1 "no layer 'nope'; its layers are coverage, sites" map --layer "$work/c.gpkg" --layer-name nope --field population -o "$work/x.png"
}

@test "map: --language fr" {
    need pdftotext
    draw --language fr -o "$work/m.pdf"
    pdftotext "$work/m.pdf" - | grep -q 'au plus haut à'
}

@test "map: the same twice gives the same bytes, two seconds later, with one thread and two" {
    for ending in png svg pdf; do
        draw --threads 1 -o "$work/a.$ending"
    done
    sleep 2.1
    for ending in png svg pdf; do
        draw --threads 2 -o "$work/b.$ending"
        cmp "$work/a.$ending" "$work/b.$ending"
    done
}

@test "map: an existing file needs --overwrite; a wrong ending is a usage error" {
    echo mine >"$work/m.png"
    refused 1 "m.png: exists already" map --layer "$sample/neighbourhoods.geojson" --field population -o "$work/m.png"
    [ "$(cat "$work/m.png")" = mine ]
    draw --overwrite -o "$work/m.png"
    refused 2 "m.gif" map --layer "$sample/neighbourhoods.geojson" --field population -o "$work/m.gif"
    says "^hint: .*\.png"
    nothing_left_in "$work"
}

@test "map: --breaks goes with --method custom only" {
    refused 2 "breaks goes with --method custom only" map --layer "$sample/neighbourhoods.geojson" --field population \
        --method jenks --breaks 2000,5000 -o "$work/m.png"
}

@test "map: names with markup, right-to-left text and line breaks draw" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"<b>A&amp;</b>","v":1},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}},
{"type":"Feature","properties":{"name":"حي النصر","v":2},"geometry":{"type":"Polygon","coordinates":[[[1,0],[2,0],[2,1],[1,1],[1,0]]]}},
{"type":"Feature","properties":{"name":"line\nbreak","v":null},"geometry":{"type":"Polygon","coordinates":[[[2,0],[3,0],[3,1],[2,1],[2,0]]]}}]}
J
    done_with map --layer "$work/a.geojson" --field v -o "$work/m.svg"
    need xmllint
    xmllint --noout "$work/m.svg"
}

@test "map: all values missing, all the same, one area" {
    for v in null 5; do
        printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"v":%s,"w":1},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}]}' "$v" >"$work/a.geojson"
        try map --overwrite --layer "$work/a.geojson" --field v -o "$work/m.png"
        [ "$status" -le 1 ] || tell "a crash"
        [ "$status" -eq 0 ] || says '^servicegap: error: '
    done
}

@test "map: streets, water or land that end in the middle are an error with the record, not a map that lacks half of them" {
    need ogr2ogr
    make_town
    ogr2ogr -lco SPATIAL_INDEX=NO "$work/streets.fgb" "$sample/streets.geojson"
    ogr2ogr -lco SPATIAL_INDEX=NO "$work/blocks.fgb" "$sample/blocks.geojson"
    for name in streets blocks; do
        size="$(stat -c %s "$work/$name.fgb")"
        head -c $((size * 6 / 10)) "$work/$name.fgb" >"$work/cut_$name.fgb"
    done
    local map=(map --layer "$sample/neighbourhoods.geojson" --field population -o "$work/m.png")
    refused 1 "cut_streets.fgb: cannot be read at record [0-9]+" "${map[@]}" --streets "$work/cut_streets.fgb"
    refused 1 "cut_blocks.fgb: cannot be read at record [0-9]+" "${map[@]}" --water "$work/cut_blocks.fgb"
    refused 1 "cut_blocks.fgb: cannot be read at record [0-9]+" "${map[@]}" --land "$work/cut_blocks.fgb"
    [ ! -e "$work/m.png" ]
}

@test "map: --centre parts the classes at a value, and the diverging scheme turns there" {
    make_town
    done_with map -q --layer "$sample/neighbourhoods.geojson" --field population --centre 6000 --classes 4 -o "$work/m.svg"
    grep -Eq '6,000 . ' "$work/m.svg" || grep -q '6,000' "$work/m.svg"
    refused 2 "--centre is for the other methods" map --layer "$sample/neighbourhoods.geojson" --field population --centre 6000 --breaks 1,2 -o "$work/x.svg"
    refused 2 "is not a number" map --layer "$sample/neighbourhoods.geojson" --field population --centre middle -o "$work/x.svg"
}

# legend_of SVG TITLE: the legend as the picture's description tells it.
legend_of() {
    python3 - "$1" "$2" <<'PY'
import re, sys
import xml.etree.ElementTree as tree
text = next(e.text for e in tree.parse(sys.argv[1]).iter() if e.tag.endswith("}desc"))
print(text[text.rindex(sys.argv[2] + ":"):])
PY
}

# same_colours PNG PNG: the same colours, each on the same share of the coloured ground.
same_colours() {
    PYTHONPATH="$here/../golden" python3 -B - "$@" <<'PY'
import collections, sys
from compare_png import read_png

def shares(path):
    width, height, rows = read_png(path)[:3]
    step = len(rows[0]) // width
    seen = collections.Counter(bytes(row[x * step:x * step + 3]) for row in rows for x in range(width))
    for grey in [c for c in seen if max(c) - min(c) < 8]:
        del seen[grey]
    whole = sum(seen.values())
    return {colour: count / whole for colour, count in seen.items() if count > 0.01 * whole}

one, other = shares(sys.argv[1]), shares(sys.argv[2])
assert one.keys() == other.keys() and len(one) > 3, (one, other)
assert all(abs(one[c] - other[c]) < 0.01 for c in one), (one, other)
PY
}

@test "map: a coverage's columns have the words, direction and classes that the run gave them, in every format" {
    city
    cat >"$work/p.yaml" <<Y
areas: $sample/neighbourhoods.geojson
area-id: id
population: population
need: recent_immigrants
services: {file: $sample/services_2013.csv, type: type}
taxonomy: lip
demand: $sample/blocks.geojson
demand-population: population
demand-need: recent_immigrants
grid-points: 9
within: [800, 1200]
measures: count, within, uncovered, per_10k, gap
output: $work/out
layers: [c.gpkg, c.geojson, c.shp]
labels: none
dpi: 60 # same_colours looks at every pixel
maps:
  - {field: gap_index, output: [gap_index.svg, gap_index.png]}
  - {field: set_within_1200m_pct, output: [set_within_1200m_pct.svg, set_within_1200m_pct.png]}
  - {field: lan_uncovered_800m, output: [lan_uncovered_800m.svg, lan_uncovered_800m.png]}
  - {field: emp_per_10k, output: [emp_per_10k.svg, emp_per_10k.png]}
Y
    done_with run -q "$work/p.yaml"
    while IFS='|' read -r field short legend; do
        for layer in "c.gpkg $field" "c.geojson $field" "c.shp $short"; do
            # shellcheck disable=SC2086
            set -- $layer
            for ending in svg png; do
                done_with map -q --layer "$work/out/$1" --field "$2" --labels none --dpi 60 --overwrite -o "$work/m.$ending"
            done
            [ "$(legend_of "$work/m.svg" "$legend")" = "$(legend_of "$work/out/$field.svg" "$legend")" ]
            same_colours "$work/m.png" "$work/out/$field.png"
        done
    done <<'T'
gap_index|GAP_INDEX|Service gap index
set_within_1200m_pct|SET_W_2|Share with a service in reach
lan_uncovered_800m|LAN_UNCOV1|People without a service in reach
emp_per_10k|EMP_P10K|Services per 10,000 in need
T
    need xmllint
    done_with map -q --layer "$work/out/c.gpkg" --field gap_index --overwrite -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -q "Service gap index is highest in "
    done_with map -q --layer "$work/out/c.gpkg" --field set_within_1200m_pct --overwrite -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -Eq "Settlement.*: share within reach of a service \(1\.2.km\) is lowest in "
    done_with map -q --layer "$work/out/c.gpkg" --field gap_class --overwrite -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -Eq "[0-9]+ of 53 areas have a severe or critical service gap"
    done_with map -q --layer "$work/out/c.gpkg" --kind multiples --field within_800m_pct --overwrite -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -Eq "Share with a service in reach: lowest for [^:]*, in the bottom class"
    done_with map -q --layer "$work/out/c.gpkg" --field set_within_1200m_pct --language fr --overwrite -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -Eq "Settlement[^:]*, part ayant un service à portée : "
    # classes that are asked for stand
    done_with map -q --layer "$work/out/c.gpkg" --field gap_index --classes 4 --overwrite -o "$work/m.svg"
    [ "$(legend_of "$work/m.svg" "Service gap index" | grep -o ";" | wc -l)" -eq 5 ]
}

@test "map: of several areas that share the highest value none is named" {
    need xmllint
    python3 - "$work/ties.geojson" <<'PY'
import json, sys
square = lambda x: {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}
json.dump({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "N%d" % x, "year": min(2000 + x, 2009), "half": x % 2}, "geometry": square(x)}
    for x in range(12)]}, open(sys.argv[1], "w"))
PY
    done_with map -q --layer "$work/ties.geojson" --field year -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -q "year is highest in 3 of 12 areas"
    done_with map -q --layer "$work/ties.geojson" --field half --language fr --overwrite -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -q "half : au plus haut dans 6 des 12 secteurs"
}

@test "map: another layer's field keeps its own name and classes, whatever it is called" {
    need xmllint
    python3 - "$work/other.geojson" <<'PY'
import json, sys
square = lambda x: {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}
json.dump({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "N%d" % x, "gap_index": x * 7, "pool_count": x}, "geometry": square(x)}
    for x in range(12)]}, open(sys.argv[1], "w"))
PY
    done_with map -q --layer "$work/other.geojson" --field gap_index -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -q "gap_index is highest in N11"
    done_with map -q --layer "$work/other.geojson" --field pool_count --overwrite -o "$work/m.svg"
    text_of "$work/m.svg" desc | grep -q "pool_count: 0 – "
}

@test "map: colours that nobody chose pass the gate: words of three, more classes than the theme's scheme has, a middle" {
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind -o "$work/c.gpkg"
    python3 - "$work" <<'PY'
import json, sys
square = lambda x: {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}
words = ["high", "medium", "low", None], ["very high", "high", "medium", "low", "very low", "none"]
for i, scale in enumerate(words):
    json.dump({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "N%d" % x, "priority": scale[x % len(scale)], "n": (x * x) % 37}, "geometry": square(x)}
        for x in range(30)]}, open("%s/w%d.geojson" % (sys.argv[1], i), "w"))
PY
    for theme in council print dark contrast; do
        for layer in w0 w1; do
            done_with map --layer "$work/$layer.geojson" --field priority --theme "$theme" --overwrite -o "$work/m.png"
            quiet_about "tell apart"
        done
        for classes in 2 3 4 5 6 7; do
            done_with map --layer "$work/w0.geojson" --field n --classes "$classes" --theme "$theme" --overwrite -o "$work/m.png"
        done
    done
    done_with map --layer "$work/w0.geojson" --field n --method stddev --classes 7 --overwrite -o "$work/m.png"
    done_with map --layer "$work/w0.geojson" --kind change --field n --classes 6 --overwrite -o "$work/m.png"
    refused 1 "cannot be told apart" map --layer "$work/w1.geojson" --field priority --scheme YlGnBu -o "$work/x.png"
    refused 1 "cannot be told apart" map --layer "$work/w0.geojson" --field n --classes 7 --scheme YlGnBu -o "$work/x.png"
}

@test "map: legends say one number as one, nothing under 0 where nothing can be, and equal classes as equal" {
    need xmllint
    python3 - "$work/v.geojson" <<'PY'
import json, sys
square = lambda x: {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}
share = [0] * 9 + [12.5, 20.25, 31.5, 44.75, 52, 61.5, 70.125, 83.5, 90, 100, 100, 100, 100, 100, 100]
people = [2, 300, 410, 560, 700, 840, 990, 1100, 1190, 1260, 1320, 1400, 1490, 1560, 1640, 1720, 1800, 1900, 2010, 2100, 2200, 2290, 2380, 2480]
json.dump({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "N%d" % x, "share": share[x], "people": people[x]}, "geometry": square(x)}
    for x in range(24)]}, open(sys.argv[1], "w"))
PY
    legend() {
        done_with map -q --layer "$work/v.geojson" --field "$1" --method "$2" --classes "$3" --overwrite -o "$work/m.svg"
        legend_of "$work/m.svg" "$1"
    }
    [ "$(legend share quantile 4)" = "share: 0: 9; 10 to under 50: 4; 50 to under 95: 5; 100: 6." ]
    [ "$(legend people boxplot 6)" = "people: unusually low: 0; 2 – 899: 6; 900 – 1,449: 6; 1,450 – 1,999: 6; 2,000 – 3,399: 6; 3,400 and over: 0." ]
    [ "$(legend share stddev 5)" = "share: 0 to under 10: 9; 10 to under 87: 8; 87 – 100: 7." ]
    [ "$(legend people equal 4)" = "people: 2 – 599: 4; 600 – 1,239: 5; 1,240 – 1,859: 8; 1,860 – 2,480: 7." ]
    [ "$(legend people pretty 5)" = "people: 2 – 999: 7; 1,000 – 1,999: 11; 2,000 – 2,480: 6." ]
    # limits that were asked for stand as they are
    done_with map -q --layer "$work/v.geojson" --field share --breaks 10,95 --overwrite -o "$work/m.svg"
    [ "$(legend_of "$work/m.svg" share)" = "share: 0 to under 10: 9; 10 to under 95: 9; 95 – 100: 6." ]
}

@test "map: an ending that is none of the three is refused before anything is done, with the path as given" {
    refused 2 "maps cannot be written as '$work/m/j.jpg'" map --layer "$sample/neighbourhoods.geojson" --field population -o "$work/m/j.jpg"
    [ ! -e "$work/m" ]
    refused 2 "maps cannot be written as '$work/m/j.jpg'" map --layer "$work/nowhere.geojson" --field population -o "$work/m/j.jpg"
}

@test "map: areas without names or ids of their own are not called by their place in the file" {
    need xmllint
    python3 - "$work/bare.geojson" <<'PY'
import json, sys
square = lambda x: {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]}
json.dump({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"n": x * 7, "code": "K%d" % x}, "geometry": square(x)} for x in range(12)]}, open(sys.argv[1], "w"))
PY
    for kind in choropleth symbols; do
        done_with map -q --layer "$work/bare.geojson" --field n --kind "$kind" --overwrite -o "$work/m.svg"
        [ "$(text_of "$work/m.svg" title)" = n ]
        need pdftotext
        done_with map -q --layer "$work/bare.geojson" --field n --kind "$kind" --overwrite -o "$work/m.pdf"
        ! pdftotext "$work/m.pdf" - | grep -Eqx "11|10" # nor are they labelled with it
    done
    done_with map -q --layer "$work/bare.geojson" --field n --area-id code --overwrite -o "$work/m.svg"
    [ "$(text_of "$work/m.svg" title)" = "n is highest in K11" ]
}

@test "map: words that no page has room for are refused with their length, or cut and said; none takes long" {
    make_town
    export SERVICEGAP_TIMEOUT=60
    local long most option
    long="$(printf 'x%.0s' {1..2001})" most="$(printf 'é%.0s' {1..2000})"
    for option in title subtitle source credit note; do
        refused 2 "--$option: 2001 characters long; a page has room for at most 2000" map --layer "$work/areas.geojson" \
            --field people -o "$work/m.png" "--$option" "$long"
        done_with map --layer "$work/areas.geojson" --field people -o "$work/$option.png" --paper a4 --portrait \
            "--$option" "$most"
    done
    cat >"$work/p.yaml" <<Y
areas: areas.geojson
area-id: code
services: {file: services.csv, type: kind}
output: out
maps:
  - field: gap_index
    output: m.png
    note: $long
Y
    refused 1 "p.yaml, line 8: note: 2001 characters long" run "$work/p.yaml"
    python3 - "$work" <<'P'
import json, sys
town = json.load(open(sys.argv[1] + "/areas.geojson"))
for number, area in enumerate(town["features"]):
    area["properties"]["words"] = "y" * 100000 if number == 0 else "few"
json.dump(town, open(sys.argv[1] + "/words.geojson", "w"))
P
    done_with map --layer "$work/words.geojson" --field words --labels none -o "$work/words.png"
    says 'warning: .*a text of 100000 characters is cut after 500: "y'
}
