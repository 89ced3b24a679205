#!/usr/bin/env bats
# Pictures of the sample against those of tests/expected: at most 0.5 % of the pixels may differ by more than 2 of 255.
# On failure a page with reference, result and difference is written to the test's folder, or, to keep it, to
# $SERVICEGAP_SHOWN. tests/golden/draw_pictures.sh draws the pictures anew after a wanted change.

load helpers

compare() {
    python3 -B "$here/../golden/compare_png.py" "$@"
}

# like_expected NAME: draws it as tests/golden/draw_pictures.sh says and compares.
like_expected() {
    drawn_with="$(cat "$here/../expected/drawn_with.txt")"
    here_with="$(sh "$here/../golden/drawn_with.sh")"
    [ "$here_with" = "$drawn_with" ] || skip "the pictures were drawn with $drawn_with, and here are $here_with"
    sh "$here/../golden/draw_pictures.sh" "$program" "$work" "$1"
    shown="${SERVICEGAP_SHOWN:-$BATS_TEST_TMPDIR/shown}/$1"
    run compare "$here/../expected/$1.png" "$work/$1.png" "$shown"
    echo "$output" >&2
    [ "$status" -eq 0 ]
}

@test "golden: the two numbers are right: equal pictures, some changed pixels, another size, no picture" {
    python3 -B - "$here/../golden" "$work" <<'PY'
import sys
sys.path.insert(0, sys.argv[1])
from compare_png import write_png
folder = sys.argv[2]
rows = [bytes((x * 7 + y) % 256 for x in range(300)) for y in range(100)]
write_png(folder + "/a.png", 100, 100, rows)
changed = [bytearray(r) for r in rows]
for x in range(49):
    changed[3][3 * x] = (changed[3][3 * x] + 100) % 256
changed[50][7] = max(0, changed[50][7] - 2)  # within the tolerance
write_png(folder + "/b.png", 100, 100, [bytes(r) for r in changed])
changed[4] = bytearray(300)
write_png(folder + "/c.png", 100, 100, [bytes(r) for r in changed])
write_png(folder + "/d.png", 100, 99, rows[:99])
PY
    [ "$(compare "$work/a.png" "$work/a.png")" = "0 0" ]
    [ "$(compare "$work/a.png" "$work/b.png")" = "49 156" ]
    run compare "$work/a.png" "$work/c.png" "$work/shown"
    [ "$status" -eq 1 ]
    [ -s "$work/shown/difference.png" ]
    grep -q 'img src="difference.png"' "$work/shown/index.html"
    run compare "$work/a.png" "$work/d.png"
    [ "$status" -eq 1 ]
    run compare "$work/a.png" "$work/shown/index.html"
    [ "$status" -eq 2 ]
}

@test "golden: gap_index" {
    like_expected gap_index
}

@test "golden: with_sites" {
    like_expected with_sites
}

@test "golden: categories" {
    like_expected categories
}

@test "golden: slide" {
    like_expected slide
}

@test "golden: portrait" {
    like_expected portrait
}

@test "golden: french" {
    like_expected french
}

@test "golden: bivariate" {
    like_expected bivariate
}

@test "golden: multiples" {
    like_expected multiples
}

@test "golden: circles" {
    like_expected circles
}

@test "golden: dots" {
    like_expected dots
}

@test "golden: regions" {
    like_expected regions
}

@test "golden: the pictures are small together" {
    [ "$(cat "$here"/../expected/*.png | wc -c)" -le 1200000 ]
}
