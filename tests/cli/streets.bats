# Distances along streets, from outside: the numbers by hand on the equator, where 0.001 degrees are 111.319491 m.

load helpers

make_street() {
    # a street of 0.02 degrees along the equator, one area around it, and a bridge over it that meets nothing
    cat >"$work/areas.geojson" <<END
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"W","name":"West"},"geometry":{"type":"Polygon","coordinates":[[[0,-0.01],[0.01,-0.01],[0.01,0.01],[0,0.01],[0,-0.01]]]}},
{"type":"Feature","properties":{"id":"E","name":"East"},"geometry":{"type":"Polygon","coordinates":[[[0.01,-0.01],[0.03,-0.01],[0.03,0.01],[0.01,0.01],[0.01,-0.01]]]}}]}
END
    cat >"$work/streets.geojson" <<END
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"class":"local"},"geometry":{"type":"LineString","coordinates":[[0,0],[0.01,0],[0.02,0]]}},
{"type":"Feature","properties":{"class":"local"},"geometry":{"type":"LineString","coordinates":[[0.01,0],[0.01,0.004]]}},
{"type":"Feature","properties":{"class":"expressway"},"geometry":{"type":"LineString","coordinates":[[0.02,0],[0.03,0]]}},
{"type":"Feature","properties":{"class":"local"},"geometry":{"type":"LineString","coordinates":[[0.015,-0.004],[0.015,0.004]]}}]}
END
    printf 'kind,lon,lat\nclinic,0.002,0\nclinic,0.001,0.009\n' >"$work/services.csv"
    printf 'id,lon,lat,people\n1,0.009,0,100\n2,0.004,0,300\n3,0.012,0,50\n4,0.015,0.003,40\n5,0.029,0.009,10\n' >"$work/people.csv"
    town=(coverage --areas "$work/areas.geojson" --area-id id --services "$work/services.csv" --type kind
        --demand "$work/people.csv" --demand-population people)
}

# value AREA COLUMN: of the table in $work/out.csv
value() {
    cell "$work/out.csv" "$@"
}

near() { # ACTUAL EXPECTED TOLERANCE
    awk -v a="$1" -v b="$2" -v t="$3" 'BEGIN { exit a == "" || (a - b) * (a - b) > t * t }' || {
        echo "$1 is not $2"
        return 1
    }
}

@test "streets: distances go along them, people without a way are counted and never capped" {
    make_street
    done_with "${town[@]}" --streets "$work/streets.geojson" -o "$work/out.csv"
    near "$(value W clinic_nearest_m)" 361.788345078 1e-6 # (7 * 100 + 2 * 300) / 400 times 0.001 degrees
    near "$(value E clinic_nearest_m)" 1113.19490793 1e-5
    near "$(value E clinic_unreached_pct)" 50 1e-9
    near "$(value E clinic_uncovered)" 100 1e-9
    says "3 lines of streets for people on foot from 4 features, 1 is closed"
    says "1 service is more than 500 m from any street: at 0.001000, 0.009000"
    says "1 demand point \\(2% of the people\\) is more than 500 m from any street: in 'East' \\(10\\)"
    says "1 demand point \\(8% of the people\\) is on streets that lead to no service: in 'East' \\(40\\)"
}

