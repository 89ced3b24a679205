#!/usr/bin/env bats
# `servicegap coverage`: every option has its effect. Each table is compared, cell by cell, with reference.py, which computes
# the same town a second way (brute force, Vincenty's distances), unless a test says otherwise.

load helpers

# town_table [OPTION ...]: the town's table to $work/t.csv.
town_table() {
    done_with coverage --overwrite "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}" \
        -o "$work/t.csv" "$@"
}

setup_town() {
    make_town
}

@test "coverage: every column of the town, with the defaults" {
    setup_town
    town_table
    agrees t.csv
    says 'services.csv: 11 records read = 6 in the areas \+ 1 outside \+ 4 rejected'
}

@test "coverage: without -o the table goes to stdout, the same bytes as to a file, and no message with it" {
    setup_town
    town_table
    servicegap coverage "${town[@]}" "${shops[@]}" --type kind "${homes[@]}" >"$work/stdout.csv" 2>"$work/stderr.txt"
    cmp "$work/t.csv" "$work/stdout.csv"
    [ -s "$work/stderr.txt" ]
}

@test "coverage: --within one threshold, in every way it can be written" {
    setup_town
    for within in 700 700m 0.7km "0.7 km"; do
        town_table --within "$within"
        agrees t.csv within=700
    done
    town_table --within 1.2km
    agrees t.csv within=1200
}

@test "coverage: --within several thresholds puts each into the column names; the first one judges" {
    setup_town
    town_table --within 800,400m,2km
    agrees t.csv within=800,400,2000
    header "$work/t.csv" | grep -qx language_within_800m_pct
    header "$work/t.csv" | grep -qx language_within2_2000m_pct
    header "$work/t.csv" | grep -qx language_uncovered_400m
    ! header "$work/t.csv" | grep -qx language_within_pct
    try coverage "${town[@]}" "${shops[@]}" --within 800,0.8km
    [ "$status" -eq 2 ]
}

@test "coverage: a home at just the threshold is within it, a millimetre farther it is not" {
    setup_town
    printf 'lon,lat,kind\n-79.99,43.01,x\n' >"$work/one.csv"
    printf 'lon,lat,population\n-79.985,43.01,10\n' >"$work/home.csv"
    done_with coverage -q "${town[@]}" --services "$work/one.csv" --type kind --demand "$work/home.csv" --measures nearest_m \
        -o "$work/d.csv"
    d="$(cell "$work/d.csv" A x_nearest_m)"
    # a micrometre more reaches it, a millimetre less does not
    for shift in 0.000001:100 -0.001:0; do
        within="$(python3 -c 'import sys; print("%.6f" % (float(sys.argv[1]) + float(sys.argv[2])))' "$d" "${shift%:*}")"
        done_with coverage -q --overwrite "${town[@]}" --services "$work/one.csv" --type kind --demand "$work/home.csv" \
            --within "$within" -o "$work/e.csv"
        [ "$(cell "$work/e.csv" A x_within_pct)" = "${shift#*:}" ]
    done
}

@test "coverage: --supply count, within, access and reach judge on that measure" {
    setup_town
    for supply in reach count within access; do
        town_table --supply "$supply"
        agrees t.csv supply="$supply"
    done
}

@test "coverage: --benchmark median, average, a number, '1 per 5000', '90%', and a table per type" {
    setup_town
    town_table --benchmark average
    agrees t.csv benchmark=average
    town_table --benchmark 1.5
    agrees t.csv benchmark=1.5
    # a standard per people is judged on the count per need: 1 per 5000 = 2 per 10,000
    town_table --benchmark "1 per 5000"
    agrees t.csv benchmark=2 supply=count
    says "judged on --supply count"
    town_table --benchmark "90%"
    agrees t.csv benchmark=90 supply=within
    printf 'type,benchmark\nLanguage,average\nfood_bank,2\n' >"$work/standards.csv"
    town_table --benchmark "$work/standards.csv"
    agrees t.csv benchmarks=language:average,food_bank:2
}

