#!/usr/bin/env bats
# The sample city: its totals are those of the London and Middlesex survey of 2013, its neighbourhoods are a partition, and
# the program beside it writes the very same bytes.

setup() {
    sample="${BATS_TEST_DIRNAME}/../../geodata/sample"
}

# Runs a Python program from stdin on the sample; `rows(year)`, `features(layer)` and `rings(feature)` are at hand.
on_sample() {
    python3 -B -c '
import csv, json, sys
from collections import Counter, defaultdict
folder = sys.argv[1]
def rows(name):
    with open(folder + "/" + name + ".csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
def features(name):
    with open(folder + "/" + name + ".geojson", encoding="utf-8") as file:
        return json.load(file)["features"]
def rings(feature):
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [[tuple(p) for p in ring] for polygon in polygons for ring in polygon]
def halves(feature):
    return [half for ring in rings(feature) for half in zip(ring, ring[1:])]
def by_organization(table):
    out = defaultdict(list)
    for row in table:
        out[row["organization"]].append(row)
    return out
def by_offer(table):
    return {(row["organization"], row["type"]): row for row in table}
exec(sys.stdin.read())
' "$sample"
}

@test "sample: 69 organizations in 2013, 47 in 2010, 19 in both" {
    on_sample <<'PY'
now, then = (set(by_organization(rows("services_" + year))) for year in ("2013", "2010"))
assert (len(now), len(then), len(now & then)) == (69, 47, 19), (len(now), len(then), len(now & then))
PY
}

@test "sample: organizations per type are those of the survey, 45 offer more than one" {
    on_sample <<'PY'
expected = {"Employment Assistance": 24, "Social Support": 27, "Health": 12, "Settlement Needs Assessment and Support": 15,
            "Community Connections": 35, "Housing": 8, "Language Training": 13, "Education and Training": 16, "Recreation": 16,
            "Arts and Culture": 14, "Cross-Cultural Sensitivity or Anti-Racism Training": 4, "Advocacy": 18, "Other": 35}
table = rows("services_2013")
assert Counter(kind for _, kind in by_offer(table)) == expected
assert sum(len({row["type"] for row in offered}) > 1 for offered in by_organization(table).values()) == 45
assert {row["type"] for row in rows("services_2010")} <= set(expected)
PY
}

@test "sample: scope and immigrant share of clients, one answer per organization" {
    on_sample <<'PY'
for year in ("2010", "2013"):
    for name, offered in by_organization(rows("services_" + year)).items():
        assert len({(row["scope"], row["clients_immigrant_share"]) for row in offered}) == 1, name
first = [offered[0] for offered in by_organization(rows("services_2013")).values()]
assert Counter(row["scope"] for row in first) == {"universal": 35, "immigrant-specific": 10, "mixed": 21, "": 3}
shares = [float(row["clients_immigrant_share"]) for row in first if row["clients_immigrant_share"]]
assert len(shares) == 54 and sum(share > 80 for share in shares) == 11
assert all(0 <= share <= 100 for share in shares)
PY
}

@test "sample: level and targets are answered by the survey's bases" {
    on_sample <<'PY'
levels = {"Employment Assistance": 23, "Social Support": 24, "Education and Training": 13,
          "Cross-Cultural Sensitivity or Anti-Racism Training": 3}
targets = {"Employment Assistance": 23, "Social Support": 25, "Health": 12, "Settlement Needs Assessment and Support": 15,
           "Community Connections": 30, "Housing": 8, "Language Training": 12, "Education and Training": 13, "Recreation": 13,
           "Arts and Culture": 13, "Cross-Cultural Sensitivity or Anti-Racism Training": 3, "Advocacy": 16, "Other": 32}
table = rows("services_2013")
offers = by_offer(table)
assert Counter(kind for (_, kind), row in offers.items() if row["level"]) == levels
assert Counter(kind for (_, kind), row in offers.items() if row["targets"]) == targets
assert {row["level"] for row in table} == {"", "core", "occasional"}
for row in table:
    same = offers[row["organization"], row["type"]]
    assert (row["level"], row["targets"]) == (same["level"], same["targets"]), row
PY
}

@test "sample: who is targeted agrees with every statement of the survey" {
    on_sample <<'PY'
groups = ["males", "females", "families", "seniors", "adults", "youth", "children"]
answered = defaultdict(list)
for (_, kind), row in by_offer(rows("services_2013")).items():
    if row["targets"]:
        named = row["targets"].split(";")
        assert named == ["not targeted"] or named == [g for g in groups if g in named], row
        answered[kind].append(named)
def share(kind, group):
    return sum(group in named for named in answered[kind]) / len(answered[kind])
assert share("Employment Assistance", "not targeted") > .40
assert share("Advocacy", "not targeted") > .40
assert share("Settlement Needs Assessment and Support", "not targeted") == .40
assert share("Health", "not targeted") == share("Language Training", "not targeted") == 1 / 3
assert share("Community Connections", "families") > .60
assert share("Language Training", "adults") > .50
for kind in ("Language Training", "Education and Training", "Social Support", "Advocacy"):
    assert share(kind, "seniors") < min(share(kind, group) for group in groups if group != "seniors"), kind
PY
}

@test "sample: services are clean, and the same service keeps its id" {
    on_sample <<'PY'
keys = {}
for year in ("2010", "2013"):
    table = rows("services_" + year)
    assert len({row["service_id"] for row in table}) == len(table)
    assert len({(row["organization"], row["type"], row["lon"], row["lat"]) for row in table}) == len(table)
    for row in table:
        key = (row["organization"], row["type"], row["lon"], row["lat"], row["site"])
        assert keys.setdefault(row["service_id"], key) == key
        assert -82.2 < float(row["lon"]) < -81.6 and 43.3 < float(row["lat"]) < 43.6
        assert row["address"] and row["opened"] <= year + "-06-30" and (not row["closed"] or row["closed"] > year)
sites = {(row["lon"], row["lat"]) for row in rows("services_2013")}
assert 320 <= len(rows("services_2013")) <= 420 and 110 <= len(sites) <= 150
PY
}

@test "sample: neighbourhood figures are the sums of their blocks" {
    on_sample <<'PY'
areas = {f["properties"]["id"]: f["properties"] for f in features("neighbourhoods")}
blocks = [f["properties"] for f in features("blocks")]
assert sorted(areas) == ["%02d" % (i + 1) for i in range(len(areas))] and 50 <= len(areas) <= 58
assert len({b["id"] for b in blocks}) == len(blocks) and all(len(b["id"]) == 11 and b["id"].isdigit() for b in blocks)
for field in ("population", "recent_immigrants", "seniors"):
    sums = Counter()
    for b in blocks:
        assert 0 <= b[field] <= b["population"]
        sums[b["neighbourhood"]] += b[field]
    assert all(sums[i] == area[field] for i, area in areas.items()), field
empty = [area for area in areas.values() if area["population"] == 0]
assert len(empty) == 1 and empty[0]["median_income"] is None
assert 285000 < sum(area["population"] for area in areas.values()) < 315000
assert .06 < sum(b["population"] == 0 for b in blocks) / len(blocks) < .10
PY
}

@test "sample: blocks, and so neighbourhoods, are an exact partition" {
    on_sample <<'PY'
# Every directed edge belongs to one block only, and what is left when the two directions of inner edges cancel is,
# for each neighbourhood, exactly its own outline: shared vertices, no gap, no overlap.
owner, own = {}, defaultdict(set)
for block in features("blocks"):
    for half in halves(block):
        assert half not in owner, half
        owner[half] = block["properties"]["neighbourhood"]
        own[block["properties"]["neighbourhood"]].add(half)
for area in features("neighbourhoods"):
    mine = own[area["properties"]["id"]]
    assert {(a, b) for a, b in mine if (b, a) not in mine} == set(halves(area)), area["properties"]["name"]
# With the lake, the harbour and the land around, only the edge of the page has no other side.
page = set(owner)
for feature in features("land") + [f for f in features("water") if f["properties"]["kind"] != "river"]:
    for half in halves(feature):
        assert half not in page, half
        page.add(half)
lone = [half for half in page if (half[1], half[0]) not in page]
assert len(lone) < 30 and not any(half in owner for half in lone)
# Rings turn as RFC 7946 says and close.
for name in ("blocks", "neighbourhoods", "land"):
    for feature in features(name):
        for ring in rings(feature):
            assert ring[0] == ring[-1] and len(ring) > 3
            assert sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) > 0, feature["properties"]
assert any(f["geometry"]["type"] == "MultiPolygon" for f in features("neighbourhoods"))
PY
}

