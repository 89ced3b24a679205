#!/usr/bin/env bats
# Tables attached to the areas: Toronto's own profiles, and the town with tables of all shapes.

load helpers

profile_2021=toronto/profiles/neighbourhood-profiles-2021-158-model.csv
profile_2016=toronto/profiles/neighbourhood-profiles-2016-140-model.csv

# sum_of_line FILE ENCODING LINE: the numbers of a line of a profile, added up from the fifth column after its label on
# (Python's own CSV reader; the labels are in column $4).
sum_of_line() {
    python3 -B -c '
import csv, sys
row = list(csv.reader(open(sys.argv[1], encoding=sys.argv[2], newline="")))[int(sys.argv[3]) - 1]
print("%.10g" % sum(float(c.replace(",", "")) for c in row[int(sys.argv[4]):] if c.strip()))' "$@"
}

libraries() {
    echo --services "$geodata/toronto/services/gta_libraries.geojson" --type-value library --measures count,per_10k
}

@test "joins: Toronto's profile of 2021 gives all 158 areas their people and need in one command" {
    need_geodata "$profile_2021"
    done_with coverage --areas "$geodata/toronto/boundaries/neighbourhoods_158_4326.geojson" --area-id AREA_SHORT_CODE \
        $(libraries) --join "$geodata/$profile_2021" --join-key "Neighbourhood Name" --population "row 4" \
        --need "immigrant status > 2016 to 2021" -o "$work/c.csv"
    says '158 of 158 areas'
    says 'read as Windows-1252'
    says "7 names are spelt otherwise and were taken as: .*'Danforth-East York' \(is 'Danforth East York'\)"
    says "row 1495, '2016 to 2021'"
    [ "$(sum_of "$work/c.csv" population)" = "$(sum_of_line "$geodata/$profile_2021" cp1252 4 1)" ]
    [ "$(sum_of "$work/c.csv" need)" = "$(sum_of_line "$geodata/$profile_2021" cp1252 1495 1)" ]
    # West Humber-Clairville is number 1, in the first column: "33300" and "2330" in the file
    [ "$(cell "$work/c.csv" 001 population)" = 33300 ]
    [ "$(cell "$work/c.csv" 001 need)" = 2330 ]
    # the row of numbers says the same
    done_with coverage -q --areas "$geodata/toronto/boundaries/neighbourhoods_158_4326.geojson" --area-id AREA_SHORT_CODE \
        $(libraries) --join "$geodata/$profile_2021" --join-key "Neighbourhood Number" --population "row 4" \
        --need "row 1495" -o "$work/n.csv"
    cmp "$work/c.csv" "$work/n.csv"
}

@test "joins: Toronto's profile of 2016 gives all 140 areas theirs, by names that carry numbers; the city's column is told of" {
    need_geodata "$profile_2016"
    done_with coverage --areas "$geodata/toronto/boundaries/neighbourhoods_140_4326.geojson" --area-id AREA_SHORT_CODE \
        $(libraries) --join "$geodata/$profile_2016" --population "Population, 2016" --need "row 1162" -o "$work/c.csv"
    says '140 of 140 areas'
    says "1 of its 141 columns matches no area: 'City of Toronto'"
    says "row 1162, '2011 to 2016' \(Immigration and citizenship > Immigrant status and period of immigration"
    # without the city's own column, which is the sixth
    [ "$(sum_of "$work/c.csv" population)" = "$(sum_of_line "$geodata/$profile_2016" utf-8-sig 4 6)" ]
    [ "$(cell "$work/c.csv" 129 population)" = 29113 ]
    # the older layout, whose codes are whole numbers, and the copy without codes
    done_with coverage -q --areas "$geodata/toronto/boundaries/neighbourhoods_140_2020_layout.geojson" \
        --area-id AREA_SHORT_CODE $(libraries) --join "$geodata/$profile_2016" --join-key "Neighbourhood Number" \
        --population "Population, 2016" -o "$work/i.csv"
    [ "$(cell "$work/i.csv" 129 population)" = 29113 ]
    done_with coverage --areas "$geodata/toronto/boundaries/neighbourhoods_140_named_only.geojson" \
        $(libraries) --join "$geodata/$profile_2016" --population "Population, 2016" -o "$work/m.csv"
    says 'match no area'
    says 'areas have no column in it'
}

