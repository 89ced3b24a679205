#!/bin/sh
# What decides how letters and lines come out: the versions of Pango and Cairo, and that of the font. Prints one line; that of the
# pictures in tests/expected is kept in drawn_with.txt beside them.
set -eu
short() { # MODULE: its version's first two numbers
    pkg-config --modversion "$1" 2>/dev/null | sed 's/^\([0-9]*\.[0-9]*\).*/\1/'
}
echo "Pango $(short pango), Cairo $(short cairo), Inter $(fc-match -f '%{fontversion}' Inter 2>/dev/null)"
