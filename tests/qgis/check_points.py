"""The looks that a run gives its services, in a real QGIS without a screen: each is drawn once, in the colour of its type.

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 check_points.py COVERAGE.gpkg TAXONOMY.yaml

By QML, with which the GeoPackage opens, and by SLD. The other layers must have a look for everything in them, too.
"""
import os
import re
import sqlite3
import sys
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import QgsApplication, QgsRenderContext, QgsVectorLayer  # noqa: E402

complaints = []


def expect(is_so, *what):
    if not is_so:
        complaints.append(" ".join(str(part) for part in what))


def symbols_of(layer):
    """Every feature with the symbols that the layer's renderer has for it, and their class names."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    context.expressionContext().appendScope(layer.createExpressionContextScope())
    renderer.startRender(context, layer.fields())
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        yield feature, [symbol.clone() for symbol in renderer.symbolsForFeature(feature, context)]
    renderer.stopRender(context)


def main(package, taxonomy):
    app = QgsApplication([], False)
    app.initQgis()
    with open(taxonomy, encoding="utf-8") as file:
        colours = {code: colour.lower() for code, colour in re.findall(r'code: (\w+),.*?colour: "(#\w+)"', file.read())}
    db = sqlite3.connect(package)
    styles = dict(db.execute("SELECT f_table_name, styleSLD FROM layer_styles WHERE useAsDefault"))
    counts = {}
    for name, sld in sorted(styles.items()):
        layer = QgsVectorLayer(package + "|layername=" + name, name, "ogr")
        expect(layer.renderer().type() == "RuleRenderer", name, "opens with a", layer.renderer().type())
        with tempfile.NamedTemporaryFile("w", suffix=".sld", encoding="utf-8") as file:
            file.write(sld)
            file.flush()
            other = QgsVectorLayer(package + "|layername=" + name, name, "ogr")
            message, is_read = other.loadSldStyle(file.name)
            expect(is_read, name + ": the SLD cannot be read:", message)
            # the rule for all others comes last, and is asked of every feature
            has_else = "<ElseFilter" in sld and sld.count("<Rule>") > 1
            by_sld = {feature.id(): symbols[: max(1, len(symbols) - has_else)] for feature, symbols in symbols_of(other)}
        counts[name] = 0
        for feature, symbols in symbols_of(layer):
            counts[name] += 1
            expect(len(symbols) == 1, name, feature.id(), "has", len(symbols), "symbols")
            expect(len(by_sld[feature.id()]) == 1, name, feature.id(), "has", len(by_sld[feature.id()]), "symbols by the SLD")
            if name == "sites" and symbols:
                wanted = colours.get(feature["types"], "#212121")  # of several types
                found = symbols[0].symbolLayer(0).color().name()
                expect(found == wanted, "site", feature.id(), feature["types"], "is", found, "not", wanted)
    print(counts)
    for complaint in complaints[:20]:
        print(complaint)
    sys.stdout.flush()
    os._exit(1 if complaints else 0)


main(*sys.argv[1:])