@test "joins: names that do not match are listed with the nearest, in check too, and an alias file mends them" {
    make_town
    printf 'name,people\nAlpha,10\nBravo,20\nCharlie,30\nDelta,40\nEchoo,50\nTotal,150\n' >"$work/j.csv"
    python3 - "$work" <<'P'
import json, sys
town = json.load(open(sys.argv[1] + "/areas.geojson"))
for feature, name in zip(town["features"], ["Alpha", "Bravo", "Charlie", "Delta", "Echo"]):
    feature["properties"] = {"code": feature["properties"]["code"], "label": name}
json.dump(town, open(sys.argv[1] + "/areas.geojson", "w"))
P
    plain=(--areas "$work/areas.geojson" --area-id code --area-name label "${shops[@]}" --type kind)
    done_with check "${plain[@]}" --join "$work/j.csv" --population people
    says "2 of its 6 rows match no area: 'Echoo' \(nearest 'Echo'\), 'Total'"
    says "1 area has no row in it: 'Echo' \(nearest 'Echoo'\)"
    grep -Eq '^joined: .*j.csv$' <<<"$output"
    grep -Eq '^  areas are +rows$' <<<"$output"
    grep -Eq '^  areas matched +4$' <<<"$output"
    grep -Eq "^    'Echoo' \(nearest: 'Echo'\)$" <<<"$output"
    done_with check --json "${plain[@]}" --join "$work/j.csv" --population people
    python3 -c '
import json, sys
join = json.load(sys.stdin)["joins"][0]
assert join["areas_are"] == "rows" and join["matched"] == 4, join
assert join["match_no_area"] == [{"text": "Echoo", "nearest": "Echo"}, {"text": "Total", "nearest": None}], join' <<<"$output"
    printf 'from,to\nechoo,Echo\nTotal,\n' >"$work/aliases.csv"
    done_with coverage "${plain[@]}" --join "$work/j.csv" --population people --aliases "$work/aliases.csv" -o "$work/c.csv"
    quiet_about 'match no area'
    [ "$(sum_of "$work/c.csv" population)" = 150 ]
    grep -q '"j.csv\|j.csv"' "$work/provenance.json"
    grep -q 'aliases.csv' "$work/provenance.json"
}

@test "joins: several tables, in a project too; what goes wrong is said" {
    make_town
    printf 'id,residents\nA,10\nB,20\nC,30\nD,40\nE,50\n' >"$work/one.csv"
    printf 'what,A,B,C,D,E\nresidents,1,2,3,4,5\nold,5,4,3,2,1\n' >"$work/two.csv"
    codes="$(python3 -c 'import json, sys
print(",".join(str(f["properties"]["code"]) for f in json.load(open(sys.argv[1]))["features"]))' "$work/areas.geojson")"
    sed -i "1s/.*/what,$codes/" "$work/two.csv"
    python3 - "$work" "$codes" <<'P'
import sys
codes = sys.argv[2].split(",")
open(sys.argv[1] + "/one.csv", "w").write("id,residents\n" + "".join("%s,%d\n" % (c, 10 * i + 10) for i, c in enumerate(codes)))
P
    plain=(--areas "$work/areas.geojson" --area-id code "${shops[@]}" --type kind)
    refused 1 "'residents' occurs 2 times in the joined tables: column 2 of one.csv; row 2 of two.csv" coverage "${plain[@]}" \
        --join "$work/one.csv" --join "$work/two.csv" --need residents
    done_with coverage -q "${plain[@]}" --join "$work/one.csv" --join-key id --join "$work/two.csv" \
        --population "one.csv > residents" --need old --clusters -o "$work/c.csv"
    [ "$(sum_of "$work/c.csv" need)" = 15 ]
    cat >"$work/p.yaml" <<'Y'
areas: areas.geojson
area-id: code
services: services.csv
type: kind
join:
  - file: one.csv
    join-key: id
  - two.csv
population: one.csv > residents
need: old
output: out
layers: [c.csv]
Y
    done_with run -q "$work/p.yaml"
    cmp "$work/out/c.csv" "$work/c.csv"
    sed -i 's/join-key/jon-key/' "$work/p.yaml"
    refused 1 "p.yaml.*jon-key" run "$work/p.yaml"
    refused 2 "join-key belongs to a joined table" coverage "${plain[@]}" --join-key id
    refused 1 "nothing.csv: there is no such file" coverage "${plain[@]}" --join "$work/nothing.csv"
    refused 1 "neither the areas nor the joined tables have a field 'residants'" coverage "${plain[@]}" \
        --join "$work/one.csv" --population residants
    says "did you mean 'residents'\?"
    refused 1 "no field 'residants' \(--population\); its fields are" coverage "${plain[@]}" --population residants
}

