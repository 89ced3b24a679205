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
    pdftotext "$work/m.pdf" - | grep -q 'le plus élevé'
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
