#!/usr/bin/env bats
# Where people live, from a layer of its own: what is suppressed, swallowed or nowhere is said, and never 0.

load helpers

# The town without people of its own: they are all from the demand layer.
setup_bare_town() {
    make_town
    bare=(--areas "$work/areas.geojson" --area-id code --area-name label)
}

@test "demand: suppressed and empty numbers of people are missing, and told with the areas that lack them" {
    setup_bare_town
    cat >"$work/d.csv" <<'T'
lon,lat,residents
-79.998,43.003,x
-79.989,43.011,..
-79.978,43.002,900
-79.969,43.013,
-79.995,43.024,200
-79.972,43.028,0
T
    done_with coverage "${bare[@]}" "${shops[@]}" --type kind --demand "$work/d.csv" --demand-population residents -o "$work/t.csv"
    says "d.csv: 3 of 6 demand records have no number in 'residents' \(suppressed or empty\); their people are not known, and missing from 2 areas: 'Ashgrove' \(2\), 'Birch, Upper' \(1\)"
    says "^hint: where nobody lives, write 0"
    [ "$(cell "$work/t.csv" A population)" = "" ] # none of its people are known
    [ "$(cell "$work/t.csv" A state)" = measured ]
    [ "$(cell "$work/t.csv" B population)" = 900 ]
    [ "$(cell "$work/t.csv" C population)" = 200 ]
    [ "$(cell "$work/t.csv" D population)" = 0 ] # that is known
    [ "$(cell "$work/t.csv" D state)" = no_population ]
    try check --strict "${bare[@]}" "${shops[@]}" --type kind --demand "$work/d.csv" --demand-population residents
    try check --json "${bare[@]}" "${shops[@]}" --type kind --demand "$work/d.csv" --demand-population residents
    python3 -c 'import json, sys; assert json.load(sys.stdin)["demand"]["without_population"] == 3' <<<"$output"
    # the areas' own field sets the totals; the layer says only where people are
    done_with coverage "${bare[@]}" --population people "${shops[@]}" --type kind --demand "$work/d.csv" --demand-population residents -o "$work/u.csv"
    says "their people are not known, and placed nowhere in 2 areas: 'Ashgrove' \(2\), 'Birch, Upper' \(1\)"
    [ "$(cell "$work/u.csv" A population)" = 1000 ]
    [ "$(cell "$work/u.csv" B population)" = 3000 ]
}

@test "demand: a polygon without a number of people is not an empty one" {
    setup_bare_town
    python3 - "$work/areas.geojson" "$work/d.geojson" <<'PY'
import json, sys
layer = json.load(open(sys.argv[1], encoding="utf-8"))
layer["features"][1]["properties"]["people"] = None
json.dump(layer, open(sys.argv[2], "w", encoding="utf-8"))
PY
    done_with coverage "${bare[@]}" "${shops[@]}" --type kind --demand "$work/d.geojson" --demand-population people -o "$work/t.csv"
    says "d.geojson: 1 of 5 demand records has no number in 'people' \(suppressed or empty\); their people are not known, and missing from 1 area: 'Birch, Upper' \(1\)"
    says "the population of 1 of 5 areas is not known: 'Birch, Upper'"
    [ "$(cell "$work/t.csv" B population)" = "" ]
}

@test "demand: a need that is missing is told, and is not the area's" {
    setup_bare_town
    sed 's/^\(-79.998,43.003,300\),20/\1,F/; s/^\(-79.972,43.028,50\),4/\1,x/; s/^\(-79.964,43.036,30\),6/\1,/' "$work/demand.csv" >"$work/d.csv"
    done_with coverage "${bare[@]}" "${shops[@]}" --type kind --demand "$work/d.csv" --demand-population residents --demand-need arrivals -o "$work/t.csv"
    says "d.csv: 3 of 12 demand records have no number in 'arrivals'; their need is not known, and counted nowhere"
    [ "$(cell "$work/t.csv" A need)" = 160 ]
    [ "$(cell "$work/t.csv" D need)" = "" ]
    [ "$(cell "$work/t.csv" D population)" = 80 ]
}

