"""Opens the layers of a run in QGIS, without a screen, and holds them against coverage.csv.

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 check_layers.py FOLDER [AREAS [EPSG]]

FOLDER holds coverage.gpkg, coverage.shp, coverage.fields.csv and coverage.csv of one `servicegap run`. AREAS is the number of
areas (54), EPSG their coordinate reference system (4326). Prints what it saw; ends with 1 and every complaint if one is wrong.
"""
import csv
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import QgsApplication, QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes  # noqa: E402

complaints = []


def expect(is_so, *what):
    if not is_so:
        complaints.append(" ".join(str(part) for part in what))


def open_layer(uri, name, epsg):
    layer = QgsVectorLayer(uri, name, "ogr")
    expect(layer.isValid(), name, "is not valid")
    if layer.isValid():
        expect(layer.crs().authid() == "EPSG:%s" % epsg, name, "has CRS", layer.crs().authid() or "none")
    return layer


def is_missing(value):
    return value is None or (hasattr(value, "isNull") and value.isNull())


def compare_values(layer, rows, id_field, names, loose):
    """Every cell of the layer against the table; names: field of the layer -> column of the table."""
    compared = 0
    for feature in layer.getFeatures():
        row = rows.get(feature[id_field])
        expect(row is not None, layer.name(), "has an area that the table has not:", feature[id_field])
        for field, column in names.items():
            value, text = feature[field], "" if row is None else row[column]
            if is_missing(value) or value == "":
                expect(text == "", layer.name(), feature[id_field], field, "is missing, the table has", text)
            elif isinstance(value, str):
                expect(value == text, layer.name(), feature[id_field], field, value, "is not", text)
            else:
                expect(text != "" and abs(float(text) - value) <= loose * max(1, abs(value)),
                       layer.name(), feature[id_field], field, value, "is not", text)
            compared += 1
        expect(feature.hasGeometry() and feature.geometry().isGeosValid(), layer.name(), feature[id_field], "has a bad outline")
    return compared


def check_geopackage(folder, rows, areas, epsg):
    path = os.path.join(folder, "coverage.gpkg")
    whole = QgsVectorLayer(path, "all", "ogr")
    found = {part.split("!!::!!")[1] for part in whole.dataProvider().subLayers()}
    expect({"coverage", "sites", "regions", "rejected"} <= found, "coverage.gpkg has the layers", sorted(found))
    kinds = {"coverage": QgsWkbTypes.MultiPolygon, "regions": QgsWkbTypes.MultiPolygon,
             "sites": QgsWkbTypes.Point, "rejected": QgsWkbTypes.Point}
    for name, kind in kinds.items():
        layer = open_layer("%s|layername=%s" % (path, name), name, epsg)
        if not layer.isValid():
            continue
        expect(layer.wkbType() == kind, name, "is of type", QgsWkbTypes.displayString(layer.wkbType()))
        expect(layer.featureCount() > 0, name, "is empty")
        expect(sum(1 for _ in layer.getFeatures()) == layer.featureCount(), name, "counts", layer.featureCount())
        print("%-9s %4d features, %s, %s" % (name, layer.featureCount(), QgsWkbTypes.displayString(layer.wkbType()), layer.crs().authid()))
        if name != "coverage":
            continue
        expect(layer.featureCount() == areas, "coverage has", layer.featureCount(), "features")
        columns = list(next(iter(rows.values())))
        fields = [field.name() for field in layer.fields() if field.name() != "fid"]
        expect(fields == columns, "coverage's fields are not the table's columns")
        print("%-9s %d cells equal to coverage.csv" % ("", compare_values(layer, rows, "area_id", {f: f for f in fields if f in columns}, 1e-12)))
        if os.environ.get("SERVICEGAP_ALIASES", "yes") == "yes":
            check_aliases(layer, fields)


def check_aliases(layer, fields):
    """Fields carry their titles, as QGIS shows them in forms, tables and legends."""
    without = [field for field in fields if not layer.attributeAlias(layer.fields().indexOf(field))]
    expect(not without, "%d of %d fields have no alias: %s ..." % (len(without), len(fields), ", ".join(without[:4])))
    alias = layer.attributeAlias(layer.fields().indexOf("lan_within_pct"))
    expect("Language Training" in alias, "the alias of lan_within_pct is", repr(alias))
    print("%-9s lan_within_pct is called %r" % ("", alias))


def check_shapefile(folder, rows, areas, epsg):
    layer = open_layer(os.path.join(folder, "coverage.shp"), "coverage.shp", epsg)
    if not layer.isValid():
        return
    expect(layer.featureCount() == areas, "coverage.shp has", layer.featureCount(), "features")
    expect(layer.geometryType() == QgsWkbTypes.PolygonGeometry, "coverage.shp holds no polygons")
    expect(layer.dataProvider().encoding().upper() == "UTF-8", "coverage.shp is read as", layer.dataProvider().encoding())
    with open(os.path.join(folder, "coverage.fields.csv"), encoding="utf-8", newline="") as file:
        names = {row["short_name"]: row["long_name"] for row in csv.DictReader(file)}
    fields = [field.name() for field in layer.fields()]
    expect(fields == list(names), "coverage.shp's fields are not those of coverage.fields.csv")
    expect({"AREA_ID", "NAME", "GAP_INDEX", "LAN_W", "LAN_NP90"} <= set(fields), "coverage.shp's fields are", fields[:20])
    print("shapefile %4d features, %d cells equal to coverage.csv" % (
        layer.featureCount(), compare_values(layer, rows, "AREA_ID", {k: v for k, v in names.items() if k in fields}, 1e-6)))


def main(folder, areas="54", epsg="4326"):
    app = QgsApplication([], False)
    app.initQgis()
    expect("ogr" in QgsProviderRegistry.instance().providerList(), "this QGIS has no OGR provider")
    with open(os.path.join(folder, "coverage.csv"), encoding="utf-8", newline="") as file:
        rows = {row["area_id"]: row for row in csv.DictReader(file)}
    check_geopackage(folder, rows, int(areas), epsg)
    check_shapefile(folder, rows, int(areas), epsg)
    for complaint in complaints[:30]:
        print("wrong: " + complaint, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    # QGIS may crash while it takes itself apart; the answer is known by then
    os._exit(1 if complaints else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