@test "streets: who has no way is a layer and a table, by place and reason; services too" {
    need ogrinfo
    make_street
    done_with "${town[@]}" --streets "$work/streets.geojson" --service-id kind -o "$work/out/out.gpkg"
    [ ! -e "$work/out/unreached.csv" ]
    python3 - "$work/out/out.gpkg" <<'END'
import sqlite3, struct, sys
db = sqlite3.connect(sys.argv[1])
rows = db.execute("SELECT kind, reason, area_id, people, site, service_id, types, record, lon, lat, geom FROM unreached"
                  " ORDER BY fid").fetchall()
assert [r[:10] for r in rows] == [
    ("service", "no street within 500 m", "W", None, 2, "clinic", "clinic", 2, 0.001, 0.009),
    ("demand", "on streets that lead to no service", "E", 40, None, None, None, 4, 0.015, 0.003),
    ("demand", "no street within 500 m", "E", 10, None, None, None, 5, 0.029, 0.009)], rows
assert [struct.unpack("<dd", r[10][-16:]) for r in rows] == [r[8:10] for r in rows]
assert db.execute("SELECT count(*) FROM unreached WHERE kind = 'demand' AND file LIKE '%people.csv'").fetchone() == (2,)
assert db.execute("SELECT count(*) FROM unreached WHERE kind = 'service' AND file LIKE '%services.csv'").fetchone() == (1,)
assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'rejected'").fetchall() # they are all counted in areas
END
    done_with "${town[@]}" --streets "$work/streets.geojson" -o "$work/csv/out.csv"
    [ "$(cut -d, -f1-4 "$work/csv/unreached.csv" | tr -d '\r\357\273\277' | tr '\n' ' ')" = \
        "kind,reason,area_id,people service,no street within 500 m,W, demand,on streets that lead to no service,E,40 demand,no street within 500 m,E,10 " ]
    # nobody is left out: no table
    done_with "${town[@]}" --streets "$work/streets.geojson" --streets-where "class <> 'x'" --snap-limit 2km \
        --min-piece 900m -o "$work/all/out.csv"
    [ ! -e "$work/all/unreached.csv" ]
    done_with "${town[@]}" -o "$work/straight/out.csv"
    [ ! -e "$work/straight/unreached.csv" ]
    # people of a grid have no record, and a table of costs leaves people out in its own way
    done_with coverage --areas "$work/areas.geojson" --area-id id --services "$work/services.csv" --type kind \
        --streets "$work/streets.geojson" -o "$work/grid/out.csv"
    [ "$(grep -c '^demand,.*,,,,,,,' "$work/grid/unreached.csv")" -gt 50 ]
    printf 'from_id,to_id,cost\n1,clinic,300\n3,clinic,200\n2,clinic,100\n4,clinic,1000\n' >"$work/costs.csv"
    done_with "${town[@]}" --costs "$work/costs.csv" --service-id kind --demand-id id -o "$work/costs/out.csv"
    [ "$(tail -n +2 "$work/costs/unreached.csv" | cut -d, -f1-4)" = "demand,no cost to any service in the table of costs,E,10" ]
}

@test "streets: a check puts those without a way among the problems" {
    make_street
    done_with check "${town[@]:1}" --streets "$work/streets.geojson" -o "$work/problems.csv"
    grep -Eq '^no_street,.*services.csv,2,"?no street within 500 m: in nobody.s reach"?,0.001,0.009' "$work/problems.csv"
    grep -Eq '^no_way,.*people.csv,4,"?on streets that lead to no service: whoever lives here has no way"?,0.015,0.003' "$work/problems.csv"
    grep -Eq '^no_street,.*people.csv,5,"?no street within 500 m: whoever lives here has no way"?,0.029,0.009' "$work/problems.csv"
    [ "$(grep -c '^no_' "$work/problems.csv")" -eq 3 ]
    # of several files the right one
    printf 'kind,lon,lat\nclinic,0.004,0\n' >"$work/more.csv"
    done_with check "${town[@]:1:4}" --services "$work/more.csv" --type kind "${town[@]:5}" --streets "$work/streets.geojson" -o "$work/problems.csv" --overwrite
    grep -Eq '^no_street,.*services.csv,2,' "$work/problems.csv"
}

@test "streets: --within in minutes is metres at --walk-speed, and names the columns" {
    make_street
    done_with "${town[@]}" --streets "$work/streets.geojson" --within 5min,15min -o "$work/out.csv"
    near "$(value W clinic_within_5min_pct)" 75 1e-9   # 400 m: not the 779 m of a hundred people
    near "$(value W clinic_within_15min_pct)" 100 1e-9
    done_with "${town[@]}" --streets "$work/streets.geojson" --within 5min,15min --walk-speed 9.6 -o "$work/out.csv" --overwrite
    near "$(value W clinic_within_5min_pct)" 100 1e-9
    near "$(value W clinic_nearest_m)" 361.788345078 1e-6 # (7 * 100 + 2 * 300) / 400 times 0.001 degrees
}

