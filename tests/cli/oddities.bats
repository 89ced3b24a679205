#!/usr/bin/env bats
# One outcome for every broken or messy file of the shared real data, and for every oddity that its README lists. Expected numbers are
# the README's, which were read with ogrinfo; tests/read/test_real_broken.c and test_real_formats.c look closer at many of them.

load helpers

setup_data() {
    need_geodata broken
    need_geodata toronto
    toronto="$geodata/toronto"
    hoods=(--areas "$toronto/boundaries/neighbourhoods_158_4326.geojson" --area-id AREA_SHORT_CODE)
    libraries=(--services "$toronto/services/gta_libraries.geojson" --type-value library)
    quick=(--measures count -o "$work/t.csv" --overwrite)
}

# services OUTSIDE... : "FILE|options|pattern" lines; each is counted in the 158 areas.
each_services() {
    while IFS='|' read -r file options pattern; do
        [ -n "$file" ] || continue
        # shellcheck disable=SC2086
        try coverage "${hoods[@]}" --services "$geodata/$file" $options "${quick[@]}"
        [ "$status" -eq 0 ] || tell "$file: status $status"
        says "$pattern"
    done
}

each_refused() {
    while IFS='|' read -r what file options pattern; do
        [ -n "$what" ] || continue
        if [ "$what" = areas ]; then
            # shellcheck disable=SC2086
            try coverage --areas "$geodata/$file" $options "${libraries[@]}" "${quick[@]}"
        else
            # shellcheck disable=SC2086
            try coverage "${hoods[@]}" --services "$geodata/$file" $options "${quick[@]}"
        fi
        [ "$status" -eq 1 ] || tell "$file: status $status"
        says "^servicegap: error: .*$pattern"
        says '^hint: '
    done
}

each_areas() {
    while IFS='|' read -r file options pattern; do
        [ -n "$file" ] || continue
        # shellcheck disable=SC2086
        try coverage --areas "$geodata/$file" $options "${libraries[@]}" "${quick[@]}"
        [ "$status" -eq 0 ] || tell "$file: status $status"
        says "$pattern"
    done
}

@test "oddities: broken areas are refused with the reason and what to do" {
    setup_data
    each_refused <<'T'
areas|broken/bowtie.json||not a polygon
areas|broken/mixed_feature.json||is a Multi Point, not a polygon
areas|broken/invalid_json_sample.json||cannot be read as a layer
areas|broken/invalid_json_sample1.json||are not longitudes and latitudes
areas|broken/ogc_ex11.geojson||lies in any area
areas|broken/ogc_ex12.geojson||lies in any area
areas|broken/openring.json||lies in any area
areas|broken/curvepolygon.gpkg||lies in any area
areas|broken/mixed_crs.gpkg||lies in any area
areas|broken/null_crs_gdal.gpkg||lies in any area
areas|broken/six_counties_three_null.json||lies in any area
areas|broken/gauss_kruger_no_dbf/gauss_kruger.shp||gauss_kruger.shp: cannot be read
areas|broken/latin1_no_shx/latin1.shp||latin1.shp: cannot be read
areas|broken/latin1_shp/latin1-property.shp||is a Point, not a polygon
areas|broken/three_points/three_points.shp||is a Point, not a polygon
areas|broken/empty_zipfile.zip||no layer or table in this archive
areas|broken/wkt.csv||a table without geometry
areas|broken/test_gpkg_nulls.gpkg||test_gpkg_nulls.gpkg
areas|broken/gdal_ids_0_1_null_1_null.json|--area-id id|record 3: the area has no id
areas|toronto/boundaries/non-residential-mask.geojson|--areas-where FID<0|no areas
areas|reference/columbus.shp||lies in any area
areas|reference/stl_hom.shp||lies in any area
areas|porto_alegre/poa_osm.pbf||is a Point, not a polygon
T
}