@test "demand: quote marks that swallow records are noticed in every table" {
    make_town
    python3 - "$work" <<'PY'
import sys
rows = [f"{-79.998 + i * 1e-5:.5f},43.003,10,n{i}" for i in range(1000)]
def write(name, marks):
    out = ["lon,lat,residents,note"] + [row.replace(f",n{i}", {"open": f',"n{i}', "close": f',n{i}"'}[marks[i]]) if i in marks else row
                                        for i, row in enumerate(rows)]
    open(f"{sys.argv[1]}/{name}.csv", "w").write("\n".join(out) + "\n")
write("open", {300: "open"})
write("joined", {300: "open", 400: "close"})
PY
    sane=(coverage "${town[@]}" "${shops[@]}" --type kind --measures within --overwrite -o "$work/t.csv")
    done_with "${sane[@]}" --demand "$work/open.csv" --demand-population residents
    says "open.csv, line 302: a quote mark is not closed where its cell ends, and the cell runs over several lines"
    says "open.csv: 1 record with lone quote marks; about 700 lines may be swallowed by them"
    done_with "${sane[@]}" --demand "$work/joined.csv" --demand-population residents
    says "joined.csv, line 302: a quoted cell runs over 101 lines, and each of them has all 4 cells of a record; 100 records seem to be swallowed"
    printf 'lon,lat,residents\n-79.998,43.003,2\0000\n' >"$work/zero.csv"
    refused 1 "zero.csv, line 2: a zero byte" "${sane[@]}" --demand "$work/zero.csv" --demand-population residents
    printf 'area_id,region\nA,West\nB,"West\nC,East\nD,East\n' >"$work/r.csv" # newer GDAL drops such a record
    done_with "${sane[@]}" --regions "$work/r.csv"
    says "r.csv, line 3: a quote mark is not closed where its cell ends"
    printf 'from_id,to_id,cost,note\nA,s1,100,x\nA,s2,101,"x\nB,s1,300,x\nB,s2,400,x\n' >"$work/c.csv"
    done_with "${sane[@]}" --costs "$work/c.csv" --service-id id
    says "c.csv, line 3: a quote mark is not closed where its cell ends"
    printf 'type,benchmark,note\nfood_bank,median,"x\nlanguage,median,y\n' >"$work/b.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --overwrite -o "$work/t.csv" --benchmark "$work/b.csv"
    says "b.csv, line 2: a quote mark is not closed where its cell ends"
    # a cell of several lines is none of that
    printf 'lon,lat,residents,note\n-79.998,43.003,10,"two\nlines"\n' >"$work/fine.csv"
    done_with "${sane[@]}" --demand "$work/fine.csv" --demand-population residents
    quiet_about quote
}

@test "demand: of services, the quote mark that is never closed swallows what is left" {
    make_town
    { printf 'lon,lat,kind,note\n'; for i in $(seq 1 50); do printf -- '-79.99,43.01,x,n%s\n' "$i"; done; printf -- '-79.99,43.01,x,"n\n'; for i in $(seq 1 30); do printf -- '-79.99,43.01,x,n%s\n' "$i"; done; } >"$work/s.csv"
    done_with coverage "${town[@]}" --services "$work/s.csv" --type kind --measures count -o "$work/t.csv"
    says "s.csv: 1 record with lone quote marks; about 31 lines may be swallowed by them"
}

@test "demand: a quote mark inside a cell, which swallows what follows for the reader of other tables, is told with what is lost" {
    need gzip
    setup_bare_town
    { printf 'lon,lat,residents,note\n'; for i in $(seq 1 100); do note="n$i"; case $i in 30) note='24" Block';; 60) note='pipe 5"';; esac; printf -- '-79.998,43.003,10,%s\n' "$note"; done; } >"$work/d.csv"
    gzip -k "$work/d.csv"
    for file in d.csv d.csv.gz; do
        done_with coverage "${bare[@]}" "${shops[@]}" --type kind --demand "$work/$file" --demand-population residents --measures within --overwrite -o "$work/t.csv"
        says "$file: 2 records have a quote mark inside a cell; the first is in line 31"
        # by GDAL 3.6; a later one may part them as we do, and then there is nothing to say
        read="$(grep -oE "$file: [0-9]+ demand points" <<<"$stderr" | grep -oE '[0-9]+ ' | tail -n 1)"
        [ "$read" -eq 100 ] || says "$file: by its lines it has 100 records, and $read *were read: quote marks swallow the others"
    done
    # a condition that is always true changes nothing of that, and doubled marks are none
    sed 's/24" Block/"24"" Block"/; s/pipe 5"/"pipe 5"""/' "$work/d.csv" >"$work/fine.csv"
    done_with coverage "${bare[@]}" "${shops[@]}" --type kind --demand "$work/fine.csv" --demand-population residents --measures within --overwrite -o "$work/t.csv"
    quiet_about quote
    says 'fine.csv: 100 demand points, 1,000 people'
    # our own reader of services takes them as they are
    done_with coverage "${bare[@]}" --services "$work/d.csv" --type-value x --measures count --overwrite -o "$work/t.csv"
    says 'd.csv: 100 records read = 100 in the areas'
    done_with coverage "${bare[@]}" --services "$work/d.csv" --services-where '1=1' --type-value x --measures count --overwrite -o "$work/t.csv"
    says "d.csv: 2 records have a quote mark inside a cell"
}

@test "demand: rows that a condition leaves out say nothing of how the others are written" {
    setup_bare_town
    printf 'lon,lat,residents,city\n-79.998,43.003,"1,250",A\n-79.969,43.013,"3,500",A\n-79.995,43.024,"2,5",B\n' >"$work/d.csv"
    done_with coverage "${bare[@]}" "${shops[@]}" --type kind --demand "$work/d.csv" --demand-population residents --demand-where "city='A'" --measures within -o "$work/t.csv"
    [ "$(cell "$work/t.csv" A population)" = 1250 ]
    [ "$(cell "$work/t.csv" B population)" = 3500 ]
}