@test "streets: minutes by bicycle and car are travel times, with speeds from a table" {
    make_street
    done_with "${town[@]}" --streets "$work/streets.geojson" --within 5min --travel-mode drive -o "$work/out.csv"
    near "$(value W clinic_nearest_min)" $(awk 'BEGIN { print (7 * 100 + 2 * 300) / 400 * 0.111319490793 / 30 * 60 }') 1e-6
    printf 'class;kmh\nLocal;10\nexpressway;80\n' >"$work/speeds.csv"
    done_with "${town[@]}" --streets "$work/streets.geojson" --within 5min --travel-mode drive \
        --speeds "$work/speeds.csv" -o "$work/out.csv" --overwrite
    near "$(value W clinic_nearest_min)" $(awk 'BEGIN { print (7 * 100 + 2 * 300) / 400 * 0.111319490793 / 10 * 60 }') 1e-6
    printf 'class,kmh\nlocal,fast\n' >"$work/speeds.csv"
    refused 1 "speeds.csv, record 1: 'fast' is not a speed" "${town[@]}" --streets "$work/streets.geojson" --within 5min \
        --travel-mode cycle --speeds "$work/speeds.csv"
}

@test "streets: short pieces that lead nowhere are left out where --min-piece says so, and reported" {
    make_street
    # the bridge over the street is a piece of 886 m; the fourth person lives on it, the street is 332 m away
    done_with "${town[@]}" --streets "$work/streets.geojson" --min-piece 900m -o "$work/out.csv"
    says "streets.geojson: 1 piece of the network shorter than 900 m is left out, 0.88 km in all"
    says "in 1 piece; the largest holds 100.0%"
    quiet_about "lead to no service"
    near "$(value E clinic_unreached_pct)" 10 1e-9
    near "$(value E clinic_nearest_m)" $(awk 'BEGIN { printf "%.6f", (50 * 1113.19490793 + 40 * (13 * 111.319490793 + 331.7228)) / 90 }') 1e-3
    done_with "${town[@]}" --streets "$work/streets.geojson" --min-piece 800m -o "$work/out.csv" --overwrite
    says "0 pieces of the network shorter than 800 m are left out, 0.00 km in all"
    near "$(value E clinic_unreached_pct)" 50 1e-9
    refused 1 "no connected piece of the network is 100000 m long" "${town[@]}" --streets "$work/streets.geojson" --min-piece 100km
    refused 2 "min-piece goes with --streets" "${town[@]}" --min-piece 100
    refused 2 "is not a distance" "${town[@]}" --streets "$work/streets.geojson" --min-piece 5min
}

@test "streets: what does not go together is said" {
    make_street
    refused 2 "in minutes needs travel times" "${town[@]}" --within 10min
    refused 2 "snap-limit goes with --streets" "${town[@]}" --snap-limit 100
    refused 2 "is not a way to travel" "${town[@]}" --streets "$work/streets.geojson" --travel-mode fly
    refused 2 "speeds goes with minutes by bicycle or car" "${town[@]}" --streets "$work/streets.geojson" --speeds "$work/people.csv"
    refused 1 "no street that people on foot may use" "${town[@]}" --streets "$work/streets.geojson" --streets-where "class = 'expressway'"
    refused 1 "no such file" "${town[@]}" --streets "$work/none.osm.pbf"
    refused 1 "a table without geometry" "${town[@]}" --streets "$work/people.csv"
}

@test "streets: the same bytes with one thread and with two, and again" {
    make_street
    for threads in 1 2 2; do
        servicegap coverage --areas "$sample/neighbourhoods.geojson" --area-id id --population population \
            --services "$sample/services_2013.csv" --type type --taxonomy lip --demand "$sample/blocks.geojson" \
            --demand-population population --streets "$sample/streets.geojson" --within 10min --threads $threads -q \
            -o "$work/out.csv" --overwrite
        sha256sum <"$work/out.csv" >>"$work/sums"
    done
    [ "$(sort -u "$work/sums" | wc -l)" -eq 1 ]
}

@test "streets: on the sample city everybody has a way to something, and nobody a shorter one than a straight line" {
    make_street
    args=(coverage --areas "$sample/neighbourhoods.geojson" --area-id id --services "$sample/services_2013.csv" --type type
        --taxonomy lip --demand "$sample/blocks.geojson" --demand-population population -q --overwrite)
    servicegap "${args[@]}" -o "$work/straight.csv"
    servicegap "${args[@]}" --streets "$sample/streets.geojson" -o "$work/out.csv"
    python3 - "$work/straight.csv" "$work/out.csv" <<'END'
import csv, sys
straight, along = (list(csv.DictReader(open(name, encoding="utf-8-sig"))) for name in sys.argv[1:])
longer = []
for a, b in zip(straight, along):
    assert a["area_id"] == b["area_id"]
    if b["all_nearest_m"] and float(b["all_unreached_pct"]) == 0:
        longer.append(float(b["all_nearest_m"]) / float(a["all_nearest_m"]))
assert len(longer) >= 50 and min(longer) >= 1, (len(longer), min(longer))
assert 1.1 < sum(longer) / len(longer) < 1.8, sum(longer) / len(longer)
END
}