@test "oddities: broken services are refused, or every record gets its reason" {
    setup_data
    each_refused <<'T'
services|broken/big5_shp/big5.shp|--type-value x|are not longitudes and latitudes
services|broken/latin1_shp/latin1-property.shp|--type-value x|none of its 1 records lies in any area
services|broken/latin1_shp/latin1-property.json|--type-value x|none of its 1 records lies in any area
services|broken/corrupt_too_long/corrupt_too_long.shp|--type-value x|corrupt_too_long.shp
services|broken/invalid_coords/invalid_coordinates.json|--type-value x|none of its 1 records has a place
services|broken/invalid_coords/invalid_coordinates.shp|--type-value x|none of its 1 records has a place
services|broken/gdal_header_with_line_break.csv|--type-value x|no columns that look like longitude and latitude among Column one
services|broken/gdal_unbalanced_double_quotes.csv|--type-value x|no columns that look like longitude and latitude among id, txt
services|broken/utf8_bom.csv.gz|--type-value x|no columns that look like longitude and latitude among election_dt
services|broken/wkt.csv|--type-value x|none of its 3 records lies in any area
services|toronto/messy/red_light_cameras_R_geometry.csv|--type-value x|R source
services|toronto/services/licensed_child_care_2024.csv|--type AUSPICE|Python
services|toronto/services/vz_challenge_2018/pharmacies.csv|--type-value x|among ID, ADDRESS_OR_INTERSECTION, POSTAL_CODE, GC_LONGITUDE, GC_LATITUDE
services|toronto/services/vz_challenge_2018/school_master.geojson|--type TYPE|none of its 1327 records lies in any area
services|porto_alegre/poa_points_of_interest.csv|--type-value x|they span x -51.2409 to -51.1624, y -30.0649
T
    says "columns 'lon' and 'lat' are taken as longitude and latitude" # latitude comes first in that file
    refused 1 'none of its 1327 records' coverage "${hoods[@]}" --services "$toronto/services/vz_challenge_2018/school_master.geojson" --type TYPE
    says "try --lon LONGITUDE --lat LATITUDE"
    # a table joined: the quote that swallows a row is said
    done_with coverage "${hoods[@]}" "${libraries[@]}" --join "$geodata/broken/gdal_unbalanced_double_quotes.csv" --join-key id "${quick[@]}"
    says 'gdal_unbalanced_double_quotes.csv: 1 row has a quote mark that is not closed'
    # and headings with line breaks are found all the same
    refused 1 "field 'Column with b'" coverage "${hoods[@]}" "${libraries[@]}" --need 'Column with b' \
        --join "$geodata/broken/gdal_header_with_line_break.csv" --join-key "Column one" "${quick[@]}"
}

@test "oddities: Toronto's services, whatever is wrong with them, are accounted for" {
    setup_data
    each_services <<'T'
toronto/services/gta_libraries.geojson|--type-value x|170 records read = 101 in the areas \+ 69 outside \+ 0 rejected
toronto/services/gta_recreation_centres.geojson|--type Type|280 records read = 172 in the areas
toronto/services/gta_shelters_and_housing.geojson|--type Type|888 records read = .*\+ 1 rejected \(1 no coordinates\)
toronto/services/agency_spaces_SPRE_2021.geojson|--type C|1227 records read
toronto/services/leased_points.geojson|--type-value x|266 records read = .*9 rejected \(9 at 0, 0\)
toronto/services/tpl_branches.geojson|--type ServiceTier|101 records read = 100 in the areas \+ 0 outside \+ 1 rejected \(1 no coordinates\)
toronto/services/outdoor_rinks.geojson|--type-value x|56 records read = 56 in the areas
toronto/services/supermarkets.geojson|--type-value x|233 records read = 233 in the areas
toronto/services/vz_challenge_2018/refugee_services_211.csv|--type-value x|234 records read
toronto/services/vz_challenge_2018/refugee_services_211.geojson|--type-value x|234 records read
toronto/services/vz_challenge_2018/refugee_services_211.zip|--type-value x|234 records read
toronto/services/vz_challenge_2018/school_master.csv|--type school_board|1327 records read
toronto/services/vz_challenge_2018/school_master.zip|--type-value x|the layer says no coordinate reference system
toronto/services/vz_challenge_2018/opendata_faith.csv|--type-value x|1407 records read = 1407 in the areas
toronto/services/vz_challenge_2018/pharmacies.csv|--type-value x --lon GC_LONGITUDE --lat GC_LATITUDE|542 records read = 540 in the areas \+ 2 outside
toronto/services/vz_challenge_2018/senior_facilities.zip|--type-value x|157 records read
toronto/services/vz_challenge_2018/disability_centres.geojson|--type Type|142 records read
toronto/services/vz_challenge_2018/housing_shelters_211.csv|--type-value x|24 records read
toronto/services/vz_challenge_2018/walk_in_clinics.zip|--type-value x|97 records read
toronto/services/vz_challenge_2018/TTC_stops.zip|--type-value x|10025 records read = .*91 rejected \(91 no coordinates\)
T
    done_with check -q "${hoods[@]}" --services "$toronto/services/vz_challenge_2018/housing_shelters_211.csv" --type-value x
    grep -Eq 'used more than once +2, by 4 records' <<<"$output" # one of the two points is a geocoder's "Toronto"
    done_with check -q "${hoods[@]}" --services "$toronto/services/vz_challenge_2018/walk_in_clinics.zip" --type-value x
    grep -q 'NAD83 (EPSG:4269), as the file says' <<<"$output" || grep -q 'NAD83 (EPSG:4269)' <<<"$output"
    done_with check -q --json "${hoods[@]}" --services "$toronto/services/agency_spaces_SPRE_2021.geojson" --type C
    [ "$(python3 -c 'import json, sys; p = json.load(sys.stdin)["points"]; print(p["records_on_them"] - p["used_more_than_once"], p["most_used"]["records"])' <<<"$output")" = "339 23" ]
    done_with check -q --json "${hoods[@]}" --services "$toronto/services/gta_recreation_centres.geojson" --type Type
    [ "$(python3 -c 'import json, sys; print(sorted(t["places"] for t in json.load(sys.stdin)["types"]))' <<<"$output")" = "[24, 70, 186]" ]
}