@test "joins: a column that counts the rows is not the areas' ids; names go before numbers; two that disagree are asked about" {
    echo '{"type":"FeatureCollection","features":[' >"$work/two.geojson"
    for i in 1 2; do
        echo "{\"type\":\"Feature\",\"properties\":{\"ward\":\"00$i\",\"name\":\"$([ $i = 1 ] && echo Alpha || echo Bravo)\"},
            \"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[$i,0],[$i.9,0],[$i.9,1],[$i,1],[$i,0]]]}}$([ $i = 1 ] && echo ,)"
    done >>"$work/two.geojson"
    echo ']}' >>"$work/two.geojson"
    printf 'lon,lat\n1.5,0.5\n' >"$work/s.csv"
    two() {
        rm -rf "$work/j"
        local verb="$1" what="$2"
        shift 2
        "$verb" ${what:+1 "$what"} coverage --areas "$work/two.geojson" --area-id ward --area-name name --services "$work/s.csv" \
            --population people --join "$work/t.csv" "$@" -o "$work/j/t.csv"
    }
    printf '_id,Neighbourhood,people\n1,Bravo,2\n2,Alpha,1\n' >"$work/t.csv"
    two done_with ""
    [ "$(cell "$work/j/t.csv" 001 population)$(cell "$work/j/t.csv" 002 population)" = 12 ]
    says "by 'Neighbourhood' \(recognised\)"
    # nothing but a counter: better no number than another area's
    printf '_id,District,people\n1,North,20\n2,South,10\n' >"$work/t.csv"
    two refused "no column and no row of headings names any of the areas"
    two done_with "" --join-key _id
    [ "$(cell "$work/j/t.csv" 001 population)" = 20 ]
    # it counts the rows, and is called like the areas' own id
    printf 'Ward,people\n1,20\n2,10\n' >"$work/t.csv"
    two done_with ""
    [ "$(cell "$work/j/t.csv" 002 population)" = 10 ]
    printf 'old,new,people\n2,1,20\n1,2,10\n' >"$work/t.csv"
    two done_with "" --join-key old
    [ "$(cell "$work/j/t.csv" 001 population)" = 10 ]
    printf 'old,new,people\n2,01,20\n1,02,10\n3,01,7\n' >"$work/t.csv"
    two refused "'old' and 'new' both look like the areas' ids"
}

