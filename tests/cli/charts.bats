#!/usr/bin/env bats
# Charts: --chart of a layer's field, and chart: among a project's maps.

load helpers

# three_areas: people 100, 100, 200 and services 0, 1, 3.
three_areas() {
    python3 - "$work/three.geojson" <<'PY'
import json, sys
def square(i):
    x = -80 + i * 0.01
    return {"type": "Polygon", "coordinates": [[[x, 43], [x + 0.01, 43], [x + 0.01, 43.01], [x, 43.01], [x, 43]]]}
rows = [("A", 100, 0), ("B", 100, 1), ("C", 200, 3)]
json.dump({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": n, "people": p, "services": s}, "geometry": square(i)}
    for i, (n, p, s) in enumerate(rows)]}, open(sys.argv[1], "w"))
PY
}

@test "charts: the Lorenz curve's Gini and its half, by hand" {
    # x 0.25 0.5 1, y 0 0.25 1: Gini = 1 - (0.25 * 0 + 0.25 * 0.25 + 0.5 * 1.25) = 0.3125; the lower half has 25 %
    three_areas
    done_with map -q --layer "$work/three.geojson" --field services --field2 people --chart lorenz -o "$work/l.svg"
    grep -q 'the worse-served half of the people has 25% of them' "$work/l.svg"
    grep -q 'Gini 0.31' "$work/l.svg"
    done_with map -q --layer "$work/three.geojson" --field services --field2 people --chart lorenz --language fr -o "$work/f.svg"
    grep -q 'Gini 0,31' "$work/f.svg"
}

@test "charts: bars come worst first with their numbers, and the median" {
    three_areas
    done_with map -q --layer "$work/three.geojson" --field services --chart bars -o "$work/b.svg"
    grep -q 'C 3; B 1; A 0' "$work/b.svg"
}

@test "charts: rows for which the page has no room are counted on it" {
    need pdftotext
    for language in en fr; do
        "$program" map -q --layer "$sample/neighbourhoods.geojson" --field population --chart lollipops --paper slide --portrait \
            --language $language -o "$work/$language.pdf" 2>"$work/$language.log"
        left="$(sed -n 's/.*: \([0-9]*\) of 54 rows have no room on the page$/\1/p' "$work/$language.log")"
        [ "$left" -gt 0 ]
        pdftotext -layout "$work/$language.pdf" "$work/$language.txt"
        grep -Eq "(the first $((54 - left)) of|les $((54 - left)) premiers de) 54" "$work/$language.txt"
    done
    done_with map -q --layer "$sample/neighbourhoods.geojson" --field population --chart lollipops --paper tabloid -o "$work/all.pdf"
    ! pdftotext "$work/all.pdf" - | grep -q "the first"
}

@test "charts: a long label takes two lines where rows leave room, and is abbreviated before it is cut" {
    need pdftotext
    python3 - "$work" <<'PY'
import json, sys
def square(i):
    x = -80 + i * 0.01
    return {"type": "Polygon", "coordinates": [[[x, 43], [x + 0.01, 43], [x + 0.01, 43.01], [x, 43.01], [x, 43]]]}
names = ["Settlement Hill and Language Needs Assessment", "North Saint Andrew Park Heights", "Short"]
for count in 3, 24:
    json.dump({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": names[i % 3] + (" %d" % i if i > 2 else ""), "services": 50 - i},
         "geometry": square(i)} for i in range(count)]}, open("%s/%d.geojson" % (sys.argv[1], count), "w"))
PY
    done_with map -q --layer "$work/3.geojson" --field services --chart bars --paper 500x800px -o "$work/3.pdf"
    pdftotext -layout "$work/3.pdf" "$work/3.txt"
    grep -q 'Settlement Hill and Language Needs *$' "$work/3.txt"
    grep -q '^ *Assessment *$' "$work/3.txt"
    ! grep -q '…' "$work/3.txt"
    done_with map -q --layer "$work/24.geojson" --field services --chart bars --paper 700x500px -o "$work/24.pdf"
    pdftotext -layout "$work/24.pdf" "$work/24.txt"
    grep -q ' N. St. Andrew Park Heights 13 ' "$work/24.txt"
}

@test "charts: all kinds of a project, the same twice and on one thread" {
    cat >"$work/p.yaml" <<Y
areas: $sample/neighbourhoods.geojson
area-id: id
services: $sample/services_2013.csv
type: type
taxonomy: lip
demand: $sample/blocks.geojson
demand-population: population
output: out
maps:
  - {chart: lollipops, field: gap_index, output: [a.png, a.svg, a.pdf]}
  - {chart: bars, field: emp_nearest_m, output: b.png}
  - {chart: dotplot, field: gap, output: c.png}
  - {chart: stacked, field: gap, output: d.png}
  - {chart: lorenz, field: all_count, output: e.png}
  - {chart: curves, output: f.svg}
Y
    done_with run -q "$work/p.yaml"
    done_with run -q "$work/p.yaml" -o "$work/again" --threads 1
    for name in a.png a.svg a.pdf b.png c.png d.png e.png f.svg; do
        cmp "$work/out/$name" "$work/again/$name"
    done
    # the share at 2 km in the title is the table's, of the best and the worst that have a name of their own: not "other"
    python3 - "$work/out" <<'PY'
import csv, re, sys
svg = open(sys.argv[1] + "/f.svg", encoding="utf-8").read()
title = re.search(r"<title[^>]*>([^<]*)", svg).group(1)
best = re.search(r"Within 2.km: (.*) for (\d+)% of the people, (.*) for (\d+)%", title)
with open(sys.argv[1] + "/city.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
column = next(c for c in rows[0] if "2000" in c or "2km" in c.replace("_", ""))
shares = sorted(float(r[column]) for r in rows if r[column] and r[next(iter(r))].lower() not in ("all", "oth"))
assert round(shares[-1]) == int(best.group(2)) and round(shares[0]) == int(best.group(4)), (title, shares)
PY
}

@test "charts: what cannot be drawn is said" {
    three_areas
    refused 2 "pie" map --layer "$work/three.geojson" --field services --chart pie -o "$work/x.png"
    says "bars, lollipops, dotplot, stacked, lorenz or curves"
    refused 2 "Lorenz curve needs the people" map --layer "$work/three.geojson" --field services --chart lorenz -o "$work/x.png"
    refused 2 "cannot be drawn from a layer" map --layer "$work/three.geojson" --chart curves -o "$work/x.png"
    [ ! -e "$work/x.png" ]
}
