"""The searches of bench_nearest.c with scipy's cKDTree, one worker, on planar metres: prints the ratio of goal G4.

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