@test "joins: a column of numbers is read one way: what can only be a decimal comma tells of the others" {
    make_town
    bare=(--areas "$work/areas.geojson" --area-id code "${shops[@]}" --type kind --measures count --overwrite -o "$work/t.csv")
    printf 'code;size\nA;1,5\nB;2,250\nC;3,125\nD;4,75\nE;5,001\n' >"$work/comma.csv"
    done_with coverage "${bare[@]}" --join "$work/comma.csv" --population size
    [ "$(cell "$work/t.csv" B population)" = 2.25 ]
    [ "$(cell "$work/t.csv" E population)" = 5.001 ]
    printf 'code;size\nA;1.234\nB;22.345\nC;333\nD;4\nE;1.000.000\n' >"$work/points.csv"
    done_with coverage "${bare[@]}" --join "$work/points.csv" --population size
    [ "$(cell "$work/t.csv" A population)" = 1234 ]
    [ "$(cell "$work/t.csv" E population)" = 1000000 ]
    printf 'code;size\nA;1,234\nB;22,345\nC;1,5\nD;4\nE;1,000,000\n' >"$work/both.csv"
    done_with coverage "${bare[@]}" --join "$work/both.csv" --population size
    says "both.csv: numbers of 'size' are written in two ways \('1,5', and others not so\); 2 like '1,234' may be a thousand times too large or too small"
    # the same of weights, costs, demand and a layer's text
    printf 'lon;lat;kind;size\n-79.99;43.01;x;1,5\n-79.97;43.005;x;2,500\n' >"$work/s.csv"
    done_with coverage --areas "$work/areas.geojson" --area-id code --services "$work/s.csv" --type kind --weight size --measures count --overwrite -o "$work/t.csv"
    says "s.csv: 'size' has decimal commas \('1,5'\), and so has '2,500'"
    [ "$(cell "$work/t.csv" B x_count)" = 2.5 ]
    printf 'from_id;to_id;cost\nA;s1;100,5\nA;s2;1,250\nB;s1;0,7\nC;s1;1\nD;s1;1\n' >"$work/c.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --costs "$work/c.csv" --service-id id --within 10 --measures nearest --overwrite -o "$work/t.csv"
    [ "$(cell "$work/t.csv" A food_bank_nearest_m)" = 1.25 ]
    printf 'lon;lat;residents\n-79.998;43.003;1,5\n-79.969;43.013;2,500\n' >"$work/d.csv"
    done_with coverage --areas "$work/areas.geojson" --area-id code "${shops[@]}" --type kind --demand "$work/d.csv" --demand-population residents --overwrite -o "$work/t.csv"
    [ "$(cell "$work/t.csv" B population)" = 2.5 ]
    sed 's/"people": 1000/"people": "1,5"/; s/"people": 3000/"people": "2,500"/' "$work/areas.geojson" >"$work/a.geojson"
    done_with coverage --areas "$work/a.geojson" --area-id code --population people "${shops[@]}" --type kind --measures count --overwrite -o "$work/t.csv"
    [ "$(cell "$work/t.csv" B population)" = 2.5 ]
}

@test "joins: a name that the layer and the table both have is told" {
    make_town
    printf 'code,people,newcomers\nA,11,1\nB,12,2\nC,13,3\nD,14,4\nE,15,5\n' >"$work/j.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --join "$work/j.csv" --join-key code -o "$work/t.csv"
    says "warning: --population 'people' is a field of .*areas.geojson and column 2 of .*j.csv: the first is taken"
    says "^hint: --population 'column 2' takes the table's"
    says "warning: --need 'newcomers' is a field of .*areas.geojson and column 3 of"
    [ "$(cell "$work/t.csv" A population)" = 1000 ]
    done_with coverage --overwrite "${town[@]}" "${shops[@]}" --type kind --join "$work/j.csv" --join-key code --population 'column 2' --need 'column 3' -o "$work/t.csv"
    quiet_about 'the first is taken'
    [ "$(cell "$work/t.csv" A population)" = 11 ]
}