@test "coverage: provenance.json names the supply that was judged on, and so does a note, whoever decided it" {
    setup_town
    supply_told() {
        python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["parameters"]["supply"])' "$work/provenance.json"
    }
    town_table
    [ "$(supply_told)" = reach ]
    town_table --benchmark "1 per 5000"
    [ "$(supply_told)" = count ]
    town_table --benchmark "90%"
    [ "$(supply_told)" = within ]
    printf 'type,benchmark\nfood_bank,average\nLanguage,1 per 5000\n' >"$work/standards.csv"
    town_table --benchmark "$work/standards.csv"
    [ "$(supply_told)" = count ]
    says "standards.csv, record 2: the benchmark '1 per 5000' is judged on --supply count, and so are all other types"
    # asked for, it is no news
    town_table --benchmark "$work/standards.csv" --supply count
    [ "$(supply_told)" = count ]
    quiet_about "is judged on --supply"
    # the supply is measured though only the gap is asked for
    town_table --benchmark "$work/standards.csv" --measures gap
    gap="$(cell "$work/t.csv" A language_gap)"
    [ -n "$gap" ]
    town_table --benchmark "$work/standards.csv"
    [ "$(cell "$work/t.csv" A language_gap)" = "$gap" ]
}

@test "coverage: a table of benchmarks of two supplies is refused: all types are judged on one" {
    setup_town
    printf 'type,benchmark\nLanguage,1 per 5000\nfood_bank,90%%\n' >"$work/standards.csv"
    refused 1 "standards.csv, record 2: '90%' is judged on --supply within, and record 1 on --supply count" coverage \
        "${town[@]}" "${shops[@]}" --type kind --benchmark "$work/standards.csv"
}

@test "coverage: a benchmark that contradicts --supply, a type that is not there, a value that is none" {
    setup_town
    refused 2 "benchmark '90%' is one of supply within, not of count" coverage "${town[@]}" "${shops[@]}" --supply count --benchmark "90%"
    printf 'type,benchmark\nLanguge,2\n' >"$work/standards.csv"
    refused 1 "standards.csv, record 1: there is no type 'Languge'" coverage "${town[@]}" "${shops[@]}" --type kind --benchmark "$work/standards.csv"
    printf 'type,benchmark\nLanguage,plenty\n' >"$work/standards.csv"
    refused 1 "standards.csv, record 1: 'plenty' is not a benchmark" coverage "${town[@]}" "${shops[@]}" --type kind --benchmark "$work/standards.csv"
}

@test "coverage: --measures keeps these columns only, and their numbers stay" {
    setup_town
    town_table --type-value shop
    for column in all_count all_within_pct shop_count shop_within_pct; do
        cell "$work/t.csv" B "$column"
    done >"$work/full.txt"
    town_table --type-value shop --measures count,within_pct
    for column in all_count all_within_pct shop_count shop_within_pct; do
        cell "$work/t.csv" B "$column"
    done | diff - "$work/full.txt"
    header "$work/t.csv" | grep -E '^(all|shop)_' | sort | diff - <(printf '%s\n' all_count all_within_pct shop_count shop_within_pct)
    # units may be left out
    town_table --type-value shop --measures nearest,within2,nearest_p90
    header "$work/t.csv" | grep -E '^shop_' | sort | diff - <(printf '%s\n' shop_nearest_m shop_nearest_p90_m shop_within2_pct)
}

@test "coverage: --min-population suppresses the area's numbers, not its row, and keeps it out of the benchmark" {
    setup_town
    town_table --min-population 100
    agrees t.csv min_population=100
    [ "$(cell "$work/t.csv" D state)" = suppressed ]
    [ "$(cell "$work/t.csv" D area_name)" = Dockside ]
    [ -z "$(cell "$work/t.csv" D language_within_pct)" ]
}

@test "coverage: --gap-cuts move the classes" {
    setup_town
    town_table --gap-cuts 5,20,40,70
    agrees t.csv cuts=5,20,40,70
    refused 2 "gap-cuts" coverage "${town[@]}" "${shops[@]}" --gap-cuts 50,25,10,5
}

@test "coverage: --weight counts every service by its size" {
    setup_town
    town_table --weight size
    agrees t.csv weight=
    [ "$(cell "$work/t.csv" A food_bank_count)" = 5 ]
}

@test "coverage: --as-of with --opened and --closed counts what was open that day" {
    setup_town
    for day in 2005-06-30 2010-09-01 2012-12-30 2012-12-31 2014-01-01; do
        town_table --opened opened --closed closed --as-of "$day"
        agrees t.csv as_of="$day"
        says "not open on the date asked for"
    done
    town_table --opened opened --closed closed
    agrees t.csv
}