@test "oddities: boundaries and tracts: ids, mixed types, invalid outlines, numbers as text, archives, other CRSs" {
    setup_data
    each_areas <<'T'
toronto/boundaries/neighbourhoods_158_4326.geojson|--area-id AREA_SHORT_CODE|158 areas
toronto/boundaries/neighbourhoods_140_4326.geojson|--area-id AREA_SHORT_CODE|140 areas
toronto/boundaries/neighbourhoods_140_2020_layout.geojson|--area-id AREA_SHORT_CODE|140 areas
toronto/boundaries/neighbourhoods_140_named_only.geojson||140 areas
toronto/boundaries/former_municipalities_6.geojson||6 areas
toronto/boundaries/wards_2018/WARD_WGS84.shp|--area-id AREA_S_CD|25 areas
toronto/boundaries/wards_2010/icitw_wgs84.shp|--area-id SCODE_NAME|44 areas
toronto/boundaries/toronto_boundary.geojson||1 area
toronto/boundaries/gta_municipalities_lower_tier.geojson|--area-id CSDUID|14 areas
toronto/boundaries/toronto_census_tract_2021.zip|--area-id ctuid|585 areas, NAD83 / UTM zone 17N
toronto/boundaries/statcan_2021_toronto_ada.geojson|--area-id ADAUID|279 areas
toronto/boundaries/non-residential-mask.geojson||831 areas
toronto/profiles/ct_2021_immigrant_low_income.geojson|--population Pop --need LIn%|583 areas
toronto/profiles/ct_income_2020.geojson||585 areas
toronto/profiles/ct-data-all.geojson|--area-id ctuid --need 1-ParentFam%|1065 areas
toronto/services/outdoor_rinks_voronoi.geojson||69 areas
T
    # the six have ids of their own; the codes stay as they are written
    done_with coverage -q "${hoods[@]}" "${libraries[@]}" "${quick[@]}"
    [ "$(cell "$work/t.csv" 001 area_name)" = "West Humber-Clairville" ]
    # 21 invalid outlines, two empty numbers that are missing and not 0, numbers as text
    done_with check -q --json --areas "$toronto/profiles/ct_income_2020.geojson" "${libraries[@]}"
    [ "$(python3 -c 'import json, sys; print(json.load(sys.stdin)["areas"]["repaired"])' <<<"$output")" = 21 ]
    # an area in another's CRS: 585 tracts, 2 of them repaired, every library of the city in one
    done_with coverage "${libraries[@]}" --areas "$toronto/boundaries/toronto_census_tract_2021.zip" --area-id ctuid \
        --join "/vsizip/$toronto/boundaries/toronto_census_tract_2021.zip/census_tract_data_sample.csv" --join-key ctuid "${quick[@]}"
    says '585 of 585 areas'
    done_with coverage "${libraries[@]}" --areas "$toronto/boundaries/statcan_2021_toronto_ada.geojson" --area-id ADAUID \
        --join "$toronto/profiles/statcan_2021_ada_profile.csv" --population "statcan_2021_ada_profile.csv > population_18plus" "${quick[@]}" || true
    says '279 of 279 areas' || tell "the ADA profile"
}

@test "oddities: other cities: spaces in names, accents, ids of eleven digits, many rows to one area, two columns of one name" {
    setup_data
    need_geodata ottawa
    done_with coverage --areas "$geodata/london_ontario/Electoral Wards 2018.shp" --services "$toronto/services/gta_libraries.geojson" \
        --type-value x --measures count,nearest_m 2>/dev/null || [ "$status" -eq 1 ]
    says '14 areas, NAD83 / UTM zone 17N'
    plain=(--areas "$geodata/ottawa/ons_neighbourhoods.geojson" --area-id ONS_ID --services "$toronto/services/gta_libraries.geojson" --type-value x)
    refused 1 "rows .* are both of the area" coverage "${plain[@]}" --join "$geodata/ottawa/db_to_ons.csv" --join-key ONS_ID
    refused 1 "nothing under 'DBUID' is an area: '35061133011'" coverage "${plain[@]}" --join "$geodata/ottawa/ottawa_db_pops_2016.csv" --join-key DBUID
    refused 1 "no column and no row 'Geographic area code'" coverage "${hoods[@]}" "${libraries[@]}" \
        --join "$geodata/reference/calempdensity.csv" --join-key "Geographic area code"
    # OpenStreetMap: the layer is named
    try coverage --areas "$geodata/porto_alegre/poa_osm.pbf" --areas-layer multipolygons --services "$geodata/porto_alegre/poa_points_of_interest.csv" \
        --type-value x --measures count
    says '102 areas'
}

@test "oddities: street files: blank classes, lines on lines, a degenerate part, a null line" {
    setup_data
    for file in bt_segments cycling-network-4326 ttc_bus_paths transitLines-toronto; do
        done_with map -q --layer "$toronto/boundaries/former_municipalities_6.geojson" --field AREA_NAME \
            --streets "$toronto/streets/$file.geojson" --dpi 40 -o "$work/$file.png"
    done
}