@test "sample: streets meet in shared end vertices and can be walked" {
    on_sample <<'PY'
lines = [(f["properties"], [tuple(p) for p in f["geometry"]["coordinates"]]) for f in features("streets")]
assert {p["class"] for p, _ in lines} == {"expressway", "arterial", "collector", "local", "path"}
assert all(p["name"] for p, _ in lines if p["class"] in ("expressway", "arterial", "collector"))
ends = {end for _, line in lines for end in (line[0], line[-1])}
assert not any(point in ends for _, line in lines for point in line[1:-1])
links = defaultdict(set)
for properties, line in lines:
    if properties["class"] != "expressway":
        links[line[0]].add(line[-1])
        links[line[-1]].add(line[0])
seen, parts = set(), []
for start in links:
    todo, size = [start], 0
    while todo:
        point = todo.pop()
        if point not in seen:
            seen.add(point)
            size += 1
            todo.extend(links[point])
    if size:
        parts.append(size)
assert len(parts) <= 3 and max(parts) > .99 * len(links), parts
PY
}

@test "sample: 8 regions cover every neighbourhood, 6 to 9 are shared" {
    on_sample <<'PY'
table = [(row["area_id"], row["region"]) for row in rows("regions")]
count = Counter(area for area, _ in table)
assert len(set(table)) == len(table) and len({region for _, region in table}) == 8
assert set(count) == {f["properties"]["id"] for f in features("neighbourhoods")}
assert set(count.values()) == {1, 2} and 6 <= sum(n == 2 for n in count.values()) <= 9
PY
}

