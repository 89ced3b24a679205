#!/usr/bin/env bats
# `servicegap run`: the whole job of the sample city, and what it leaves in its folder.

load helpers

setup_file() {
    program="${SERVICEGAP:-$BATS_TEST_DIRNAME/../../build/bin/servicegap}"
    export SERVICEGAP_DATA="${SERVICEGAP_DATA:-$BATS_TEST_DIRNAME/../..}"
    export FIRST="$BATS_FILE_TMPDIR/first" SECOND="$BATS_FILE_TMPDIR/second"
    # a project with every format, to be run twice, by one thread and by two, at different seconds of the clock
    project="$BATS_FILE_TMPDIR/project.yaml"
    sed -E -e "s#^([a-z]+): ([a-z]+\.(geojson|csv))#\1: \"$BATS_TEST_DIRNAME/../../geodata/sample/\2\"#" \
        -e "s#file: services_2013#file: $BATS_TEST_DIRNAME/../../geodata/sample/services_2013#" \
        -e 's|^layers:.*|layers: [coverage.gpkg, coverage.shp, coverage.csv, coverage.geojson, coverage.fgb, coverage.xlsx, coverage.ods]\ntidy: yes|' \
        -e '/^maps:/,$d' "$BATS_TEST_DIRNAME/../../geodata/sample/project.yaml" >"$project"
    cat >>"$project" <<'Y'
maps:
  - field: gap_index
    paper: 900x700px
    output: [gap.png, gap.svg, gap.pdf]
  - field: lan_within_pct
    sites: yes
    paper: slide
    dpi: 60
    output: language.png
Y
    # and one with less in it, where what is looked at is the same for all
    sed -E -e '/^(demand|groups|status)/d' -e 's|^layers:.*|layers: [coverage.gpkg, coverage.shp, coverage.csv]|' -e '/^maps:/,$d' \
        "$project" >"$BATS_FILE_TMPDIR/lean.yaml"
    printf 'maps:\n  - {field: gap_index, output: [gap.svg, gap.pdf]}\n' >>"$BATS_FILE_TMPDIR/lean.yaml"
    "$program" run --threads 1 "$project" -o "$FIRST" 2>"$BATS_FILE_TMPDIR/first.txt" || cat "$BATS_FILE_TMPDIR/first.txt"
    sleep 2.1
    "$program" run -q --threads 2 "$project" -o "$SECOND" || true
}

@test "run: the sample project's own file works, and its folder holds what it names" {
    done_with run "$sample/project.yaml" -o "$work/out"
    [ -z "$output" ]
    for name in coverage.gpkg coverage.shp coverage.shx coverage.dbf coverage.prj coverage.cpg coverage.fields.csv coverage.csv \
        city.csv findings.txt rejected.csv provenance.json; do
        [ -s "$work/out/$name" ]
    done
    for name in $(grep -o '[a-z_0-9]*\.\(png\|svg\|pdf\)' "$sample/project.yaml"); do
        [ -s "$work/out/$name" ]
    done
    [ "$(ls -A "$work")" = out ]
    nothing_left_in "$work"
    says 'services_2013.csv: 355 records read = 352 in the areas \+ 3 outside \+ 0 rejected'
}

