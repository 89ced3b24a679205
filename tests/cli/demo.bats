#!/usr/bin/env bats
# `servicegap demo`: the installed sample, without a project file at hand.

load helpers

@test "demo: writes maps and layers where it is told, and says where" {
    cd "$work"
    done_with demo -o maps
    [ -z "$output" ]
    says "maps and layers are in maps"
    [ -s maps/coverage.gpkg ]
    [ "$(find maps -name '*.png' -size +10k | wc -l)" -ge 5 ]
    nothing_left_in "$work"
}

@test "demo: by itself it writes servicegap-demo in the folder one is in, and may be run again" {
    cd "$work"
    done_with demo -q
    [ "$(ls)" = servicegap-demo ]
    sum="$(sha256sum servicegap-demo/coverage.gpkg)"
    done_with demo -q
    [ "$(sha256sum servicegap-demo/coverage.gpkg)" = "$sum" ]
}

@test "demo: without its data it says what is missing" {
    SERVICEGAP_DATA="$work/nothing" refused 1 "." demo -o "$work/maps"
}