@test "streets: a project measures along streets: and draws lines:" {
    make_street
    cat >"$work/project.yaml" <<END
areas: areas.geojson
area-id: id
services: {file: services.csv, type: kind}
demand: people.csv
demand-population: people
streets: streets.geojson
streets-where: class = 'local'
within: [5min, 15min]
output: out
layers: [coverage.csv]
maps:
  - {field: clinic_nearest_m, output: along.png, dpi: 50}
END
    done_with run "$work/project.yaml"
    cp "$work/out/coverage.csv" "$work/out.csv"
    near "$(value W clinic_within_5min_pct)" 75 1e-9
    grep -q '"streets-where"' "$work/out/provenance.json"
    grep -q 'streets.geojson' "$work/out/provenance.json"
    cp "$work/out/along.png" "$work/before.png"
    sed -i 's/^streets-where.*/&\nlines: people.csv/' "$work/project.yaml"
    refused 1 "people.csv: a table without geometry" run "$work/project.yaml" # drawn, and no lines
}

@test "streets: catchments are layers of a GeoPackage, with the lines and as files where that is asked for" {
    need ogrinfo
    make_street
    done_with "${town[@]}" --streets "$work/streets.geojson" --within 500,800 --catchments types,streets -o "$work/out.gpkg"
    ogrinfo -q "$work/out.gpkg" >"$work/layers.txt"
    grep -q 'catchments (Multi Polygon)' "$work/layers.txt"
    grep -q 'catchment_streets (Multi Line String)' "$work/layers.txt"
    python3 - "$work/out.gpkg" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
lines = {(t, d): km for t, d, km in db.execute("SELECT type, threshold, length_km FROM catchment_streets")}
assert set(lines) == {("clinic", 500.0), ("clinic", 800.0), ("all", 500.0), ("all", 800.0)}, lines
# west to the end of the street, 222.6 m; east as far as the threshold says
assert abs(lines["clinic", 500.0] - (0.222638982 + 0.5)) < 1e-8, lines
assert abs(lines["all", 800.0] - (0.222638982 + 0.8)) < 1e-8, lines
areas = [a for a, in db.execute("SELECT area_km2 FROM catchments WHERE type = 'clinic' ORDER BY threshold")]
assert 0.2 < areas[0] < areas[1] < 1.3, areas
END
    done_with "${town[@]}" --streets "$work/streets.geojson" --catchments types -o "$work/files/out.shp"
    ls "$work"/files/catchments.shp "$work"/files/catchments.dbf
    [ ! -e "$work/files/catchment_streets.shp" ]
    done_with "${town[@]}" --catchments none -o "$work/none.gpkg"
    ! ogrinfo -q "$work/none.gpkg" | grep catchments
    refused 2 "catchments streets goes with --streets" "${town[@]}" --catchments streets
    done_with "${town[@]}" --catchments sites -o "$work/t.csv"
    says "catchments: no output holds layers with geometry, so there are none"
    refused 2 "is not a list of catchments" "${town[@]}" --catchments circles
}

