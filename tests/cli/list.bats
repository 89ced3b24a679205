#!/usr/bin/env bats
# `servicegap list`: what can be named, one line each, on stdout.

load helpers

@test "list: measures are the columns that coverage writes, in that order" {
    done_with list measures
    make_town
    servicegap coverage -q "${town[@]}" --services "$work/services.csv" --type-value x >"$work/t.csv" 2>/dev/null
    grep -v '^#' <<<"$output" | awk '{ print "x_" $1 }' | diff - <(header "$work/t.csv" | grep '^x_')
    [ -z "$stderr" ]
}

@test "list: every method draws, or says what it needs" {
    done_with list methods
    methods="$(awk '{ print $1 }' <<<"$output")"
    for method in quantile jenks equal pretty custom; do
        grep -qx "$method" <<<"$methods"
    done
    for method in $methods; do
        [ "$method" != custom ] || continue
        done_with map -q --layer "$sample/neighbourhoods.geojson" --field population --method "$method" --paper 900x700px \
            -o "$work/$method.png"
        [ -s "$work/$method.png" ]
    done
    refused 2 "method custom needs --breaks" map --layer "$sample/neighbourhoods.geojson" --field population --method custom -o "$work/c.png"
}

@test "list: schemes and themes are the files in styles" {
    for what in schemes themes; do
        done_with list "$what"
        awk '{ print $1 }' <<<"$output" | sort | diff - <(ls "$here/../../styles/$what" | sed -n 's/\.yaml$//p' | sort)
    done
}

@test "list: every format can be written, or the machine's GDAL is said to lack it" {
    done_with list formats
    make_town
    endings="$(grep -o '^\.[a-z]*' <<<"$output")"
    [ "$(wc -w <<<"$endings")" -eq 8 ]
    for ending in $endings; do
        try coverage -q "${town[@]}" --services "$work/services.csv" --type kind -o "$work/out_${ending#.}/t$ending"
        if [ "$status" -eq 0 ]; then
            [ -s "$work/out_${ending#.}/t$ending" ]
        else
            says "has no driver for"
        fi
    done
}

@test "list: types are those of the taxonomy, 13 in lip" {
    done_with list types
    [ "$(grep -v '^#' <<<"$output" | awk '{ print $1 }' | tr '\n' ' ')" = "EMP SOC HEA SET COM HOU LAN EDU REC ART CCT ADV OTH " ]
    [ "$(servicegap list types lip)" = "$output" ]
    refused 1 "there is no taxonomy 'nope'" list types nope
}

@test "list: anything else is a usage error with the nearest name" {
    refused 2 "list needs" list
    refused 2 "there is no list of 'scheme'" list scheme
    says "^hint: did you mean 'schemes'\?$"
    refused 2 "'x' is one word too many" list measures x
}

@test "list: themes say what they are for" {
    done_with list themes
    [ "$(awk 'NF < 3' <<<"$output")" = "" ]
}

@test "list: schemes --check gives the figures of the palette gate, by which the map command judges too" {
    done_with list schemes --check
    # anchors: cividis in 5 classes measures 15.0, 14.4, 15.0, 13.0; the gate is 10, and 8
    grep -Eq '^cividis +sequential +5 +15\.0 +14\.4 +15\.0 +13\.0 +[0-9.]+  good' <<<"$output"
    python3 - <<PY
for line in """$output""".splitlines():
    if line.startswith("#"):
        continue
    name, kind, count, normal, protan, deutan, tritan, grey, verdict, *how = line.split()
    figures = [float(f) for f in (normal, protan, deutan, tritan) if f != "-"]
    worst = min(figures) if figures else 99
    expected = "refused" if worst < 7.95 else "doubtful" if worst < 9.95 else "good"
    assert verdict == expected or min(abs(worst - 8), abs(worst - 10)) < 0.06, line
PY
    [ "$(grep -c '^Blues .* refused' <<<"$output")" -ge 1 ]
    refused 1 "palette|scheme" map --layer "$sample/neighbourhoods.geojson" --field population --scheme Blues --classes 7 -o "$work/m.png"
    refused 2 "only schemes can be checked" list themes --check
}

@test "list: the columns of types stand under each other, accents or not" {
    done_with list types lip
    grep -v '^#' <<<"$output" | python3 -c '
import re, sys
rows = sys.stdin.read().splitlines()
for row in rows:
    assert row[10] == " " and row[9] == " " and row[11] != " ", row
    assert row[63] == " " and row[64] != " ", row
    assert row[120] == " " and row[121] != " ", row
assert len(rows) == 13'
}