@test "coverage: --services-where and --areas-where leave out what does not fit" {
    setup_town
    town_table --services-where "note = 'ok'"
    agrees t.csv only=ok
    says 'services.csv: 5 records read = 5 in the areas \+ 0 outside \+ 0 rejected'
    town_table --areas-where "code IN ('A', 'C')"
    agrees t.csv only_areas=AC
    refused 1 "." coverage "${town[@]}" "${shops[@]}" --services-where "nothing = 'ok'"
}

@test "coverage: --demand-where leaves homes out" {
    setup_town
    town_table --demand-where "CAST(residents AS integer) > 250"
    awk -F, 'NR == 1 || $3 > 250' "$work/demand.csv" >"$work/large.csv"
    mv "$work/t.csv" "$work/filtered.csv"
    homes=(--demand "$work/large.csv" --demand-population residents --demand-need arrivals)
    town_table
    cmp "$work/t.csv" "$work/filtered.csv"
}

@test "coverage: --fix-swapped accepts the point; without it the record is rejected with that reason" {
    setup_town
    town_table
    grep -q '^[^,]*,8,longitude and latitude are swapped,' "$work/rejected.csv"
    town_table --fix-swapped
    agrees t.csv fix_swapped=
    says '7 in the areas \+ 1 outside \+ 3 rejected'
    ! grep -q swapped, "$work/rejected.csv"
}

@test "coverage: --drop-duplicates counts a record with the same organization, types and place once" {
    setup_town
    town_table
    says '1 record repeats another'
    town_table --drop-duplicates
    agrees t.csv drop_duplicates=
    grep -q '^[^,]*,7,' "$work/rejected.csv"
}

@test "coverage: --type-value gives all records one type; --type names the field" {
    setup_town
    town_table --type-value Anything
    agrees t.csv type_value=Anything
    town_table --type note
    header "$work/t.csv" | grep -qx ok_count
    [ "$(cell "$work/t.csv" A twice_count)" = 1 ]
}

@test "coverage: --type-separator parts types in one field; by default ; and |" {
    setup_town
    town_table --type-separator /
    agrees t.csv separator=/
    header "$work/t.csv" | grep -qx language_food_bank_count
    sed 's/; /|/' "$work/services.csv" >"$work/piped.csv"
    shops=(--services "$work/piped.csv")
    town_table
    agrees t.csv
    sed 's/Language; Food/Language+Food/' "$work/services.csv" >"$work/plus.csv"
    shops=(--services "$work/plus.csv")
    town_table --type-separator +
    agrees t.csv
}

@test "coverage: --need and --population name fields; without need, the population is the need" {
    setup_town
    town=(--areas "$work/areas.geojson" --area-id code --area-name label --population people)
    homes=(--demand "$work/demand.csv" --demand-population residents)
    town_table
    agrees t.csv no_need= no_demand_need=
}

@test "coverage: the population comes from the demand points where the areas have none" {
    setup_town
    town=(--areas "$work/areas.geojson" --area-id code --areas-where "code <> 'E'")
    sed -e 's/"people"/"a"/g; s/"newcomers"/"b"/g' -i "$work/areas.geojson"
    town_table
    # the sums of the points inside, from demand.csv
    [ "$(cell "$work/t.csv" A population)" = 900 ]
    [ "$(cell "$work/t.csv" A need)" = 180 ]
    [ "$(cell "$work/t.csv" B population)" = 2800 ]
    [ "$(cell "$work/t.csv" C need)" = 250 ]
}

@test "coverage: demand polygons spread their people evenly: one across a border gives each area its part" {
    setup_town
    # a quarter of its width lies in A, three quarters in B
    printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":1000},"geometry":{"type":"Polygon","coordinates":[[[-79.985,43.005],[-79.965,43.005],[-79.965,43.015],[-79.985,43.015],[-79.985,43.005]]]}}]}' >"$work/tract.geojson"
    homes=(--demand "$work/tract.geojson" --demand-population n)
    town=(--areas "$work/areas.geojson" --area-id code)
    sed -e 's/"people"/"a"/g; s/"newcomers"/"b"/g' -i "$work/areas.geojson"
    last=1000
    for points in 100 10000; do
        town_table --grid-points "$points"
        a="$(cell "$work/t.csv" A population)"
        b="$(cell "$work/t.csv" B population)"
        off="$(python3 -c 'import sys; a, b = map(float, sys.argv[1:]); assert abs(a + b - 1000) < 1e-6; print(abs(a - 250))' "$a" "$b")"
        python3 -c 'import sys; sys.exit(not float(sys.argv[1]) <= float(sys.argv[2]))' "$off" "$last"
        last="$off"
    done
    # 10,000 points: the border column is off by half a column at most
    python3 -c 'import sys; sys.exit(not float(sys.argv[1]) <= 5.1)' "$last"
}

