"""The searches of bench_streets.c with scipy and igraph, on the network it wrote, junctions given by number: prints the
ratios of goal G5. Processor time of one thread for all; ours without finding the streets, which scipy and igraph are
given as numbers of junctions.

Usage: bench_streets.py FOLDER   (where bench_streets wrote street_blocks.f64 and the others)
"""
import sys
import time

import numpy

TYPES = 12
LIMIT_M = 1500.0


def report(what, peer, theirs, ours, goal, counts, sums):
    """One line; a peer that finds something else is not compared."""
    if counts[0] != counts[1] or abs(sums[0] - sums[1]) > 1e-6 * sums[1]:
        print(f"G5 {what}: {peer} finds {counts[0]} costs of {sums[0]:.0f} m, not {counts[1]} of {sums[1]:.0f} m")
        return
    ratio = theirs / ours
    print(f"G5 {what} {ratio:.1f} x faster than {peer} ({theirs:.2f} s / {ours:.2f} s; goal >= {goal}) "
          f"{'ok' if ratio >= goal else 'MISSED'}")


folder = sys.argv[1]
blocks = numpy.fromfile(folder + "/street_blocks.f64").reshape(-1, 3)
ends = blocks[:, :2].astype(int)
facilities = numpy.fromfile(folder + "/street_facilities.f64").astype(int).reshape(TYPES, -1)
services = numpy.fromfile(folder + "/street_services.f64").astype(int)
with open(folder + "/street_seconds.txt", encoding="ascii") as file:
    nearest_s, labels, nearest_sum, within_s, pairs, within_sum = map(float, file.read().split())
junctions = int(ends.max()) + 1


def total(costs):
    """How many costs are finite, and their sum."""
    finite = costs[numpy.isfinite(costs)]
    return numpy.array([finite.size, finite.sum()])


def timed(searches):
    """Seconds inside the searches, and what they found together."""
    seconds, found = 0.0, numpy.zeros(2)
    for search in searches:
        start = time.process_time()
        costs = search()
        seconds += time.process_time() - start
        found += total(numpy.asarray(costs))
    return seconds, found


def with_scipy():
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import dijkstra
    graph = coo_matrix((blocks[:, 2], (ends[:, 0], ends[:, 1])), shape=(junctions, junctions)).tocsr()
    seconds, found = timed((lambda sources=sources: dijkstra(graph, directed=False, indices=sources, min_only=True))
                           for sources in facilities)
    report("nearest of 12 types", "scipy", seconds, nearest_s, 2.5, (found[0], labels), (found[1], nearest_sum))
    # a hundred at a time: it answers with a cost for every junction
    seconds, found = timed((lambda first=first: dijkstra(graph, directed=False, limit=LIMIT_M,
                                                         indices=services[first:first + 100]))
                           for first in range(0, len(services), 100))
    report("within 1500 m of 5000", "scipy", seconds, within_s, 15, (found[0], pairs), (found[1], within_sum))


def with_igraph():
    import igraph
    rows, weights = ends.tolist(), blocks[:, 2].tolist()
    found, seconds = numpy.zeros(2), 0.0
    for sources in facilities:  # from a junction before all sources, at no cost
        graph = igraph.Graph(n=junctions + 1, edges=rows + [(junctions, source) for source in sources])
        costs = weights + [0.0] * len(sources)
        took, here = timed([lambda: graph.distances([junctions], weights=costs)[0][:junctions]])
        seconds, found = seconds + took, found + here
    report("nearest of 12 types", f"igraph {igraph.__version__}", seconds, nearest_s, 3, (found[0], labels),
           (found[1], nearest_sum))
    print("   igraph for Python has no search with a limit: G5 within 1500 m is not compared with it")


for name, compare in (("scipy", with_scipy), ("igraph", with_igraph)):
    try:
        compare()
    except ImportError:
        print(f"   {name} is not installed: G5 is not compared with it")