@test "sample: the README counts what the files hold" {
    on_sample <<'PY'
with open(folder + "/README.md", encoding="utf-8") as file:
    lines = [line for line in file if line.startswith("| `") and line.count("|") == 4]
assert len(lines) >= 10
for line in lines:
    name, _, count = (cell.strip(" `\n") for cell in line.split("|")[1:4])
    if count:
        stem, kind = name.rsplit(".", 1)
        assert len(features(stem) if kind == "geojson" else rows(stem)) == int(count.replace(",", "")), line
PY
}

@test "sample: under 3 MB in all, text with LF line ends" {
    total=$(cat "$sample"/*.geojson "$sample"/*.csv | wc -c)
    [ "$total" -lt 3000000 ]
    ! grep -q "$(printf '\r')" "$sample"/*.geojson "$sample"/*.csv "$sample"/README.md "$sample"/generate_sample.py
}

@test "sample: the program writes the same bytes again" {
    PYTHONHASHSEED=7 python3 -B "$sample/generate_sample.py" "$BATS_TEST_TMPDIR/again"
    for file in "$sample"/*.geojson "$sample"/*.csv; do
        cmp "$file" "$BATS_TEST_TMPDIR/again/${file##*/}"
    done
    [ "$(ls "$BATS_TEST_TMPDIR/again" | wc -l)" -eq "$(ls "$sample"/*.geojson "$sample"/*.csv | wc -l)" ]
}