@test "coverage: without --demand a grid in each area carries the people, evenly" {
    setup_town
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --within 5km -o "$work/t.csv"
    [ "$(cell "$work/t.csv" A population)" = 1000 ]
    # every point of the square A lies within 5 km of the first food bank
    python3 -c 'import sys; sys.exit(not abs(float(sys.argv[1]) - 100) < 1e-9)' "$(cell "$work/t.csv" A food_bank_within_pct)"
    [ "$(cell "$work/t.csv" A food_bank_uncovered)" = 0 ]
    # the mean distance to a point, by a grid of our own of 100 x 100 cells (to two percent)
    python3 -B - "$here" "$(cell "$work/t.csv" A food_bank_nearest_m)" <<'PY'
import sys
sys.path.insert(0, sys.argv[1])
from reference import distance
food = [(-79.990, 43.010), (-79.985, 43.012), (-79.970, 43.005)]
n, total = 100, 0.0
for i in range(n):
    for j in range(n):
        x, y = -80 + 0.02 * (i + 0.5) / n, 43 + 0.02 * (j + 0.5) / n
        total += min(distance(x, y, *f) for f in food)
mean, got = total / n / n, float(sys.argv[2])
assert abs(got / mean - 1) < 0.02, (got, mean)
PY
}

@test "coverage: several --services, each with its own type, fields and coordinates" {
    setup_town
    printf 'x;y;wer\n-79.995;43.025;Z\n-79.965;43.035;Z\n' | tr ';' ',' >"$work/parks.csv"
    printf 'LONG,LATI,what\n-79.970,43.005,Gym\n-79.950,43.005,Pool\n' >"$work/sport.csv"
    done_with coverage "${town[@]}" --services "$work/parks.csv" --type-value Park --lon x --lat y \
        --services "$work/sport.csv" --type what --lon LONG --lat LATI \
        --services "$work/services.csv" --type kind --lon lon --lat lat "${homes[@]}" -o "$work/t.csv"
    [ "$(cell "$work/t.csv" C park_count)" = 1 ]
    [ "$(cell "$work/t.csv" D park_count)" = 1 ]
    [ "$(cell "$work/t.csv" B gym_count)" = 1 ]
    [ "$(cell "$work/t.csv" E pool_count)" = 1 ]
    [ "$(cell "$work/t.csv" A food_bank_count)" = 3 ]
    [ "$(sum_of "$work/t.csv" all_count)" = 10 ]
    says 'parks.csv: 2 records read = 2 in'
    says 'sport.csv: 2 records read = 2 in'
    says 'services.csv: 11 records read = 6 in'
}

@test "coverage: --lon and --lat name the columns; lon, lng, long, longitude, x and their like need no name" {
    setup_town
    town_table
    for names in lng,Latitude LONG,LAT X,Y Longitude,latitude; do
        sed "1s/lon,lat/$names/" "$work/services.csv" >"$work/named.csv"
        servicegap coverage -q "${town[@]}" --services "$work/named.csv" --type kind "${homes[@]}" 2>/dev/null | cmp - "$work/t.csv"
    done
    sed "1s/lon,lat/easting,northing/" "$work/services.csv" >"$work/named.csv"
    servicegap coverage -q "${town[@]}" --services "$work/named.csv" --type kind --lon easting --lat northing "${homes[@]}" 2>/dev/null | cmp - "$work/t.csv"
    refused 1 "no columns that look like longitude and latitude among id, kind, agency, easting" \
        coverage "${town[@]}" --services "$work/named.csv" --type kind
}