@test "joins: a name with a number in brackets is that name, whatever other area has the number" {
    # Toronto's 140 areas are called "Brookhaven-Amesbury (30)", and their features have other numbers
    make_town
    python3 - "$work/areas.geojson" "$work/numbered.geojson" <<'PY'
import json, sys
layer = json.load(open(sys.argv[1], encoding="utf-8"))
for place, feature in enumerate(layer["features"]):
    feature["properties"] = {"name": f"Quarter {'ABCDE'[place]} ({5 - place})", "n": place + 1}
json.dump(layer, open(sys.argv[2], "w", encoding="utf-8"))
PY
    printf 'name,people\n' >"$work/j.csv"
    for i in 1 2 3 4 5; do printf 'Quarter %s (%s),%s00\n' "$(cut -c$i <<<ABCDE)" "$((6 - i))" "$i"; done >>"$work/j.csv"
    for id in "" "--area-id n"; do
        done_with coverage --areas "$work/numbered.geojson" --area-name name $id "${shops[@]}" --type kind --join "$work/j.csv" --join-key name --population people --measures count --overwrite -o "$work/t.csv"
        says 'j.csv: 5 of 5 areas'
        [ "$(sum_of "$work/t.csv" population)" = 1500 ]
        python3 -c '
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    assert int(row["population"]) == 100 * (1 + "ABCDE".index(row["area_name"][8])), row' "$work/t.csv"
    done
    # where features are merely counted, a number in brackets is nobody's
    sed -i 's/Quarter A (5)/Quarter A (2)/' "$work/j.csv"
    done_with coverage --areas "$work/numbered.geojson" --area-name name "${shops[@]}" --type kind --join "$work/j.csv" --join-key name --population people --measures count --overwrite -o "$work/t.csv"
    says 'j.csv: 5 of 5 areas'
}

@test "joins: another name behind a known number is told; aliases may swap two areas" {
    make_town
    sed 's/"code": "A"/"code": "1"/; s/"code": "B"/"code": "2"/; s/"code": "C"/"code": "3"/; s/"code": "D"/"code": "4"/; s/"code": "E"/"code": "5"/' "$work/areas.geojson" >"$work/n.geojson"
    plain=(--areas "$work/n.geojson" --area-id code --area-name label "${shops[@]}" --type kind --measures count --overwrite -o "$work/t.csv")
    printf 'name,size\nOld Name (1),10\n"Birch, Upper (2)",20\nCote des Pins (3),30\nDockside,40\n' >"$work/j.csv"
    done_with coverage "${plain[@]}" --join "$work/j.csv" --join-key name --population size
    says "1 name is spelt otherwise and was taken as: 'Old Name \(1\)' \(is 'Ashgrove'\)"
    printf 'code,size\n1,10\n2,20\n3,30\n4,40\n5,50\n' >"$work/k.csv"
    printf 'from,to\n1,2\n2,1\n' >"$work/swap.csv"
    done_with coverage "${plain[@]}" --join "$work/k.csv" --join-key code --population size --aliases "$work/swap.csv"
    [ "$(cell "$work/t.csv" 1 population)" = 20 ]
    [ "$(cell "$work/t.csv" 2 population)" = 10 ]
}

# squares FILE FIELDS VALUES ...: a layer of squares of 1 km side by side, with the fields (parted by /) of each.
squares() {
    python3 - "$@" <<'PY'
import json, sys
name, fields, *values = sys.argv[1:]
features = []
for i, value in enumerate(values):
    x = 630000 + 1000 * i
    ring = [[x, 4833000], [x + 1000, 4833000], [x + 1000, 4834000], [x, 4834000], [x, 4833000]]
    features.append({"type": "Feature", "properties": dict(zip(fields.split("/"), value.split("/"))),
                     "geometry": {"type": "Polygon", "coordinates": [ring]}})
json.dump({"type": "FeatureCollection", "features": features,
           "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::26917"}}}, open(name, "w"))
PY
    # 500 m into the first
    printf 'type,lon,lat\nA,-79.3819721,43.6430469\n' >"$work/s.csv"
}

