#!/usr/bin/env bats
# The kinds of map: `map --kind` and `kind:` in a project.

load helpers

# A layer with a change and a cluster for every neighbourhood, made of its population.
make_layer() {
    python3 - "$sample/neighbourhoods.geojson" "$work/layer.geojson" <<'PY'
import json, sys
layer = json.load(open(sys.argv[1], encoding="utf-8"))
names = ["High-High", "Low-Low", "High-Low", "Low-High", "Not significant"]
for i, feature in enumerate(layer["features"]):
    fields = feature["properties"]
    fields["change"] = (i * 37) % 41 - 20
    fields["cluster"] = names[i % 5]
    for t, code in enumerate(["emp", "lan", "hea"]):
        fields[code + "_gap"] = ((i + 1) * (t + 3) * 7 % 101) / 100
    fields["all_gap"] = 0.5
json.dump(layer, open(sys.argv[2], "w", encoding="utf-8"))
PY
}

draw() {
    done_with map -q --layer "$work/layer.geojson" --area-id id "$@"
}

desc_of() {
    xmllint --xpath "string(//*[local-name()='desc'])" "$1"
}

@test "kinds: each draws PNG, SVG and PDF, and the same bytes on one thread and two" {
    make_layer
    for kind in "choropleth --field population" "bivariate --field population --field2 recent_immigrants" "multiples --field gap" \
        "symbols --field population" "change --field change" "clusters --field cluster" "dots --field population" \
        "regions --regions $sample/regions.csv"; do
        for ending in png svg pdf; do
            # shellcheck disable=SC2086
            draw --kind $kind --dpi 60 --threads 1 --overwrite -o "$work/a.$ending"
            # shellcheck disable=SC2086
            draw --kind $kind --dpi 60 --threads 2 --overwrite -o "$work/b.$ending"
            cmp "$work/a.$ending" "$work/b.$ending"
        done
    done
}

@test "kinds: bivariate counts in thirds, both ways" {
    need xmllint
    make_layer
    draw --kind bivariate --field population --field2 recent_immigrants -o "$work/m.svg"
    desc_of "$work/m.svg" >"$work/desc.txt"
    python3 - "$work/layer.geojson" "$work/desc.txt" <<'PY'
import json, re, sys
rows = [f["properties"] for f in json.load(open(sys.argv[1], encoding="utf-8"))["features"]]
def thirds(values):
    ordered = sorted(values)
    def at(p):  # Hyndman and Fan 7
        h = (len(ordered) - 1) * p
        low = int(h)
        return ordered[low] + (h - low) * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])
    a, b = at(1 / 3), at(2 / 3)
    return [(v > a) + (v > b) for v in values]
first, second = thirds([r["population"] for r in rows]), thirds([r["recent_immigrants"] for r in rows])
expected = {"ABC"[x] + "123"[y]: 0 for x in range(3) for y in range(3)}
for x, y in zip(first, second):
    expected["ABC"[x] + "123"[y]] += 1
text = open(sys.argv[2], encoding="utf-8").read()
found = {name: int(n) for name, n in re.findall(r"([ABC][123]): (\d+)", text)}
assert sum(found.values()) == 54, found
assert found == expected, (found, expected)
assert "%d of 54 areas" % expected["C3"] in text, text
PY
}

@test "kinds: change counts symmetric classes" {
    need xmllint
    make_layer
    draw --kind change --field change --breaks 5,15 -o "$work/m.svg"
    desc_of "$work/m.svg" >"$work/desc.txt"
    python3 - "$work/layer.geojson" "$work/desc.txt" <<'PY'
import json, re, sys
values = [f["properties"]["change"] for f in json.load(open(sys.argv[1], encoding="utf-8"))["features"]]
expected = [sum(v <= -15 for v in values), sum(-15 < v <= -5 for v in values), sum(-5 < v < 5 for v in values),
            sum(5 <= v < 15 for v in values), sum(v >= 15 for v in values)]
text = open(sys.argv[2], encoding="utf-8").read()
found = [int(n) for n in re.findall(r": (\d+)[;.]", text)]
assert found == expected, (found, expected, text)
assert "−5 to −14" in text and "+5 to +14" in text and "No change (±4)" in text, text
PY
}