@test "coverage: --areas-crs, --services-crs and --demand-crs replace the file's own" {
    need ogr2ogr
    setup_town
    town_table
    ogr2ogr -q -t_srs EPSG:26917 "$work/utm.shp" "$work/areas.geojson" 2>/dev/null
    rm -f "$work/utm.prj"
    refused 1 "utm.shp: the layer says no coordinate reference system" coverage --areas "$work/utm.shp" "${shops[@]}" --type kind
    says 'hint: name it with --areas-crs'
    done_with coverage --areas "$work/utm.shp" --areas-crs EPSG:26917 --area-id code --population people --need newcomers \
        "${shops[@]}" --type kind "${homes[@]}" -o "$work/u/u.csv"
    for area in A B C D; do
        [ "$(cell "$work/u/u.csv" "$area" all_count)" = "$(cell "$work/t.csv" "$area" all_count)" ]
        python3 -c 'import sys; a, b = map(float, sys.argv[1:]); sys.exit(not abs(a - b) < 0.002)' \
            "$(cell "$work/u/u.csv" "$area" all_nearest_m)" "$(cell "$work/t.csv" "$area" all_nearest_m)"
    done
    for what in services demand; do
        python3 -B - "$work/$what.csv" "$work/${what}_utm.csv" <<'PY'
import csv, subprocess, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
rows = [r for r in rows if r["lon"] not in ("", "0", "-79.98x") and abs(float(r["lat"])) < 60]
points = "".join("%s %s\n" % (r["lon"], r["lat"]) for r in rows)
done = subprocess.run(["gdaltransform", "-s_srs", "OGC:CRS84", "-t_srs", "EPSG:26917"], input=points, text=True, capture_output=True, check=True)
for row, line in zip(rows, done.stdout.splitlines()):
    row["lon"], row["lat"] = line.split()[:2]
with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
PY
    done
    done_with coverage "${town[@]}" --services "$work/services_utm.csv" --services-crs EPSG:26917 --type kind \
        --demand "$work/demand_utm.csv" --demand-crs EPSG:26917 --demand-population residents --demand-need arrivals -o "$work/v/v.csv"
    agrees "$work/v/v.csv"
}

@test "coverage: --regions are said and written; an area may be in two; an id that is none is an error" {
    need ogrinfo
    setup_town
    town_table --regions "$work/regions.csv"
    agrees t.csv
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" -o "$work/r/r.gpkg"
    python3 - "$work/r/r.gpkg" <<'PY'
import sqlite3, sys
rows = dict((r[0], r[1:]) for r in sqlite3.connect(sys.argv[1]).execute("SELECT region, areas, population, need FROM regions"))
assert rows == {"West": (2, 1500, 450), "East": (2, 3080, 310), "North": (2, 580, 260)}, rows
PY
    printf 'area_id,region\nA,West\nZ,West\n' >"$work/wrong.csv"
    try coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/wrong.csv" -o "$work/x/x.csv"
    says "wrong.csv.*'?Z'?"
}

@test "coverage: --taxonomy lip orders the types and maps the texts; what it does not know is said and kept as other" {
    city
    done_with coverage "${city_options[@]}" --measures count -o "$work/t.csv"
    header "$work/t.csv" | grep _count | tr '\n' ' ' |
        grep -qx 'all_count emp_count soc_count hea_count set_count com_count hou_count lan_count edu_count rec_count art_count cct_count adv_count oth_count '
    # the sums, from the inventory itself less the three records outside (a language training, a health, an employment one)
    for pair in emp:"Employment Assistance":1 lan:"Language Training":1 soc:"Social Support":0 hea:Health:1 oth:Other:0; do
        code="${pair%%:*}" rest="${pair#*:}"
        expected="$(python3 -c 'import csv, sys; print(sum(r["type"] == sys.argv[2] for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"))) - int(sys.argv[3]))' "$sample/services_2013.csv" "${rest%:*}" "${rest#*:}")"
        [ "$(sum_of "$work/t.csv" "${code}_count")" = "$expected" ]
    done
    make_town
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --taxonomy lip --measures count -o "$work/u/u.csv"
    says "type texts? .* (is|are) not in the taxonomy: 'Food Bank'"
    [ "$(sum_of "$work/u/u.csv" oth_count)" != 0 ]
    refused 1 "." coverage "${town[@]}" "${shops[@]}" --type kind --taxonomy lip --strict -o "$work/v/v.csv"
}

@test "coverage: --rules map the texts of the file to the taxonomy" {
    setup_town
    cat >"$work/rules.yaml" <<'Y'
rules:
  LAN:
    - exact: language
  HEA:
    - prefix: "Food B"
Y
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --taxonomy lip --rules "$work/rules.yaml" --measures count -o "$work/t.csv"
    [ "$(sum_of "$work/t.csv" lan_count)" = 2 ]
    [ "$(sum_of "$work/t.csv" hea_count)" = 4 ]
}