@test "streets: catchments of every service, along streets and in straight lines, with who lives in them" {
    need ogrinfo
    make_street
    printf 'kind,lon,lat,key,who\nclinic,0.002,0,K1,North Clinic\nclinic,0.001,0.009,K2,Far Clinic\nclinic,0.002,0,K3,\n' >"$work/services.csv"
    args=("${town[@]}" --service-id key --organization who --within 500,800)
    done_with "${args[@]}" --streets "$work/streets.geojson" --catchments types,sites -o "$work/out.gpkg"
    python3 - "$work/out.gpkg" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
rows = db.execute("SELECT site, service_id, organization, types, threshold, unit, way, people, area_km2, geom IS NULL"
                  " FROM catchment_sites ORDER BY fid").fetchall()
assert [r[:2] + r[4:5] for r in rows] == [(1, "K1", 800.0), (2, "K2", 800.0), (3, "K3", 800.0),
                                          (1, "K1", 500.0), (2, "K2", 500.0), (3, "K3", 500.0)], rows
assert rows[0][2:4] == ("North Clinic", "clinic") and rows[2][2] is None, rows
assert {r[5:7] for r in rows} == {("m", "along streets")}
# 300 people 223 m away, 100 more 779 m; the second service is on no street
assert [r[7] for r in rows] == [400, 0, 400, 300, 0, 300], rows
assert [r[9] for r in rows] == [0, 1, 0, 0, 1, 0], rows
assert rows[1][8] == 0 and rows[0][8] == rows[2][8] > rows[3][8] > 0.2, rows
# it is what the type's own has: nothing else is on a street
types = dict(db.execute("SELECT threshold, area_km2 FROM catchments WHERE type = 'clinic'"))
for r in (rows[0], rows[3]):
    assert abs(types[r[4]] - r[8]) < 0.02 * r[8], (types, r)
# the number is the fid in the layer of sites
joined = db.execute("SELECT count(*) FROM catchment_sites c JOIN sites s ON s.fid = c.site AND s.lon = c.lon AND"
                    " s.lat = c.lat AND s.organization IS c.organization").fetchone()[0]
assert joined == 6, joined
styles = db.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE styleName = 'threshold' ORDER BY 1").fetchall()
assert [name for name, _ in styles] == ["catchment_sites", "catchments"], styles
assert 'alpha="0.6"' in styles[0][1] and "NULL" not in styles[0][1] and styles[0][1].count("<rule ") == 2
END
    # straight lines: circles of 180 corners, with those within them as the crow flies
    done_with "${args[@]}" --catchments sites -o "$work/straight.gpkg"
    python3 - "$work/straight.gpkg" <<'END'
import math, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'catchments'").fetchall()
for threshold, area in db.execute("SELECT threshold, area_km2 FROM catchment_sites"):
    expected = 90 * (threshold / 1000) ** 2 * math.sin(math.pi / 90)
    assert abs(area - expected) < 1e-7 * expected, (threshold, area)
people = db.execute("SELECT people FROM catchment_sites WHERE threshold = 800 ORDER BY site").fetchall()
assert people == [(400.0,), (0.0,), (400.0,)], people
END
}

@test "streets: catchments of services are files too, the same bytes again and on any threads, and limited in number" {
    make_street
    cat >"$work/project.yaml" <<END
areas: areas.geojson
area-id: id
services: {file: services.csv, type: kind}
demand: people.csv
demand-population: people
streets: streets.geojson
within: 10min
catchments: sites
output: out
layers: [coverage.shp]
END
    done_with run "$work/project.yaml"
    ls "$work"/out/catchment_sites.{shp,dbf,prj,qml,sld,fields.csv}
    [ ! -e "$work/out/catchments.shp" ]
    grep -q '"catchment_sites.shp"' "$work/out/provenance.json"
    for threads in 1 2 2; do
        servicegap coverage --areas "$sample/neighbourhoods.geojson" --area-id id --services "$sample/services_2013.csv" \
            --type type --taxonomy lip --demand "$sample/blocks.geojson" --demand-population population \
            --streets "$sample/streets.geojson" --within 500,1km --grid-points 10 --catchments sites --threads $threads -q \
            -o "$work/out.gpkg" --overwrite
        sha256sum <"$work/out.gpkg" >>"$work/sums"
    done
    [ "$(sort -u "$work/sums" | wc -l)" -eq 1 ]
    python3 -c 'print("kind,lon,lat")
for i in range(10001): print(f"clinic,{0.001 + i * 0.000001:.6f},0.001")' >"$work/services.csv"
    refused 1 "catchments sites would be 20,002 polygons \(10,001 services, 2 thresholds\); 20,000 are the most" \
        "${town[@]}" --within 500,800 --catchments sites -o "$work/many.gpkg"
    grep -q "or leave .sites. out" <<<"$stderr"
    [ ! -e "$work/many.gpkg" ]
    printf 'from_id,to_id,cost\n1,1,5\n' >"$work/costs.csv"
    refused 2 "a table of costs \(--costs\) knows no places between" "${town[@]}" --costs "$work/costs.csv" --service-id kind \
        --demand-id id --catchments sites -o "$work/costs.gpkg"
}