@test "kinds: regions count every area, shared ones with their partners" {
    need xmllint
    make_layer
    draw --kind regions --regions "$sample/regions.csv" -o "$work/m.svg"
    desc_of "$work/m.svg" >"$work/desc.txt"
    python3 - "$sample/regions.csv" "$work/desc.txt" <<'PY'
import collections, csv, sys
regions, areas = collections.Counter(), collections.defaultdict(list)
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    regions[row["region"]] += 1
    areas[row["area_id"]].append(row["region"])
shared = collections.Counter(frozenset(v) for v in areas.values() if len(v) > 1)
text = open(sys.argv[2], encoding="utf-8").read()
for name, count in regions.items():
    assert "%s: %d" % (name, count) in text, (name, count, text)
parts = [p.strip(" .\n") for p in text.split(";") if "Shared:" in p]
found = {frozenset(p.split("Shared: ")[1].rsplit(": ", 1)[0].split(" + ")): int(p.rsplit(": ", 1)[1]) for p in parts}
assert found == dict(shared), (found, shared)
assert "%d of 54 areas" % sum(shared.values()) in text
PY
}

@test "kinds: multiples take a list or a measure of every type; pages that do not fit become further files" {
    need pdftotext
    make_layer
    draw --kind multiples --field gap --taxonomy lip -o "$work/a.pdf"
    pdftotext "$work/a.pdf" - >"$work/a.txt"
    for words in "Employment" "Language" "Health" "Gap to the benchmark"; do
        grep -q "$words" "$work/a.txt"
    done
    ! grep -q all_gap "$work/a.txt"
    python3 - "$work/layer.geojson" "$work/a.txt" <<'PY'
import json, sys
rows = [f["properties"] for f in json.load(open(sys.argv[1], encoding="utf-8"))["features"]]
counts = {code: sum(r[code + "_gap"] >= 0.75 for r in rows) for code in ("emp", "lan", "hea")}
words = " ".join(open(sys.argv[2], encoding="utf-8").read().split())
assert "in the top class in %d of 54" % max(counts.values()) in words, (counts, words[:200])
PY
    draw --kind multiples --field "lan_gap, emp_gap" -o "$work/b.pdf"
    pdftotext "$work/b.pdf" - >"$work/b.txt"
    grep -q lan_gap "$work/b.txt"
    ! grep -q hea_gap "$work/b.txt"
    list=population
    for i in $(seq 40); do list="$list,population"; done
    draw --kind multiples --field "$list" --dpi 40 -o "$work/c.png"
    [ -s "$work/c.png" ]
    [ -s "$work/c-2.png" ]
    refused 1 "no field 'nam_gap'" map --layer "$work/layer.geojson" --kind multiples --field nam_gap -o "$work/d.png"
    refused 1 "exists" map --layer "$work/layer.geojson" --kind multiples --field "$list" -o "$work/c.png"
}

@test "kinds: what a kind cannot draw is refused with what to do" {
    make_layer
    layer=(map --layer "$work/layer.geojson" --area-id id -o "$work/x.png")
    refused 2 "not a kind of map" "${layer[@]}" --kind pie --field population
    refused 2 "needs --field2" "${layer[@]}" --kind bivariate --field population
    refused 2 "goes with --kind bivariate" "${layer[@]}" --field population --field2 change
    refused 2 "needs --regions" "${layer[@]}" --kind regions
    refused 2 "field is missing" "${layer[@]}" --kind dots
    refused 1 "needs numbers" "${layer[@]}" --kind symbols --field cluster
    refused 1 "needs texts" "${layer[@]}" --kind clusters --field population
    refused 1 "is not a cluster" "${layer[@]}" --kind clusters --field name
    refused 1 "count from 0 up" "${layer[@]}" --kind dots --field change
    refused 1 "no colours for two variables" "${layer[@]}" --kind bivariate --field population --field2 change --scheme YlGnBu
    refused 2 "hold for both sides" "${layer[@]}" --kind change --field change --breaks -5,5
    [ ! -e "$work/x.png" ]
}