@test "run: the same command gives the same bytes, two seconds later and with another number of threads" {
    [ "$(ls "$FIRST" | wc -l)" -ge 20 ]
    diff <(ls -A "$FIRST") <(ls -A "$SECOND")
    for file in "$FIRST"/*; do
        name="$(basename "$file")"
        # the folder itself is a parameter that provenance tells
        [ "$name" != provenance.json ] || continue
        cmp "$file" "$SECOND/$name"
    done
    diff <(grep -v '"output":' "$FIRST/provenance.json") <(grep -v '"output":' "$SECOND/provenance.json")
}

@test "run: a second run over the first replaces it in place, without --overwrite" {
    done_with run -q "$BATS_FILE_TMPDIR/lean.yaml" -o "$work/out"
    before="$(cd "$work/out" && sha256sum -- * | grep -v provenance)"
    sleep 1.1
    done_with run -q "$BATS_FILE_TMPDIR/lean.yaml" -o "$work/out"
    [ "$(cd "$work/out" && sha256sum -- * | grep -v provenance)" = "$before" ]
    nothing_left_in "$work"
}

@test "run: SOURCE_DATE_EPOCH dates the files" {
    need pdfinfo
    SOURCE_DATE_EPOCH=1371081600 done_with run -q "$BATS_FILE_TMPDIR/lean.yaml" -o "$work/out"
    TZ=UTC pdfinfo "$work/out/gap.pdf" | grep -q '^CreationDate:.*Jun 13 .*2013'
    [ "$(head -c 4 "$work/out/coverage.dbf" | od -An -tu1 | tr -s ' ')" = " 3 113 6 13" ]
}

@test "run: provenance.json is valid JSON with every input's size and SHA-256, the counts and the outputs" {
    python3 - "$FIRST" <<'PY'
import hashlib, json, os, sys
folder = sys.argv[1]
with open(folder + "/provenance.json", encoding="utf-8") as file:
    p = json.load(file)
assert p["program"] == "servicegap" and p["command"] == "run" and p["version"]
assert set(p["libraries"]) >= {"GDAL", "PROJ", "GEOS", "Cairo"}
names = set()
for entry in p["inputs"]:
    with open(entry["path"], "rb") as file:
        data = file.read()
    assert entry["bytes"] == len(data) and entry["sha256"] == hashlib.sha256(data).hexdigest(), entry
    names.add(os.path.basename(entry["path"]))
assert names >= {"neighbourhoods.geojson", "services_2013.csv", "regions.csv", "blocks.geojson"}, names
[record] = p["records"]
assert (record["read"], record["counted"], record["outside"], record["rejected"]) == (355, 352, 3, 0)
assert record["fields"]["type"] == "type" and record["fields"]["lon"] == "lon", record
assert (p["areas"]["read"], p["areas"]["rejected"], p["areas"]["fields"]["population"]) == (54, 0, "population"), p["areas"]
assert p["demand"]["read"] == p["demand"]["counted"] + p["demand"]["outside"] + p["demand"]["rejected"] == 2539, p["demand"]
for name, value in {"within": "1km", "benchmark": "median", "supply": "reach", "taxonomy": "lip", "access": "e2sfca",
                    "decay": "step", "min-population": "0"}.items():
    assert p["parameters"][name] == value, name
for name in p["outputs"]:
    assert os.path.getsize(folder + "/" + name) > 0, name
made = {n for n in os.listdir(folder)} - {"provenance.json"}
side = {"coverage.shx", "coverage.dbf", "coverage.prj", "coverage.cpg", "coverage.fields.csv", "coverage.qml", "coverage.sld"}
assert made - side == set(p["outputs"]) - side, made ^ set(p["outputs"])
PY
}

@test "run: sha256sum agrees" {
    need sha256sum
    sum="$(sha256sum "$sample/services_2013.csv" | cut -d' ' -f1)"
    grep -q "\"sha256\": \"$sum\"" "$FIRST/provenance.json"
}

@test "run: read = counted + outside + rejected, and rejected.csv holds exactly the others with their own fields" {
    python3 - "$FIRST" "$sample" <<'PY'
import csv, sys
with open(sys.argv[2] + "/services_2013.csv", encoding="utf-8", newline="") as file:
    given = list(csv.DictReader(file))
with open(sys.argv[1] + "/rejected.csv", encoding="utf-8", newline="") as file:
    rejected = list(csv.DictReader(file))
with open(sys.argv[1] + "/coverage.csv", encoding="utf-8", newline="") as file:
    counted = sum(float(row["all_count"]) for row in csv.DictReader(file))
assert len(rejected) + counted == len(given) == 355
for row in rejected:
    original = given[int(row["servicegap_record"]) - 1]
    for name, value in original.items():
        assert row[name] == value, (name, row[name], value)
    assert row["servicegap_reason"] == "outside all areas" and row["site"] == "Branch outside the city"
assert sorted(r["service_id"] for r in rejected) == sorted(g["service_id"] for g in given if g["site"] == "Branch outside the city")
PY
}

@test "run: the tables agree with one another: types, city, tidy, findings" {
    python3 - "$FIRST" <<'PY'
import csv, sys
folder = sys.argv[1] + "/"
def read(name):
    with open(folder + name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
areas, city, tidy = read("coverage.csv"), {r["type"]: r for r in read("city.csv")}, read("coverage_tidy.csv")
findings = open(folder + "findings.txt", encoding="utf-8").read().replace("\u00a0", " ")
assert len(areas) == 54 and len(city) == 14
people = sum(float(a["population"]) for a in areas)
for code, row in city.items():
    t = code.lower()
    assert float(row["services"]) == sum(float(a[t + "_count"]) for a in areas)
    assert int(row["areas_without"]) == sum(float(a[t + "_count"]) == 0 for a in areas)
    uncovered = sum(float(a[t + "_uncovered"] or 0) for a in areas)
    assert abs(float(row["uncovered"]) - uncovered) < 1e-6 * people
    assert abs(float(row["uncovered_pct"]) - 100 * uncovered / people) < 1e-6
    assert abs(100 - float(row["within_1000m_pct"]) - float(row["uncovered_pct"])) < 1e-6
    shares = [float(row["sites_%d_pct" % n]) for n in range(4)]
    assert abs(sum(shares) - 100) < 1e-6
    curve = [float(row["within_%dm_pct" % d]) for d in (250, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000)]
    assert curve == sorted(curve)
    if code != "all":
        assert ("%s: " % row["label"]) in findings
        without = sum(float(a[t + "_count"]) == 0 for a in areas if a["state"] == "measured")
        assert ("1 of 53 neighbourhoods has none of its own" if without == 1 else "%d of 53 neighbourhoods have none of their own" % without) in findings
bad = [a for a in areas if a["gap_class"] in ("severe", "critical")]
assert findings.startswith("%d of 53 neighbourhoods have a severe or critical" % len(bad)), findings[:80]
wide = {a["area_id"]: a for a in areas}
for row in tidy:
    column = row["measure"] if row["type"] in ("", "-") else row["type"].lower() + "_" + row["measure"]
    if column in wide[row["area_id"]]:
        assert wide[row["area_id"]][column] == row["value"]
PY
}

@test "run: lan_within_pct counted from the blocks a second way, to a percent of a point" {
    # the middle of a block stands for its people: not the program's grid, so near and not equal
    python3 -B - "$here" "$FIRST" "$sample" <<'PY'
import csv, json, sys
sys.path.insert(0, sys.argv[1])
from reference import distance
sites = [(float(r["lon"]), float(r["lat"])) for r in csv.DictReader(open(sys.argv[3] + "/services_2013.csv", encoding="utf-8"))
         if r["type"] == "Language Training"]
total, near = 0.0, 0.0
for feature in json.load(open(sys.argv[3] + "/blocks.geojson", encoding="utf-8"))["features"]:
    shape = feature["geometry"]["coordinates"]
    ring = shape[0] if feature["geometry"]["type"] == "Polygon" else shape[0][0]
    area = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        cross = (x1 + 81.9) * (y2 - 43.45) - (x2 + 81.9) * (y1 - 43.45)
        area, cx, cy = area + cross, cx + (x1 + x2 + 163.8) * cross, cy + (y1 + y2 - 86.9) * cross
    x, y = cx / (3 * area) - 81.9, cy / (3 * area) + 43.45
    people = feature["properties"]["population"]
    total += people
    close = [s for s in sites if abs(s[0] - x) < 0.02 and abs(s[1] - y) < 0.015]
    near += people * any(distance(x, y, *s) <= 1000 for s in close)
city = {r["type"]: r for r in csv.DictReader(open(sys.argv[2] + "/city.csv", encoding="utf-8"))}
assert abs(float(city["LAN"]["within_1000m_pct"]) - 100 * near / total) < 1, (city["LAN"]["within_1000m_pct"], 100 * near / total)
PY
}

@test "run: a project elsewhere reads its paths from its own folder and writes where it says" {
    mkdir "$work/deep"
    cp "$sample/neighbourhoods.geojson" "$sample/services_2013.csv" "$work/deep"
    printf 'areas: neighbourhoods.geojson\nservices: services_2013.csv\ntype: type\noutput: results\nlayers: [a.csv]\n' >"$work/deep/p.yaml"
    cd "$work"
    done_with run deep/p.yaml
    [ -s deep/results/a.csv ]
    [ ! -e results ]
}

@test "run: options on the command line go before those of the project" {
    make_town
    printf 'areas: areas.geojson\narea-id: code\nservices: {file: services.csv, type: kind}\nwithin: 700m\noutput: o\nlayers: [a.csv]\n' >"$work/p.yaml"
    done_with run "$work/p.yaml" -o "$work/elsewhere"
    [ -s "$work/elsewhere/a.csv" ]
    [ ! -e "$work/o" ]
}

@test "run: a map is the same bytes as the first of a run and as the fifth, in PNG, SVG and PDF" {
    export SOURCE_DATE_EPOCH=1356998400 # the project file, an input, is written twice
    for order in first fifth; do
        {
            printf 'areas: %s\narea-id: id\nservices: %s\ntype: type\ntaxonomy: lip\nregions: %s\noutput: %s\nmaps:\n' \
                "$sample/neighbourhoods.geojson" "$sample/services_2013.csv" "$sample/regions.csv" "$order"
            this='  - {field: gap_index, sites: yes, output: [m.png, m.svg, m.pdf]}'
            [ "$order" != first ] || echo "$this"
            echo '  - {field: emp_nearest_m, output: a.svg}'
            echo '  - {field: gap, kind: multiples, output: b.svg}'
            echo '  - {field: emp_count, kind: dots, output: c.pdf}'
            echo '  - {field: gap_index, chart: bars, output: d.svg}'
            [ "$order" = first ] || echo "$this"
        } >"$work/p.yaml"
        done_with run -q "$work/p.yaml"
    done
    for name in m.png m.svg m.pdf a.svg b.svg c.pdf d.svg; do
        cmp "$work/first/$name" "$work/fifth/$name"
    done
}

@test "run: a taxonomy, a theme and a scheme of one's own are inputs too: provenance.json has their sums" {
    make_town
    printf 'name: mine\nbased_on: dark\n' >"$work/theme.yaml"
    printf 'name: mine\nkind: sequential\nsource: me\nclasses:\n  5: ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"]\n' >"$work/scheme.yaml"
    sed 's/^name: .*/name: mine/' "$here/../../styles/taxonomies/lip.yaml" >"$work/taxonomy.yaml" 2>/dev/null ||
        cp "$(find "$here/../.." -path '*/build*' -prune -o -name 'lip.yaml' -print | head -1)" "$work/taxonomy.yaml"
    printf 'areas: areas.geojson\nservices: services.csv\ntaxonomy: taxonomy.yaml\noutput: out\nmaps:\n  - {field: gap_index, theme: theme.yaml, scheme: scheme.yaml, output: m.png}\n' >"$work/p.yaml"
    done_with run -q "$work/p.yaml"
    for name in theme scheme taxonomy; do
        grep -q "$(sha256sum "$work/$name.yaml" | cut -d' ' -f1)" "$work/out/provenance.json" || tell "no sum of $name.yaml"
    done
}

