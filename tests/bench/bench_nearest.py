"""The searches of bench_nearest.c with scipy's cKDTree, one worker, on planar metres, and one type of the twelve with
geopandas where it is installed: prints the ratios of goal G4.

Usage: bench_nearest.py FOLDER   (where bench_nearest wrote demand.f64, services.f64 and nearest_ns.txt)
"""
import sys
import time

import numpy
from scipy.spatial import cKDTree

TYPES = 12

folder = sys.argv[1]
demand = numpy.fromfile(folder + "/demand.f64").reshape(-1, 2)
services = numpy.fromfile(folder + "/services.f64").reshape(TYPES, -1, 2)
with open(folder + "/nearest_ns.txt", encoding="ascii") as file:
    ours = float(file.read())

start = time.perf_counter()
trees = [cKDTree(points) for points in services]
total = sum(float(tree.query(demand)[0].sum()) for tree in trees)
seconds = time.perf_counter() - start
theirs = 1e9 * seconds / (len(demand) * TYPES)
ratio = theirs / ours
print(f"G4 {ours:.0f} ns/query, {ratio:.1f} x scipy cKDTree ({theirs:.0f} ns, planar; goal >= 4) "
      f"{'ok' if ratio >= 4 else 'MISSED'}")

try:
    import geopandas
except ImportError:
    print("   geopandas is not installed: G4 is not compared with it")
    sys.exit()
people = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(demand[:, 0], demand[:, 1]))
sites = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(services[0][:, 0], services[0][:, 1]))
start = time.perf_counter()
try:
    geopandas.sjoin_nearest(people, sites, distance_col="distance")
except NotImplementedError:
    print("   this geopandas has no sjoin_nearest (python3-pygeos is missing): G4 is not compared with it")
    sys.exit()
theirs = 1e9 * (time.perf_counter() - start) / len(demand)
print(f"G4 {theirs / ours:.1f} x geopandas {geopandas.__version__} ({theirs:.0f} ns, planar; goal >= 40) "
      f"{'ok' if theirs / ours >= 40 else 'MISSED'}")
