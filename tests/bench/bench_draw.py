"""A choropleth of five classes, 1600 x 1200 pixels, thin white borders, from file to PNG, by another renderer; to be
timed as a whole process beside `servicegap map`.

Usage: bench_draw.py mapnik|qgis|geopandas LAYER FIELD B1,B2,B3,B4 IMAGE
"""
import os
import sys

renderer, layer_path, field, breaks, image = sys.argv[1:]
breaks = [float(text) for text in breaks.split(",")]
SIZE = (1600, 1200)
COLOURS = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"]


def draw_with_mapnik():
    import mapnik

    bounds = [-1e300] + breaks + [1e300]
    rules = "".join(
        f"<Rule><Filter>([{field}] &gt;= {low!r}) and ([{field}] &lt; {high!r})</Filter>"
        f'<PolygonSymbolizer fill="{colour}"/><LineSymbolizer stroke="white" stroke-width="0.4"/></Rule>'
        for low, high, colour in zip(bounds, bounds[1:], COLOURS)
    )
    page = mapnik.Map(*SIZE)
    mapnik.load_map_from_string(
        page,
        f'<Map background-color="white"><Style name="s">{rules}</Style><Layer name="l"><StyleName>s</StyleName>'
        f'<Datasource><Parameter name="type">shape</Parameter><Parameter name="file">{layer_path}</Parameter>'
        "</Datasource></Layer></Map>",
    )
    page.zoom_all()
    mapnik.render_to_file(page, image, "png")


def draw_with_qgis():
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from qgis.core import (
        QgsApplication,
        QgsFillSymbol,
        QgsGraduatedSymbolRenderer,
        QgsMapRendererParallelJob,
        QgsMapSettings,
        QgsRendererRange,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QSize

    application = QgsApplication([], False)
    application.initQgis()
    layer = QgsVectorLayer(layer_path, "areas", "ogr")
    bounds = [-1e300] + breaks + [1e300]
    ranges = [
        QgsRendererRange(
            low,
            high,
            QgsFillSymbol.createSimple({"color": colour, "outline_color": "white", "outline_width": "0.1"}),
            "",
        )
        for low, high, colour in zip(bounds, bounds[1:], COLOURS)
    ]
    layer.setRenderer(QgsGraduatedSymbolRenderer(field, ranges))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(*SIZE))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(image)
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when it is taken down


def draw_with_geopandas():
    import geopandas
    import matplotlib
    import numpy

    matplotlib.use("Agg")
    import matplotlib.pyplot
    from matplotlib.colors import ListedColormap

    areas = geopandas.read_file(layer_path)
    areas["class"] = numpy.searchsorted(breaks, areas[field], side="right")
    figure, axes = matplotlib.pyplot.subplots(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
    areas.plot(column="class", cmap=ListedColormap(COLOURS), edgecolor="white", linewidth=0.4, ax=axes)
    axes.set_axis_off()
    figure.savefig(image)


{"mapnik": draw_with_mapnik, "qgis": draw_with_qgis, "geopandas": draw_with_geopandas}[renderer]()
