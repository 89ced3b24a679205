#!/usr/bin/env bats
# `servicegap check`: reads everything, reports on stdout, writes nothing.

load helpers

@test "check: the town's counts, by reason" {
    make_town
    cd "$work"
    before="$(ls -A)"
    done_with check "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}"
    [ "$(ls -A)" = "$before" ]
    grep -Eq '^  areas +5 ' <<<"$output"
    grep -Eq '^  records read +11$' <<<"$output"
    grep -Eq '^ +in the areas +6$' <<<"$output"
    grep -Eq '^ +outside all areas +1$' <<<"$output"
    grep -Eq '^ +no coordinates +1$' <<<"$output"
    grep -Eq '^ +coordinates are not numbers +1$' <<<"$output"
    grep -Eq '^ +at 0, 0 +1$' <<<"$output"
    grep -Eq '^ +longitude and latitude are swapped +1$' <<<"$output"
    grep -Eq '^  people read +4357$' <<<"$output"
    grep -Eq '^  people outside +77 ' <<<"$output"
    grep -Eq '^warnings: [1-9]' <<<"$output"
}

@test "check: the project of the sample city" {
    done_with check -q "$sample/project.yaml"
    grep -Eq '^  areas +54 ' <<<"$output"
    grep -Eq '^ +in the areas +352$' <<<"$output"
    grep -Eq '^  LAN +22 +21 ' <<<"$output"
    grep -q '^findings:' <<<"$output"
}

@test "check: the areas, their CRS, repaired outlines and those without geometry" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":1},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}},
{"type":"Feature","properties":{"id":2},"geometry":null},
{"type":"Feature","properties":{"id":3},"geometry":{"type":"Polygon","coordinates":[[[3,0],[4,0],[4,1],[3,1],[3,0]]]}}]}
J
    printf 'lon,lat,type\n3.5,0.5,x\n0.2,1,x\n' >"$work/s.csv"
    done_with check --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type
    grep -Eq '^  repaired outlines +1$' <<<"$output"
    grep -Eq '^  without geometry +1$' <<<"$output"
    says "a.geojson: area '1' .*invalid outline"
}

@test "check: --strict fails when there is something to warn of, after the report" {
    make_town
    try check --strict "${town[@]}" "${shops[@]}" --type kind
    [ "$status" -eq 1 ]
    grep -q '^warnings: ' <<<"$output"
    done_with check --strict "${town[@]}" "${shops[@]}" --type kind --services-where "note = 'ok'"
}

@test "check: all types that the taxonomy does not know are listed" {
    make_town
    done_with check "${town[@]}" "${shops[@]}" --type kind --taxonomy lip
    grep -q 'Éclairage public' <<<"$output"
    grep -q 'Food Bank' <<<"$output"
}
