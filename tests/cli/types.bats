#!/usr/bin/env bats
# Kinds of service as a file names them, without a taxonomy: which texts are one type, and what they are called.

load helpers

# services NAME TEXT ... : a table $work/NAME.csv of services on one point of the town, one of each text.
services() {
    local name="$1" text
    shift
    printf 'lon,lat,kind\n' >"$work/$name.csv"
    for text in "$@"; do
        printf -- '-79.97123,43.02123,%s\n' "$text" >>"$work/$name.csv"
    done
}

# types_of NAME [OPTION ...]: code=label of each type of the table, in order.
types_of() {
    local name="$1"
    shift
    done_with check "${town[@]}" --services "$work/$name.csv" --type kind --json "$@"
    python3 -c '
import json, sys
print("|".join("%s=%s" % (t["code"], t["label"]) for t in json.load(sys.stdin)["types"]))' <<<"$output"
}

@test "types: a text that equals the code made for another is a type of its own, in whatever order they come" {
    make_town
    services forwards "A+" A B a
    services backwards a B A "A+"
    [ "$(types_of forwards)" = "a=A+|a_2=A|b=B" ] || tell "$(types_of forwards)"
    [ "$(types_of backwards)" = "a=a|b=B|a_2=A+" ] || tell "$(types_of backwards)"
    done_with coverage "${town[@]}" --services "$work/forwards.csv" --type kind --measures count -o "$work/f.csv"
    done_with coverage "${town[@]}" --services "$work/backwards.csv" --type kind --measures count -o "$work/b.csv"
    [ "$(sum_of "$work/f.csv" a_count) $(sum_of "$work/f.csv" a_2_count) $(sum_of "$work/f.csv" b_count)" = "1 2 1" ]
    [ "$(sum_of "$work/b.csv" a_count) $(sum_of "$work/b.csv" a_2_count) $(sum_of "$work/b.csv" b_count)" = "2 1 1" ]
    services marks "C++" "C#" C "Food (A)" food_a
    [ "$(types_of marks)" = "c=C++|c_2=C#|c_3=C|food_a=Food (A)|food_a_2=food_a" ] || tell "$(types_of marks)"
}

@test "types: a table of benchmarks and --type-weights name a type as the file does before any code" {
    make_town
    services marks "C++" C D
    printf 'type,benchmark\nC,7\n' >"$work/standards.csv"
    done_with coverage "${town[@]}" --services "$work/marks.csv" --type kind --benchmark "$work/standards.csv" \
        --type-weights C=0 --supply within -o "$work/t.csv"
    # of three types at one place only C is held to 7, and it weighs nothing
    python3 -c '
import csv, sys
rows = [row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")) if row["c_gap"]]
assert rows and all(row["c_gap"] == row["d_gap"] for row in rows), rows
assert any(float(row["c_2_gap"]) > float(row["c_gap"]) + 0.01 for row in rows), rows
assert all(abs(float(row["gap_index"]) - 100 * float(row["c_gap"])) < 1e-4 for row in rows), rows' "$work/t.csv"
}

@test "types: records without a type are none of the file's own Other, in English and in French" {
    make_town
    services first "" Other OTHER Food
    services last Food OTHER Other ""
    services alone "" Food
    [ "$(types_of alone)" = "other=No type given|food=Food" ] || tell "$(types_of alone)"
    [ "$(types_of first)" = "other=No type given|other_2=Other|food=Food" ] || tell "$(types_of first)"
    [ "$(types_of last)" = "food=Food|other=OTHER|other_2=No type given" ] || tell "$(types_of last)"
    [ "$(types_of first --language fr)" = "other=Type non précisé|other_2=Other|food=Food" ] ||
        tell "$(types_of first --language fr)"
    # a text that says just this is one of them
    services said "Type non précisé" "" "no type given"
    [ "$(types_of said)" = "other=No type given" ] || tell "$(types_of said)"
    # a taxonomy has its own place for them
    done_with coverage "${town[@]}" --services "$work/first.csv" --type kind --taxonomy lip --measures count -o "$work/t.csv"
    header "$work/t.csv" | grep -qx oth_count
    ! header "$work/t.csv" | grep -q other
}