@test "run: closures.csv says for each type and place who would have none left, as brute force does" {
    make_town
    printf '%s\n' 'areas: areas.geojson' 'area-id: code' 'services: {file: services.csv, type: kind, organization: agency}' \
        'demand: demand.csv' 'demand-population: residents' 'within: 1.5km' 'output: out' 'layers: [a.csv]' >"$work/p.yaml"
    done_with run "$work/p.yaml"
    python3 - "$work/out/closures.csv" "$BATS_TEST_DIRNAME" <<'END'
import csv, sys
sys.path.insert(0, sys.argv[2])
import reference as r
people = [(x, y, n) for x, y, n, _ in r.DEMAND if r.area_of(x, y) is not None]
services = [s for s in r.SERVICES if s[8] in ("ok", "far", "twice")]
kinds = {k.strip() for s in services for k in s[1].split(";")}
expected = {}
for kind in kinds | {"all"}:
    places = {(s[3], s[4]) for s in services if kind == "all" or kind in [k.strip() for k in s[1].split(";")]}
    for x, y, n in people:
        near = [p for p in places if r.distance(x, y, *p) <= 1500]
        if len(near) == 1 and n > 0:
            key = (kind, near[0])
            expected[key] = expected.get(key, 0) + n
total = sum(n for _, _, n in people)
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")))
got = {("all" if row["type"] == "all" else row["label"], (float(row["lon"]), float(row["lat"]))): float(row["people_lost"]) for row in rows}
assert got == expected and len(rows) == len(got) > 4, (got, expected)
for row in rows:
    assert abs(float(row["people_lost_pct"]) - 100 * float(row["people_lost"]) / total) < 1e-9
    line = r.SERVICES[int(row["record"]) - 1]
    assert (line[2], float(line[3])) == (row["organization"], float(row["lon"])), row
order = [(row["type"], -float(row["people_lost"])) for row in rows]
assert order == sorted(order, key=lambda o: ([row["type"] for row in rows].index(o[0]), o[1])), order
END
}