@test "kinds: a project draws them from its columns, in English and French" {
    need pdftotext
    for language in en fr; do
        cat >"$work/project.yaml" <<Y
areas: $sample/neighbourhoods.geojson
area-id: id
population: population
need: recent_immigrants
regions: $sample/regions.csv
services: {file: $sample/services_2013.csv, type: type}
taxonomy: lip
demand: $sample/blocks.geojson
demand-population: population
demand-need: recent_immigrants
language: $language
output: $work/out
maps:
  - {kind: bivariate, field: need, field2: gap_index, output: bivariate.pdf}
  - {kind: multiples, field: gap, output: multiples.pdf}
  - {kind: symbols, field: all_uncovered, output: symbols.pdf}
  - {kind: dots, field: need, output: dots.pdf}
  - {kind: regions, output: regions.pdf}
Y
        done_with run -q "$work/project.yaml"
        for kind in bivariate multiples symbols dots regions; do
            pdftotext -layout "$work/out/$kind.pdf" "$work/$kind-$language.txt"
        done
    done
    grep -q "are both high in" "$work/bivariate-en.txt"
    grep -q "au plus haut tous deux" "$work/bivariate-fr.txt"
    grep -q "13 cartes aux mêmes classes" "$work/multiples-fr.txt"
    if grep -E "[0-9]\.[0-9]+ *$" "$work/symbols-en.txt"; then # people are whole
        return 1
    fi
    grep -q "1 dot = 20" "$work/dots-en.txt"
    grep -q "1 point = 20" "$work/dots-fr.txt"
    grep -q "8 of 54 neighbourhoods are shared by several of the 8" "$work/regions-en.txt"
    grep -q "Partagé" "$work/regions-fr.txt"
    grep -q '"bivariate.pdf"' "$work/out/provenance.json"
}

@test "kinds: a type that nobody has in reach is in the note of maps and charts of gaps, of a run and of its layer" {
    need pdftotext
    make_town
    printf 'lon,lat,kind\n-79.5,43.5,Arts\n' >"$work/far.csv"
    cat >"$work/p.yaml" <<Y
areas: areas.geojson
area-id: code
area-name: label
population: people
services:
  - {file: services.csv, type: kind}
  - {file: far.csv, type: kind}
note: Our own.
output: out
layers: [c.gpkg]
maps:
  - {field: gap_index, output: index.pdf}
  - {kind: multiples, field: gap, output: gaps.pdf}
  - {chart: stacked, field: gap, output: shares.pdf}
  - {field: gap_class, output: class.pdf}
  - {field: language_gap, output: language.pdf}
  - {field: all_count, output: count.pdf}
Y
    done_with run -q "$work/p.yaml"
    note="Our own. Nobody has these types of service in reach, so they count as enough (gap 0): Arts."
    for name in index gaps shares class; do
        pdftotext "$work/out/$name.pdf" - | tr '\n' ' ' | grep -Fq "Note: $note" || tell "no note in $name.pdf"
    done
    for name in language count; do
        ! pdftotext "$work/out/$name.pdf" - | grep -q "count as enough"
    done
    for field in "--kind multiples --field gap" "--field arts_gap" "--field gap_index"; do
        # shellcheck disable=SC2086
        done_with map -q --layer "$work/out/c.gpkg" $field --language fr --overwrite -o "$work/m.pdf"
        pdftotext "$work/m.pdf" - | tr '\n' ' ' \
            | grep -Fq "Aucun secteur n'a ces types de services, et ils comptent comme suffisants (manque 0) : Arts." || tell "$field"
    done
    done_with map -q --layer "$work/out/c.gpkg" --field language_gap --overwrite -o "$work/m.pdf"
    ! pdftotext "$work/m.pdf" - | grep -q "count as enough"
}