@test "coverage: --encoding reads a table that does not say; without it what is not UTF-8 is Windows-1252, and said" {
    setup_town
    iconv -t WINDOWS-1252 "$work/services.csv" >"$work/latin.csv"
    done_with coverage -q "${town[@]}" --services "$work/latin.csv" --type kind --measures count -o "$work/t.csv"
    says 'not UTF-8 is read as Windows-1252'
    header "$work/t.csv" | grep -qx eclairage_public_count
    iconv -t CP437 "$work/services.csv" >"$work/dos.csv"
    done_with coverage -q --overwrite "${town[@]}" --services "$work/dos.csv" --encoding CP437 --type kind --measures count -o "$work/t.csv"
    header "$work/t.csv" | grep -qx eclairage_public_count
    quiet_about 'Windows-1252'
}

@test "coverage: a CSV with CR LF, CR or a byte order mark reads the same" {
    setup_town
    town_table
    sed 's/$/\r/' "$work/services.csv" >"$work/crlf.csv"
    tr '\n' '\r' <"$work/services.csv" >"$work/cr.csv"
    { printf '\357\273\277'; cat "$work/services.csv"; } >"$work/bom.csv"
    for file in crlf cr bom; do
        done_with coverage -q --overwrite "${town[@]}" --services "$work/$file.csv" --type kind "${homes[@]}" -o "$work/$file/t.csv"
        cmp "$work/t.csv" "$work/$file/t.csv"
    done
}

@test "coverage: --tidy adds a long table with the same numbers" {
    setup_town
    town_table --tidy
    tidy="$work/coverage_tidy.csv"
    [ "$(head -1 "$tidy")" = "area_id,area_name,type,measure,value,unit" ]
    python3 -B - "$work/t.csv" "$tidy" <<'PY'
import csv, sys
wide = {row["area_id"]: row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8"))}
seen = 0
for row in csv.DictReader(open(sys.argv[2], encoding="utf-8")):
    column = (row["type"] + "_" if row["type"] else "") + row["measure"]
    if column in wide[row["area_id"]]:
        assert wide[row["area_id"]][column] == row["value"], row
        seen += 1
assert seen >= 5 * 4 * 13, seen
PY
}

@test "coverage: --language fr says the findings in French; the numbers are the same" {
    setup_town
    town_table -v --language fr
    says 'quartiers sur 4'
    quiet_about 'neighbourhoods'
    agrees t.csv
}

@test "coverage: --strict turns a warning into an error and writes nothing" {
    setup_town
    refused 1 "." coverage --strict "${town[@]}" "${shops[@]}" --type kind -o "$work/strict/t.csv"
    [ ! -e "$work/strict/t.csv" ]
    done_with coverage --strict "${town[@]}" "${shops[@]}" --services-where "note = 'ok'" --type kind -o "$work/strict/t.csv"
    [ -s "$work/strict/t.csv" ]
}

@test "coverage: --quiet leaves warnings and errors, --verbose adds the findings" {
    setup_town
    done_with coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/a.csv"
    says '^servicegap: .*records read'
    quiet_about 'half have one within'
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind -o "$work/b.csv" --overwrite
    quiet_about 'records read'
    says '^servicegap: warning: '
    done_with coverage -v "${town[@]}" "${shops[@]}" --type kind -o "$work/c.csv" --overwrite
    says 'half have one within'
}

@test "coverage: one thread and two give the same bytes" {
    city
    for n in 1 2; do
        done_with coverage -q --threads "$n" "${city_options[@]}" -o "$work/$n/t.csv"
    done
    cmp "$work/1/t.csv" "$work/2/t.csv"
    cmp "$work/1/rejected.csv" "$work/2/rejected.csv"
    python3 -c 'import sys; sys.exit(len(open(sys.argv[1]).read().splitlines()) != 55)' "$work/1/t.csv"
}

@test "coverage: a broken pipe ends the program quietly, without a crash" {
    setup_town
    set +o pipefail
    (code=0; servicegap coverage -q "${town[@]}" "${shops[@]}" --type kind 2>"$work/stderr.txt" || code=$?; echo "$code" >"$work/status") | head -c 10 >/dev/null
    [ "$(cat "$work/status")" -le 1 ]
    ! grep -qi 'segmentation\|abort' "$work/stderr.txt"
}

@test "coverage: stdout that is full is an error, not a success" {
    [ -e /dev/full ] || skip "no /dev/full"
    setup_town
    run --separate-stderr bash -c '"$@" >/dev/full' - "$program" coverage "${town[@]}" "${shops[@]}" --type kind
    [ "$status" -eq 1 ]
    says '^servicegap: error: '
}
