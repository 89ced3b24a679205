#!/usr/bin/env bats
# What a wrong command line gets: status 2, one error line, one hint line with the nearest spelling, nothing on stdout.

load helpers

@test "errors: no arguments show the help and are a usage error; --help and --version are not" {
    try
    [ "$status" -eq 2 ]
    [[ "$output" == *"usage: servicegap COMMAND"* ]]
    done_with --help
    [[ "$output" == *"usage: servicegap COMMAND"* ]]
    [ -z "$stderr" ]
    done_with --version
    [[ "$output" =~ ^servicegap\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "errors: every command has --help with its options, wherever it stands" {
    done_with --help
    commands="$(sed -n '/^commands:/,/^$/p' <<<"$output" | sed -n 's/^  \([a-z]*\).*/\1/p')"
    [ "$(wc -w <<<"$commands")" -ge 7 ]
    for command in $commands; do
        done_with "$command" --help
        [[ "$output" == "usage: servicegap $command"* ]]
        [[ "$output" == *"--quiet"* ]]
        [ -z "$stderr" ]
        [ "$(servicegap help "$command")" = "$output" ]
    done
    done_with coverage --areas nothing.geojson --help
}

@test "errors: every option that coverage's help shows is taken, and no line of its list is over 100 wide" {
    done_with coverage --help
    [ "$(awk '/^example:/ { exit } { if (length($0) > 100) n++ } END { print n + 0 }' <<<"$output")" -eq 0 ]
    for option in $(grep -o -- '--[a-z-]*' <<<"$output" | sort -u); do
        try coverage "$option"
        quiet_about "there is no option"
    done
}

@test "errors: unknown command, with the nearest one" {
    refused 2 "there is no command 'coverge'" coverge
    says "^hint: did you mean 'coverage'\?$"
    refused 2 "there is no command 'zzzzzzzz'" zzzzzzzz
    says "^hint: .*--help"
}

@test "errors: unknown option, with the nearest one; an option of another command" {
    refused 2 "there is no option '--servces' here" coverage --servces x
    says "^hint: did you mean --services\?$"
    refused 2 "there is no option '--wihtin=3' here" coverage --wihtin=3
    says "^hint: did you mean --within\?$"
    refused 2 "there is no option '--scheme' here" coverage --scheme YlGnBu
    refused 2 "there is no option '-x' here" coverage -x
    refused 2 "there is no option '--areas' here" list --areas x
}

@test "errors: a value that is missing, is empty, or belongs to a flag" {
    refused 2 "areas needs a FILE" coverage --areas
    refused 2 "-o needs a FILE" coverage -o
    refused 2 "areas: an empty value" coverage --areas=
    refused 2 "quiet takes no value" coverage --quiet=yes
}

@test "errors: values of the wrong kind say what they should be" {
    refused 2 "within: 'far' is not a list of distances" coverage --within far
    says "^hint: .*800m"
    refused 2 "within: '800,0.8km' has a distance twice" coverage --within 800,0.8km
    refused 2 "within: '0' is not" coverage --within 0
    refused 2 "within: '1,5km' is not a list of distances" coverage --within 1,5km
    refused 2 "within: '-5' is not" coverage --within=-5
    refused 2 "within: '1,2,3,4,5,6,7,8,9' is not" coverage --within 1,2,3,4,5,6,7,8,9
    refused 2 "supply: 'raech' is not a supply" coverage --supply raech
    says "^hint: .*reach"
    refused 2 "measures: there is no measure 'cuont'" coverage --measures cuont
    says "^hint: did you mean 'count'\?$"
    refused 2 "as-of: 'yesterday' is not a date" coverage --as-of yesterday
    refused 2 "as-of: '2013-02-30' is not a date" coverage --as-of 2013-02-30
    refused 2 "encoding: 'FOO' is not an encoding" coverage --areas a --services b --encoding FOO
    says "^hint: .*iconv --list"
    refused 2 "threads: '0' is not" coverage --threads 0
    refused 2 "threads: '1.5' is not" coverage --threads 1.5
    refused 2 "threads: '1025' is not a number of threads" coverage --threads 1025
    refused 2 "threads: '100000' is not a number of threads" coverage --threads 100000
    says "^hint: .*from 1 to 1024"
    refused 2 "min-population: 'many' is not a number" coverage --min-population many
    refused 2 "language: 'de' is not a language" coverage --language de
    refused 2 "'plenty' is not a benchmark" coverage --areas a --services b --benchmark plenty
    refused 2 "method: 'jenk' is not a method" map --method jenk
    says "^hint: .*list methods"
    refused 2 "classes: '1' is not" map --classes 1
    refused 2 "dpi: '5' is not" map --dpi 5
    refused 2 "rotate: 'left' is not" map --rotate left
    refused 2 "breaks: '3,2' is not" map --breaks 3,2
}

@test "errors: what is missing or too many" {
    refused 2 "areas is missing" coverage
    refused 2 "services is missing" coverage --areas x.geojson
    refused 2 "layer is missing" map
    refused 2 "field is missing" map --layer x.gpkg
    refused 2 "output is missing" map --layer x.gpkg --field y
    refused 2 "run needs PROJECT.yaml" run
    refused 2 "'extra' is one word too many" coverage extra
    refused 2 "'b.yaml' is one word too many" run a.yaml b.yaml
    refused 2 "areas is missing" check
}

@test "errors: files and fields that are not there are the job's failure (status 1), with the nearest spelling" {
    refused 1 "nothing.geojson: there is no such file" coverage --areas nothing.geojson --services nothing.csv
    refused 1 "no field 'nam' \(--area-name\); its fields are id, name, name_fr" \
        coverage --areas "$sample/neighbourhoods.geojson" --area-name nam --services "$sample/services_2013.csv"
    says "^hint: did you mean 'name'\?$"
    refused 1 "no field 'typ' \(--type\); its fields are service_id, organization" \
        coverage --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" --type typ
    says "^hint: did you mean 'type'\?$"
    refused 1 "no field 'pop' \(--demand-population\)" coverage --areas "$sample/neighbourhoods.geojson" \
        --services "$sample/services_2013.csv" --type type --demand "$sample/blocks.geojson" --demand-population pop
    refused 1 "no layer 'wards'; its layers are neighbourhoods" coverage --areas "$sample/neighbourhoods.geojson" \
        --areas-layer wards --services "$sample/services_2013.csv"
    refused 1 "there is no taxonomy 'lipp'; installed are: lip" coverage --areas "$sample/neighbourhoods.geojson" \
        --services "$sample/services_2013.csv" --taxonomy lipp
    refused 1 "there is no scheme 'YlGnBuu'" map --layer "$sample/neighbourhoods.geojson" --field population --scheme YlGnBuu -o "$work/m.png"
    says "^hint: did you mean 'YlGnBu'\?$"
    refused 1 "there is no theme 'councl'" map --layer "$sample/neighbourhoods.geojson" --field population --theme councl -o "$work/m.png"
    says "^hint: did you mean 'council'\?$"
    nothing_left_in "$work"
}

@test "errors: a bad CRS, a bad condition, an area layer that is a table or points" {
    refused 1 "." coverage --areas "$sample/neighbourhoods.geojson" --areas-crs EPSG:999999 --services "$sample/services_2013.csv"
    refused 1 "condition .* is not understood" coverage --areas "$sample/neighbourhoods.geojson" --areas-where "id = = 3" --services "$sample/services_2013.csv"
    refused 1 "services_2013.csv: a table without geometry; areas are polygons" \
        coverage --areas "$sample/services_2013.csv" --services "$sample/services_2013.csv"
    refused 1 "is a Line String, not a polygon" coverage --areas "$sample/streets.geojson" --services "$sample/services_2013.csv"
}

@test "errors: control characters in a file never reach the terminal" {
    printf 'lon,lat,ty\033[31mpe\n-81.9,43.45,x\n' >"$work/evil.csv"
    try coverage --areas "$sample/neighbourhoods.geojson" --services "$work/evil.csv" --type nothing
    [ "$status" -eq 1 ]
    [[ "$stderr" != *$'\033'* ]]
}

@test "errors: sources on the network and in virtual files are refused" {
    for path in /vsicurl/http://localhost/x.geojson /vsistdin/ /vsimem/x.csv http://localhost/x.geojson "PG:dbname=x"; do
        try coverage --areas "$path" --services "$sample/services_2013.csv"
        [ "$status" -eq 1 ] || tell "$path is not refused"
        says '^servicegap: error: '
    done
    printf '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>%s</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>' \
        "$sample/neighbourhoods.geojson" >"$work/x.vrt"
    refused 1 "x.vrt" coverage --areas "$work/x.vrt" --services "$sample/services_2013.csv"
}

@test "errors: signs that turn a line round, and C1 controls, never reach the terminal either" {
    printf 'type,lon,lat\nfood,-79.99,43.01\n' >"$work/s.csv"
    try coverage --areas "$work/$(printf 'a\302\233b\342\200\256c').geojson" --services "$work/s.csv"
    [ "$status" -eq 1 ]
    ! grep -q "$(printf '\302\233')" <<<"$stderr"
    ! grep -q "$(printf '\342\200\256')" <<<"$stderr"
}

@test "errors: --threads takes every spelling of a number that the options take" {
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind --threads 1e0
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind --threads 1024
}

@test "errors: a program that does not find its own styles says where it looked" {
    export SERVICEGAP_DATA="$work/nowhere"
    for command in "list themes" "list schemes" "list schemes --check" "list types" demo \
        "map --layer $sample/neighbourhoods.geojson --field population -o $work/m.png"; do
        refused 1 "not where they were looked for, in $work/nowhere/styles" $command
    done
    make_town
    refused 1 "not where they were looked for" coverage "${town[@]}" "${shops[@]}" --type kind --taxonomy lip
    [ ! -e servicegap-demo ]
}

@test "errors: coordinates of another system, in words, or the other way round in the areas: the remedy is the right one" {
    make_town
    printf 'x,y,kind\n629000,4840000,a\n630000,4841000,a\n' >"$work/utm.csv"
    refused 1 "none of its 2 records has a place" coverage "${town[@]}" --services "$work/utm.csv" --type kind
    says "^hint: .*--services-crs"
    printf "lon,lat,kind\n79°59'W,43°N,a\n" >"$work/dms.csv"
    refused 1 "none of its 1 records has a place" coverage "${town[@]}" --services "$work/dms.csv" --type kind
    says "^hint: write coordinates as decimal numbers"
    python3 - "$work" <<'END'
import json, sys
town = json.load(open(sys.argv[1] + "/areas.geojson", encoding="utf-8"))
for feature in town["features"]:
    feature["geometry"]["coordinates"] = [[[y, x] for x, y in ring] for ring in feature["geometry"]["coordinates"]]
json.dump(town, open(sys.argv[1] + "/turned.geojson", "w", encoding="utf-8"))
END
    printf 'lon,lat,kind\n-79.990,43.010,a\n' >"$work/one.csv"
    refused 1 "none of its 1 records lies in any area" coverage --areas "$work/turned.geojson" --area-id code --services "$work/one.csv" --type kind
    says "If it is the areas .*latitudes -80 to"
}

@test "errors: a file that is named and not there is an error, needed or not" {
    make_town
    for option in --streets --benchmark --costs --aliases --regions; do
        refused 1 "nowhere.csv: there is no such file" coverage "${town[@]}" "${shops[@]}" --type kind --measures count \
            --service-id kind "$option" "$work/nowhere.csv"
    done
}

@test "errors: a table with other columns than it needs says what to call them" {
    make_town
    printf 'area,region\nA,North\n' >"$work/r.csv"
    refused 1 "r.csv: no field 'area_id' \(--regions\); its fields are area, region" coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/r.csv"
    says "^hint: call the column 'area_id' in the file's first row"
}
