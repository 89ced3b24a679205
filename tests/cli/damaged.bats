#!/usr/bin/env bats
# Files that are cut off or altered where GDAL reads on as if they were whole; and files that grow when unpacked.

load helpers

teardown() {
    [ -z "$open" ] || rm -r "$open"
}

# damage FROM TO PART HOW: a copy of a workbook in which one part, by a piece of its name, is cut, spoilt (a control
# byte within a text), altered (packed bytes that do not unpack), swollen to 100 million bytes, or so and said to be small;
# or whose rows say no numbers, leave out 30,000 numbers, or have 60,000 empty ones among them.
damage() {
    python3 -B - "$@" <<'P'
import re, struct, sys, zipfile
source, target, part, how = sys.argv[1:]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        text = old.read(name)
        if part in name:
            assert b"Food" in text or how not in ("spoilt", "swollen", "lying")
            if how == "cut":
                text = text[:-60]
            elif how == "spoilt":
                text = text.replace(b"Food", b"Fo\x01d", 1)
            elif how in ("swollen", "lying"):
                text = text.replace(b"Food", b"Food" * 25000000, 1)
            elif how == "unnumbered":
                text = re.sub(rb'<row r="\d+"', b"<row", text)
            elif how == "far":
                text = re.sub(rb'<row r="(\d+)"', lambda at: b'<row r="%d"' % (int(at[1]) + 30000 * (int(at[1]) > 9)), text)
                text = re.sub(rb'<c r="([A-Z]+)\d+"', rb'<c r="\1"', text)
            elif how == "gap":
                rows = text.split(b"</table:table-row>")
                rows[4] = b'<table:table-row table:number-rows-repeated="60000"><table:table-cell/></table:table-row>' + rows[4]
                text = b"</table:table-row>".join(rows)
        new.writestr(name, text)
data = bytearray(open(target, "rb").read())
with zipfile.ZipFile(target) as new:
    entry = next(entry for entry in new.infolist() if part in entry.filename)
if how == "altered":
    begin = entry.header_offset + 30 + len(entry.filename)
    for at in range(begin + entry.compress_size // 2, begin + entry.compress_size // 2 + 6):
        data[at] ^= 0x55
elif how == "lying":
    small = struct.pack("<I", 2000)
    data[entry.header_offset + 22:entry.header_offset + 26] = small
    at = data.index(part.encode(), data.index(b"PK\1\2"))
    at = data.rindex(b"PK\1\2", 0, at)
    data[at + 24:at + 28] = small
open(target, "wb").write(data)
P
}

@test "damaged: a workbook that cannot be read to its end is an error, whatever it holds" {
    need ogr2ogr
    make_town
    printf 'code,people\nA,100\nB,200\n' >"$work/people.csv"
    printf 'from,to,cost\nh1,s1,3\n' >"$work/costs.csv"
    printf 'id,lon,lat,residents\nh1,-79.998,43.003,300\n' >"$work/homes.csv"
    printf 'type,benchmark\nFood Bank,2\n' >"$work/marks.csv"
    given=(coverage -q "${town[@]}" --services "$work/services.csv" --type kind --overwrite -o "$work/t.csv")
    for ending in xlsx ods; do
        for table in services people costs homes marks regions; do
            ogr2ogr -oo AUTODETECT_TYPE=YES "$work/$table.$ending" "$work/$table.csv"
        done
        done_with coverage -q "${town[@]}" --services "$work/services.$ending" --type kind --measures count -o "$work/$ending.csv"
        [ "$(sum_of "$work/$ending.csv" food_bank_count)" -gt 0 ]
        part=sharedStrings
        [ $ending = xlsx ] || part=content.xml
        for how in cut spoilt; do
            damage "$work/services.$ending" "$work/bad.$ending" $part $how
            refused 1 "bad.$ending: cannot be read to its end: XML parsing of" \
                coverage -q "${town[@]}" --services "$work/bad.$ending" --type kind
            says "^hint: is the file complete\?"
        done
        damage "$work/services.$ending" "$work/bad.$ending" $part altered
        refused 1 "bad.$ending: " coverage -q "${town[@]}" --services "$work/bad.$ending" --type kind
        for table in people costs homes marks regions; do
            damage "$work/$table.$ending" "$work/$table.bad.$ending" $part cut
        done
        refused 1 "people.bad.$ending: cannot be read to its end" "${given[@]}" --join "$work/people.bad.$ending"
        refused 1 "homes.bad.$ending: cannot be read to its end" "${given[@]}" --demand "$work/homes.bad.$ending" --demand-population residents
        refused 1 "regions.bad.$ending: cannot be read to its end" "${given[@]}" --regions "$work/regions.bad.$ending"
        refused 1 "marks.bad.$ending: cannot be read to its end" "${given[@]}" --benchmark "$work/marks.bad.$ending"
        refused 1 "costs.bad.$ending: cannot be read to its end" coverage -q "${town[@]}" "${shops[@]}" --type kind --service-id id \
            --demand "$work/homes.csv" --demand-population residents --demand-id id --costs "$work/costs.bad.$ending"
    done
    damage "$work/services.xlsx" "$work/bad.xlsx" worksheets cut
    refused 1 "bad.xlsx: cannot be read to its end: XML parsing of" coverage -q "${town[@]}" --services "$work/bad.xlsx" --type kind
}

@test "damaged: what GDAL complains of in a workbook that is whole is no error" {
    need ogr2ogr
    make_town
    ogr2ogr -oo AUTODETECT_TYPE=YES "$work/s.xlsx" "$work/services.csv"
    damage "$work/s.xlsx" "$work/unnumbered.xlsx" worksheets unnumbered # "Invalid row: 0", and every row is read
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/plain.csv"
    done_with coverage -q "${town[@]}" --services "$work/unnumbered.xlsx" --type kind --measures count -o "$work/t.csv"
    cmp "$work/plain.csv" "$work/t.csv"
    sed 's/,note$/,note,sum/; 2,$s/$/,of:=HYPERLINK(3)/' "$work/services.csv" >"$work/f.csv"
    ogr2ogr -oo AUTODETECT_TYPE=YES "$work/f.ods" "$work/f.csv" # a formula that GDAL does not know
    done_with coverage -q "${town[@]}" --services "$work/f.ods" --type kind --measures count -o "$work/f.out.csv"
    cmp "$work/plain.csv" "$work/f.out.csv"
    damage "$work/s.xlsx" "$work/far.xlsx" worksheets far # "Too big gap", and every row is read
    done_with coverage -q "${town[@]}" --services "$work/far.xlsx" --type kind --measures count -o "$work/far.csv"
    cmp "$work/plain.csv" "$work/far.csv"
    quiet_about "rows may be missing"
    # here GDAL stops at them
    ogr2ogr -oo AUTODETECT_TYPE=YES "$work/s.ods" "$work/services.csv"
    damage "$work/s.ods" "$work/gap.ods" content.xml gap
    try check -q "${town[@]}" --services "$work/gap.ods" --type kind
    says "gap.ods: rows may be missing: .*number-rows-repeated = 60000"
    says "^hint: compare the number of records"
}

@test "damaged: a workbook that is too much when unpacked is refused, whatever it says of its size" {
    need ogr2ogr
    make_town
    for ending in xlsx ods; do
        part=sharedStrings.xml
        [ $ending = xlsx ] || part=content.xml
        ogr2ogr -oo AUTODETECT_TYPE=YES "$work/s.$ending" "$work/services.csv"
        for how in swollen lying; do
            damage "$work/s.$ending" "$work/$how.$ending" $part $how
            refused 1 "$how.$ending: 0\.[0-9]+ MB, which are more than 67 MB when unpacked; it is not opened" \
                coverage -q "${town[@]}" --services "$work/$how.$ending" --type kind
            says "^hint: save the sheet that is meant as CSV"
        done
    done
    python3 -c '
import random, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        new.writestr(name, old.read(name))
    for i in range(10001):
        new.writestr(f"xl/media/{i}", "")' "$work/s.xlsx" "$work/many.xlsx"
    refused 1 "many.xlsx: holds more than 10000 files; it is not opened" coverage -q "${town[@]}" --services "$work/many.xlsx" --type kind
    # a large one that is honest
    { cat "$work/services.csv"; python3 -c '
import random
random.seed(7)
for i in range(8000):
    print(f"x{i},Food Bank,Hope {random.random()},{-80 + random.random() * 0.03},{43 + random.random() * 0.02},1,,,{random.random()}")'; } >"$work/large.csv"
    ogr2ogr -oo AUTODETECT_TYPE=YES "$work/large.xlsx" "$work/large.csv"
    [ "$(stat -c %s "$work/large.xlsx")" -gt 100000 ]
    done_with coverage "${town[@]}" --services "$work/large.xlsx" --type kind --measures count -o "$work/t.csv"
    says "80[0-9][0-9] records read"
}

# cut_fgb FROM TO RECORDS: a FlatGeobuf file without an index, cut off behind so many records.
cut_fgb() {
    python3 -B -c '
import struct, sys
data = open(sys.argv[1], "rb").read()
end = 12 + struct.unpack("<I", data[8:12])[0]
for _ in range(int(sys.argv[3])):
    end += 4 + struct.unpack("<I", data[end:end + 4])[0]
assert end < len(data)
open(sys.argv[2], "wb").write(data[:end])' "$@"
}

@test "damaged: a FlatGeobuf file that ends between two records is an error, whatever it holds" {
    need ogr2ogr
    make_town
    places=(-oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat -oo AUTODETECT_TYPE=YES -a_srs EPSG:4326)
    printf 'WKT,region\n"POLYGON((-80 43,-79.98 43,-79.98 43.02,-80 43.02,-80 43))",West\n"POLYGON((-79.98 43,-79.96 43,-79.96 43.02,-79.98 43.02,-79.98 43))",East\n' >"$work/r.csv"
    printf 'WKT,name\n"LINESTRING(-80 43.01,-79.98 43.01)",a\n"LINESTRING(-79.98 43.01,-79.96 43.01)",b\n' >"$work/l.csv"
    ogr2ogr -q -lco SPATIAL_INDEX=NO "$work/areas.fgb" "$work/areas.geojson"
    ogr2ogr -q -lco SPATIAL_INDEX=NO "${places[@]}" "$work/s.fgb" "$work/services.csv" -sql "SELECT * FROM services WHERE lon <> ''"
    ogr2ogr -q -lco SPATIAL_INDEX=NO "${places[@]}" "$work/d.fgb" "$work/demand.csv" -sql "SELECT * FROM demand WHERE lon <> ''"
    ogr2ogr -q -lco SPATIAL_INDEX=NO -a_srs EPSG:4326 "$work/r.fgb" "$work/r.csv"
    ogr2ogr -q -lco SPATIAL_INDEX=NO -a_srs EPSG:4326 "$work/l.fgb" "$work/l.csv"
    whole=(coverage -q --areas "$work/areas.fgb" --area-id code --services "$work/s.fgb" --type kind --measures count,within)
    done_with "${whole[@]}" --demand "$work/d.fgb" --demand-population residents --regions "$work/r.fgb" -o "$work/whole.csv"
    for file in areas s d r l; do
        cut_fgb "$work/$file.fgb" "$work/$file.cut.fgb" 1
    done
    refused 1 "areas.cut.fgb: ends after 1 of 5 records" coverage -q --areas "$work/areas.cut.fgb" --area-id code "${shops[@]}" --type kind
    says "^hint: is the file complete\?"
    refused 1 "areas.cut.fgb: ends after 1 of 5 records" check -q --areas "$work/areas.cut.fgb" --area-id code --areas-where "code = 'A'"
    refused 1 "areas.cut.fgb: ends after 1 of 5 records" map --layer "$work/areas.cut.fgb" --field people -o "$work/m.png"
    refused 1 "s.cut.fgb: ends after 1 of [0-9]+ records" coverage -q "${town[@]}" --services "$work/s.cut.fgb" --type kind # in batches
    refused 1 "s.cut.fgb: ends after 1 of [0-9]+ records" coverage -q "${town[@]}" --services "$work/s.cut.fgb" --type kind --service-id id
    refused 1 "d.cut.fgb: ends after 1 of [0-9]+ records" "${whole[@]}" --demand "$work/d.cut.fgb" --demand-population residents
    refused 1 "r.cut.fgb: ends after 1 of 2 records" "${whole[@]}" --regions "$work/r.cut.fgb"
    refused 1 "l.cut.fgb: ends after 1 of 2 records" map --layer "$work/areas.fgb" --field people --streets "$work/l.cut.fgb" -o "$work/m.png"
    refused 1 "l.cut.fgb: ends after 1 of 2 records" "${whole[@]}" --demand "$work/d.fgb" --demand-population residents --streets "$work/l.cut.fgb"
    # within the index, which is before the records
    ogr2ogr -q "$work/indexed.fgb" "$work/areas.geojson"
    done_with check -q --areas "$work/indexed.fgb" --area-id code
    python3 -c '
import struct, sys
data = open(sys.argv[1], "rb").read()
open(sys.argv[2], "wb").write(data[:12 + struct.unpack("<I", data[8:12])[0] + 50])' "$work/indexed.fgb" "$work/index.cut.fgb"
    refused 1 "index.cut.fgb: " check -q --areas "$work/index.cut.fgb" --area-id code
    # fewer by a condition is no fault
    done_with check -q --areas "$work/areas.fgb" --area-id code --areas-where "code = 'A'"
}

@test "damaged: a MapInfo file with more rows in its .mid than records in its .mif is an error" {
    need ogr2ogr
    make_town
    ogr2ogr -q -f 'MapInfo File' "$work/a.mif" "$work/areas.geojson" 2>/dev/null
    done_with check -q --areas "$work/a.mif" --area-id code
    python3 -c '
import sys
text = open(sys.argv[1], encoding="latin-1").read()
at = text.rindex("Region")
open(sys.argv[1], "w", encoding="latin-1").write(text[:at])' "$work/a.mif"
    refused 1 "a.mif: 4 records can be read \(.mif\), but 5 have attributes \(.mid\)" check -q --areas "$work/a.mif" --area-id code
    says "^hint: .*get .mif and .mid together again"
}

@test "damaged: a file that may not be read, or a part of it, is said to be so" {
    [ "$(id -u)" -ne 0 ] || command -v setpriv >/dev/null || skip "root may do everything, and setpriv is not here"
    need ogr2ogr
    make_town
    open="$(mktemp -d "${TMPDIR:-/tmp}/servicegap-open.XXXXXX")" # the folder of the tests is the user's own
    cp "$work/areas.geojson" "$open"
    ogr2ogr -q "$open/a.shp" "$work/areas.geojson" 2>/dev/null
    chmod 755 "$open"
    as_nobody=()
    [ "$(id -u)" -ne 0 ] || as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    "${as_nobody[@]}" test -r "$open/areas.geojson" -a -x "$program" || skip "another user cannot come to $open and the program"
    for file in areas.geojson a.shp a.dbf a.shx; do
        chmod 000 "$open/$file"
        layer="$open/$file"
        [ "${file%.*}" != a ] || layer="$open/a.shp"
        run --separate-stderr "${as_nobody[@]}" timeout 60 "$program" check -q --areas "$layer"
        [ "$status" -eq 1 ]
        says "error: .*$file: cannot be opened: Permission denied"
        says "^hint: check the path and the permissions"
        chmod 644 "$open/$file"
    done
    (cd "$open" && python3 -m zipfile -c a.zip areas.geojson)
    chmod 000 "$open/a.zip"
    for path in "$open/a.zip" "/vsizip/$open/a.zip/areas.geojson"; do
        run --separate-stderr "${as_nobody[@]}" timeout 60 "$program" check -q --areas "$path"
        [ "$status" -eq 1 ]
        says "error: .*a.zip: cannot be opened: Permission denied"
    done
}
