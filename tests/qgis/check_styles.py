"""The looks that a run gives its layers, in a real QGIS without a screen: QML, SLD and the printed map say the same.

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 check_styles.py FOLDER MAP.png EPSG

FOLDER holds coverage.gpkg, coverage.shp, .qml and .sld of a run; MAP.png is a map of its default style's field, drawn in the
CRS EPSG without labels. Every area must have one colour in all three styles; rendered in QGIS, each colour must cover the
share of the map that it covers in MAP.png (within 1.5 points).
"""
import collections
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QImage  # noqa: E402

complaints = []


def expect(is_so, *what):
    if not is_so:
        complaints.append(" ".join(str(part) for part in what))


def colours_of(layer, id_field):
    """Area id -> fill colour, by the layer's renderer."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    context.expressionContext().appendScope(layer.createExpressionContextScope())
    renderer.startRender(context, layer.fields())
    colours = {}
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        symbols = renderer.symbolsForFeature(feature, context)
        expect(len(symbols) == 1, layer.name(), "has", len(symbols), "symbols for", feature[id_field])
        colours[feature[id_field]] = symbols[0].symbolLayer(0).fillColor().name() if symbols else "#000000"
    renderer.stopRender(context)
    return colours


def shares(image, wanted):
    """What part of the pixels of any of the colours each covers."""
    counts = collections.Counter()
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            counts[image.pixel(x, y) & 0xFFFFFF] += 1
    found = {colour: counts[int(colour[1:], 16)] for colour in wanted}
    total = sum(found.values())
    return {colour: count / total if total else 0 for colour, count in found.items()}


def main(folder, map_path, epsg):
    app = QgsApplication([], False)
    app.initQgis()
    package = QgsVectorLayer(os.path.join(folder, "coverage.gpkg") + "|layername=coverage", "coverage", "ogr")
    shapes = QgsVectorLayer(os.path.join(folder, "coverage.shp"), "coverage.shp", "ogr")
    expect(package.renderer().type() == "RuleRenderer", "the GeoPackage opens with a", package.renderer().type())
    by_package = colours_of(package, "area_id")
    by_shape = colours_of(shapes, "AREA_ID")
    expect(by_package == by_shape, "the GeoPackage and the shapefile have different colours")
    message, is_read = shapes.loadSldStyle(os.path.join(folder, "coverage.sld"))
    expect(is_read, "the SLD cannot be read:", message)
    by_sld = colours_of(shapes, "AREA_ID")
    for area, colour in by_package.items():
        expect(by_sld[area] == colour, area, "is", by_sld[area], "by the SLD, not", colour)
    print("%d areas of %d colours, the same in the GeoPackage, the QML and the SLD" % (len(by_package), len(set(by_package.values()))))

    settings = QgsMapSettings()
    settings.setLayers([package])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:" + epsg))
    settings.setExtent(settings.layerExtentToOutputExtent(package, package.extent()))
    settings.setOutputSize(QSize(1400, 1000))
    settings.setFlag(QgsMapSettings.Antialiasing, False)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    wanted = sorted(set(by_package.values()))
    theirs, ours = shares(job.renderedImage(), wanted), shares(QImage(map_path), wanted)
    for colour in wanted:
        print("%s covers %.1f %% in QGIS, %.1f %% of the map" % (colour, 100 * theirs[colour], 100 * ours[colour]))
        expect(abs(theirs[colour] - ours[colour]) <= 0.015, colour, "covers", theirs[colour], "in QGIS,", ours[colour], "of the map")
    for complaint in complaints[:30]:
        print("wrong: " + complaint, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    # QGIS may crash while it takes itself apart; the answer is known by then
    os._exit(1 if complaints else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