# people_are "NUMBER ...": of the areas of the last table, in their order.
people_are() {
    local found
    found="$(python3 -c '
import csv, sys
print(*[row["population"] for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig"))])' "$work/t.csv")"
    [ "$found" = "$1" ] || tell "people are $found and not $1"
}

@test "joins: where areas are called by numbers, a key column is names or ids as a whole" {
    squares "$work/w.geojson" WARD_NAME 4 3 2 1
    printf 'WARD_NAME,people\n1,1000\n2,2000\n3,3000\n4,4000\n' >"$work/j.csv"
    wards=(coverage --services "$work/s.csv" --measures count --overwrite -o "$work/t.csv" --population people)
    done_with "${wards[@]}" --areas "$work/w.geojson" --area-name WARD_NAME --join "$work/j.csv" --join-key WARD_NAME
    says "4 of 4 areas, by 'WARD_NAME', as the areas' names"
    people_are "4000 3000 2000 1000"
    # under another heading, too: nobody writes the numbers of features into tables
    sed 's/WARD_NAME/ward/' "$work/j.csv" >"$work/k.csv"
    done_with "${wards[@]}" --areas "$work/w.geojson" --area-name WARD_NAME --join "$work/k.csv" --join-key ward
    people_are "4000 3000 2000 1000"
    # and so in aliases
    sed 's/^4,/four,/; s/WARD_NAME/ward/' "$work/j.csv" >"$work/k.csv"
    printf 'from,to\nfour,4\n' >"$work/alias.csv"
    done_with "${wards[@]}" --areas "$work/w.geojson" --area-name WARD_NAME --join "$work/k.csv" --join-key ward --aliases "$work/alias.csv"
    people_are "4000 3000 2000 1000"
    # with ids of their own: the heading says which they are, else they are ids
    squares "$work/i.geojson" ID/AREA_NAME 1/4 2/3 3/2 4/1
    for heading in AREA_NAME id ward; do
        sed "s/WARD_NAME/$heading/" "$work/j.csv" >"$work/k.csv"
        done_with "${wards[@]}" --areas "$work/i.geojson" --area-id ID --join "$work/k.csv" --join-key $heading
        if [ $heading = AREA_NAME ]; then people_are "4000 3000 2000 1000"; else people_are "1000 2000 3000 4000"; fi
    done
    says "as the areas' ids"
    # regions likewise
    printf 'area_id,region\n1,West\n2,West\n3,East\n4,East\n' >"$work/r.csv"
    done_with coverage --services "$work/s.csv" --measures count --overwrite -o "$work/t.csv" --areas "$work/w.geojson" --area-name WARD_NAME --regions "$work/r.csv"
    says "r.csv: 'area_id' is taken as the areas' names"
    [ "$(cell "$work/t.regions.csv" East a_count)$(cell "$work/t.regions.csv" West a_count)" = 10 ]
    done_with coverage --services "$work/s.csv" --measures count --overwrite -o "$work/t.csv" --areas "$work/i.geojson" --area-id ID --regions "$work/r.csv"
    [ "$(cell "$work/t.regions.csv" East a_count)$(cell "$work/t.regions.csv" West a_count)" = 01 ]
    # a table of the whole city goes with a part of the areas
    done_with coverage --services "$work/s.csv" --measures count --overwrite -o "$work/t.csv" --areas "$work/i.geojson" --area-id ID --areas-where "ID <> '3'" --regions "$work/r.csv"
    says "r.csv: 1 area id is not among the areas: '3'"
    says "^hint: are they those that --areas-where leaves out"
}

@test "joins: names that several areas have are joined by ids, and told where there are none" {
    squares "$work/a.geojson" ID/AREA_NAME 001/Centre 094/Centre 072/East 100/West
    printf 'name,id,people\nCentre,1,1000\nCentre,94,2000\nEast,72,3000\nWest,100,4000\n' >"$work/j.csv"
    same=(coverage --areas "$work/a.geojson" --area-id ID --services "$work/s.csv" --measures count --overwrite -o "$work/t.csv" --population people)
    done_with "${same[@]}" --join "$work/j.csv"
    says "4 of 4 areas, by 'id' \(recognised\)"
    people_are "1000 2000 3000 4000"
    cut -d, -f1,3 "$work/j.csv" >"$work/n.csv"
    done_with "${same[@]}" --join "$work/n.csv"
    says "2 of its 4 rows match no area: 'Centre' \(the name of several areas\)"
    says "^hint: join by the areas' ids"
    # names that are right are not given up for ids that say otherwise
    printf 'name,id,people\nCentre,1,1000\nCentre,94,2000\nEast,100,3000\nWest,72,4000\n' >"$work/c.csv"
    done_with "${same[@]}" --join "$work/c.csv"
    says "2 of 4 areas, by 'name'"
}

@test "joins: numbers before names, and the marks of word processors" {
    squares "$work/a.geojson" ID/AREA_NAME "001/O'Connor Park" 094/Wychwood "072/St. James-Town" "5/100 Mile House"
    same=(coverage --areas "$work/a.geojson" --area-id ID --services "$work/s.csv" --measures count --overwrite -o "$work/t.csv" --population people)
    for form in '1 - %s|94 - %s|72 - %s|5 - %s' '1. %s|094. %s|72 %s|005: %s'; do
        printf "hood,people\n${form//|/\\n}\n" "O'Connor Park,1" Wychwood,2 'St. James-Town,3' '100 Mile House,4' >"$work/j.csv"
        done_with "${same[@]}" --join "$work/j.csv"
        people_are "1 2 3 4"
        quiet_about 'otherwise|match no area'
    done
    # a number that is another area's, and a number that may be none
    printf "hood,people\n94 - O'Connor Park,1\n94 Wychwood,2\n72 Main Street,3\n72 - Main Street,4\nMile House,5\n" >"$work/j.csv"
    done_with "${same[@]}" --join "$work/j.csv"
    says "3 of its 5 rows match no area: '94 - O'Connor Park'.*'72 Main Street'.*'Mile House'"
    says "1 name is spelt otherwise and was taken as: '72 - Main Street' \(is 'St. James-Town'\)"
    printf "hood,people\nO\u2019Connor\u00a0Park,1\nWychwood,2\nSt.\u00a0James\u2013Town,3\n100 Mile House,4\n" >"$work/j.csv"
    done_with "${same[@]}" --join "$work/j.csv"
    people_are "1 2 3 4"
    quiet_about 'otherwise|match no area'
    # areas whose own names begin with numbers
    squares "$work/b.geojson" NAME "1 - North" "2 - South"
    printf 'hood,people\nSouth,2\nNorth,1\n' >"$work/j.csv"
    done_with coverage --areas "$work/b.geojson" --services "$work/s.csv" --measures count --overwrite -o "$work/t.csv" --population people --join "$work/j.csv"
    people_are "1 2"
}

@test "joins: a label of several tables is named by its file, and one that holds the parting sign by itself" {
    make_town
    plain=(coverage "${town[@]:0:6}" "${shops[@]}" --type kind --measures count --overwrite -o "$work/t.csv")
    printf 'code,people in need,income > 100k\nA,1,10\nB,2,20\nC,3,30\nD,4,40\nE,5,50\n' >"$work/one.csv"
    sed 's/,\([0-9]\)/,9\1/' "$work/one.csv" >"$work/two.csv"
    both=(--join "$work/one.csv" --join "$work/two.csv")
    refused 1 "'column 2' occurs 2 times in the joined tables: column 2 of one.csv; column 2 of two.csv" "${plain[@]}" "${both[@]}" --need "column 2"
    says '^hint: .*"one.csv > column 2"'
    done_with "${plain[@]}" "${both[@]}" --need "two.csv > people in need"
    [ "$(cell "$work/t.csv" B need)" = 92 ]
    done_with "${plain[@]}" "${both[@]}" --need "one.csv > Income > 100k"
    [ "$(cell "$work/t.csv" B need)" = 20 ]
    done_with "${plain[@]}" --join "$work/one.csv" --need "Income > 100k"
    [ "$(cell "$work/t.csv" B need)" = 20 ]
}
