"""The whole job with geopandas, as an analyst writes it: areas and services in, counts by type and a rate out as a
shapefile, one map as PNG. Prints the seconds from start to end, imports included.

Usage: bench_job.py AREAS SERVICES.csv FOLDER

Breaks are mapclassify's Fisher-Jenks where it is installed (of a sample of 1,000 values: the exact one takes minutes on
57,000), else quantiles by numpy, which is quicker.
"""
import sys
import time

start = time.perf_counter()
import geopandas
import matplotlib
import numpy
import pandas

matplotlib.use("Agg")
import matplotlib.pyplot

areas_path, services_path, folder = sys.argv[1:]
areas = geopandas.read_file(areas_path)
table = pandas.read_csv(services_path, usecols=["type", "lon", "lat"])
services = geopandas.GeoDataFrame(
    table[["type"]], geometry=geopandas.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326"
)
joined = geopandas.sjoin(services, areas[["area_id", "geometry"]], predicate="within")
counts = pandas.crosstab(joined["area_id"], joined["type"])
result = areas.merge(counts, how="left", left_on="area_id", right_index=True)
result[counts.columns] = result[counts.columns].fillna(0)
result["all"] = result[counts.columns].sum(axis=1)
result["per_10k"] = 10000 * result["all"] / result["population"].where(result["population"] > 0)
values = result["per_10k"].dropna().to_numpy()
try:
    from mapclassify import FisherJenksSampled

    breaks = FisherJenksSampled(values, k=5, pct=min(1, 1000 / len(values))).bins[:-1]
except ImportError:
    breaks = numpy.quantile(values, [0.2, 0.4, 0.6, 0.8])
result["class"] = numpy.searchsorted(breaks, result["per_10k"])
figure, axes = matplotlib.pyplot.subplots(figsize=(16, 12), dpi=100)
result.plot(column="class", cmap="Blues", edgecolor="white", linewidth=0.4, ax=axes)
axes.set_axis_off()
figure.savefig(folder + "/geopandas.png")
result.to_file(folder + "/geopandas.shp")
print(f"{time.perf_counter() - start:.3f}")