@test "kinds: French pages say gap classes and priorities in French, and one word for areas; the tables keep the codes" {
    need pdftotext
    make_town
    cat >"$work/p.yaml" <<Y
areas: areas.geojson
area-id: code
area-name: label
population: people
services: {file: services.csv, type: kind}
language: fr
output: out
layers: [c.csv, c.gpkg]
maps:
  - {field: gap_class, output: class.pdf}
  - {field: priority, output: priority.pdf}
  - {chart: dotplot, field: gap, output: dots.pdf}
  - {kind: dots, field: population, output: people.pdf}
Y
    done_with run -q "$work/p.yaml"
    header "$work/out/c.csv" | grep -qx gap_class
    grep -Eq ',(served|slight|moderate|severe|critical),' "$work/out/c.csv"
    for name in class priority; do
        pdftotext "$work/out/$name.pdf" - >"$work/$name.txt"
        ! grep -Eq 'served|slight|moderate|severe|critical|high|medium|low' "$work/$name.txt"
    done
    grep -Eq 'servi|léger|modéré|grave|critique' "$work/class.txt"
    grep -Eq 'élevée|moyenne|faible' "$work/priority.txt"
    for name in dots people; do
        pdftotext "$work/out/$name.pdf" - >"$work/$name.txt"
        grep -q quartier "$work/$name.txt"
        ! grep -Eq 'secteur|people' "$work/$name.txt"
    done
    # fairness.csv is read by people too
    grep -q 'Indice de Gini' "$work/out/fairness.csv"
    ! grep -q 'Share of\|over people' "$work/out/fairness.csv"
    done_with map -q --layer "$work/out/c.gpkg" --field gap_class --language fr -o "$work/m.pdf"
    pdftotext "$work/m.pdf" - | grep -Eq '^(servi|léger|modéré|grave|critique)'
}

@test "kinds: where no people are known pages speak of the land; a need that is the population is the population" {
    need pdftotext
    make_town
    cat >"$work/p.yaml" <<Y
areas: areas.geojson
area-id: code
services: {file: services.csv, type: kind}
output: out
layers: [c.gpkg]
maps:
  - {field: gap_index, output: index.pdf}
  - {field: all_within_pct, output: within.pdf}
  - {field: all_nearest_m, output: nearest.pdf}
  - {field: all_reach, output: reach.pdf}
  - {chart: curves, output: curves.pdf}
  - {kind: multiples, field: "food_bank_gap, language_gap", output: two.pdf}
Y
    # the field 'people' is not taken for the population here: it goes by another name
    sed -i 's/"people"/"folk"/g' "$work/areas.geojson"
    done_with run -q "$work/p.yaml"
    for name in index within nearest reach curves; do
        pdftotext "$work/out/$name.pdf" - | tr '\n' ' ' >"$work/$name.txt"
        ! grep -Eiq 'people|residents|of home' "$work/$name.txt" || tell "$name.pdf speaks of people"
        grep -q 'land' "$work/$name.txt" || [ "$name" = index ] || tell "$name.pdf does not speak of land"
    done
    grep -q 'weighted by land' "$work/index.txt"
    ! grep -Eq 'people|resident' "$work/out/findings.txt"
    # the same method for both columns is said once
    [ "$(pdftotext "$work/out/two.pdf" - | tr '\n' ' ' | grep -o 'shortfall of supply' | wc -l)" -eq 1 ]
    done_with map -q --layer "$work/out/c.gpkg" --field all_within_pct -o "$work/m.pdf"
    pdftotext "$work/m.pdf" - | grep -q '% of the land'
    sed -e 's/^area-id: code/&\npopulation: folk\nneed: folk/' -i "$work/p.yaml"
    done_with run -q --overwrite "$work/p.yaml"
    for name in index within nearest reach curves; do
        ! pdftotext "$work/out/$name.pdf" - | grep -q 'in need' || tell "$name.pdf speaks of people in need"
    done
    done_with map -q --layer "$work/out/c.gpkg" --field need --overwrite -o "$work/m.pdf"
    pdftotext "$work/m.pdf" - | grep -q '^Population: most in'
}
