#!/usr/bin/env python3
"""Generates Port Meridian, the invented sample city of servicegap.

    python3 generate_sample.py [OUTDIR]

Nothing here is a real place, organization or person. The streets form one planar graph; its faces are the census
blocks; neighbourhoods are unions of blocks. So neighbours share their vertices exactly, and every border follows a
street, a trail, the river, the railway, the shore or the municipal limit.

The city is drawn in kilometres on two surveyors' grids: survey 1 (u along the lake, v inland), turned TURN degrees from
north, and survey 2 in the east, turned back towards north by EAST_TURN. All topology is done on whole microdegrees,
the precision of the files, so that rounding can never open a gap or make an overlap.

Needs only Python 3. The same seed gives the same bytes.
"""

import collections
import math
import os
import random
import sys

SEED = 20130613
LON0, LAT0 = -81.9, 43.4          # City Hall corner: u = 0, v = 0
TURN = 14.0                       # survey 1: its north points this far east of true north
EAST_TURN = 13.0                  # survey 2 is turned back by this much
EAST_ORIGIN = (6.3, 0.35)         # where survey 2 starts, in survey 1
KM_LAT = 111.13
KM_LON = 111.32 * math.cos(math.radians(LAT0))
POPULATION = 300_000              # aimed at; the sum over blocks is what counts
BLOCKS = 2500                     # aimed at

# What an edge of the graph is, beside being a street.
SHORE, RIVER, RAIL, LIMIT, RAVINE, FRAME, HARBOUR = 1, 2, 4, 8, 16, 32, 64
RANK = {"expressway": 5, "arterial": 4, "collector": 3, "local": 2, "path": 1, "": 0}


# --------------------------------------------------------------------------------------------------- chance

class Dice:
    """Chance from a key. Only Random.random() is used: its sequence is the same in every Python 3."""

    def __init__(self, key):
        self._random = random.Random("%d/%s" % (SEED, key)).random

    def __call__(self):
        return self._random()

    def between(self, low, high):
        return low + (high - low) * self._random()

    def pick(self, items):
        return items[int(self._random() * len(items))]

    def weighted(self, weights):
        """An index, with chances in proportion to the weights."""
        left = self._random() * sum(weights)
        for index, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return index
        return max(i for i, weight in enumerate(weights) if weight > 0)

    def shuffled(self, items):
        return [item for _, _, item in sorted((self._random(), i, item) for i, item in enumerate(items))]

    def bell(self):
        """Near-normal, mean 0, standard deviation 1."""
        return sum(self._random() for _ in range(12)) - 6.0


# --------------------------------------------------------------------------------------------------- plane

_COS, _SIN = math.cos(math.radians(TURN)), math.sin(math.radians(TURN))
_ECOS, _ESIN = math.cos(math.radians(EAST_TURN)), math.sin(math.radians(EAST_TURN))


def to_micro(uv):
    """Kilometres on survey 1 to whole microdegrees (lon, lat)."""
    u, v = uv
    x, y = u * _COS + v * _SIN, -u * _SIN + v * _COS
    return (round((LON0 + x / KM_LON) * 1e6), round((LAT0 + y / KM_LAT) * 1e6))


def to_km(point):
    """Microdegrees to kilometres on survey 1."""
    x, y = (point[0] * 1e-6 - LON0) * KM_LON, (point[1] * 1e-6 - LAT0) * KM_LAT
    return (x * _COS - y * _SIN, x * _SIN + y * _COS)


def east(p, q):
    """Survey 2 to survey 1."""
    return (EAST_ORIGIN[0] + p * _ECOS - q * _ESIN, EAST_ORIGIN[1] + p * _ESIN + q * _ECOS)


def to_east(uv):
    """Survey 1 to survey 2."""
    u, v = uv[0] - EAST_ORIGIN[0], uv[1] - EAST_ORIGIN[1]
    return (u * _ECOS + v * _ESIN, -u * _ESIN + v * _ECOS)


def distance(a, b):
    return math.hypot(a[0] - b[0], a[1] - b[1])


def length(line):
    return sum(distance(a, b) for a, b in zip(line, line[1:]))


def area_of(ring):
    """Signed area of a ring given without its closing point; counter-clockwise is positive."""
    return 0.5 * sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))


def centroid(ring):
    total = sx = sy = 0.0
    x0, y0 = ring[0]
    for a, b in zip(ring, ring[1:] + ring[:1]):
        cross = (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)
        total += cross
        sx += (a[0] + b[0] - 2 * x0) * cross
        sy += (a[1] + b[1] - 2 * y0) * cross
    return (x0 + sx / (3 * total), y0 + sy / (3 * total))


def inside(point, ring):
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def to_segment(point, a, b):
    """Distance from a point to a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = 0.0 if square == 0 else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square))
    return math.hypot(a[0] + t * dx - point[0], a[1] + t * dy - point[1])


def to_line(point, line):
    return min(to_segment(point, a, b) for a, b in zip(line, line[1:]))


# --------------------------------------------------------------------------------------------------- curves

def smooth(points, step, closed=False):
    """A centripetal-looking Catmull-Rom curve through the points, sampled about every `step` km."""
    n = len(points)
    out = []
    for i in range(n if closed else n - 1):
        if closed:
            a, b, c, d = (points[(i + k) % n] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = points[max(0, i - 1)], points[i], points[i + 1], points[min(n - 1, i + 2)]
        count = max(1, int(round(distance(b, c) / step)))
        for k in range(count):
            t = k / count
            out.append(tuple(0.5 * (2 * b[x] + (c[x] - a[x]) * t + (2 * a[x] - 5 * b[x] + 4 * c[x] - d[x]) * t * t
                                    + (3 * b[x] - a[x] - 3 * c[x] + d[x]) * t * t * t) for x in (0, 1)))
    return out if closed else out + [points[-1]]


def rough(points, dice, amount, step):
    """Midpoint displacement: the same line as nature would have drawn it."""
    out = [points[0]]

    def between(a, b):
        size = distance(a, b)
        if size > step:
            shift = amount * dice.bell() * size * 0.5
            middle = ((a[0] + b[0]) / 2 - (b[1] - a[1]) / size * shift, (a[1] + b[1]) / 2 + (b[0] - a[0]) / size * shift)
            between(a, middle)
            between(middle, b)
        else:
            out.append(b)

    for a, b in zip(points, points[1:]):
        between(a, b)
    return out


def offset(line, widths):
    """The line moved to its left by a width per vertex (negative: to its right)."""
    out = []
    for i, point in enumerate(line):
        a, b = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        size = distance(a, b)
        out.append((point[0] - (b[1] - a[1]) / size * widths[i], point[1] + (b[0] - a[0]) / size * widths[i]))
    return out


def thinned(line, tolerance):
    """Douglas-Peucker."""
    if len(line) < 3:
        return line
    worst, index = 0.0, 0
    for i in range(1, len(line) - 1):
        d = to_segment(line[i], line[0], line[-1])
        if d > worst:
            worst, index = d, i
    if worst <= tolerance:
        return [line[0], line[-1]]
    return thinned(line[:index + 1], tolerance)[:-1] + thinned(line[index:], tolerance)


def point_at(line, where):
    """The point `where` km along the line, and the direction there."""
    for a, b in zip(line, line[1:]):
        size = distance(a, b)
        if where <= size or b is line[-1]:
            t = min(1.0, where / size)
            return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])), ((b[0] - a[0]) / size, (b[1] - a[1]) / size)
        where -= size
    return line[-1], (1.0, 0.0)


def cut(line, size):
    """The first `size` km of the line."""
    out = [line[0]]
    for a, b in zip(line, line[1:]):
        d = distance(a, b)
        if d >= size:
            t = size / d
            return out + [(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))]
        size -= d
        out.append(b)
    return out


def clipped(line, ring):
    """The parts of a line inside a ring, each ending on the ring (at a ring vertex where one is within 12 m)."""
    box = (min(p[0] for p in ring), min(p[1] for p in ring), max(p[0] for p in ring), max(p[1] for p in ring))
    edges = list(zip(ring, ring[1:] + ring[:1]))
    path = []                                    # (point, on the ring?)
    for a, b in zip(line, line[1:]):
        path.append((a, False))
        if max(a[0], b[0]) < box[0] or min(a[0], b[0]) > box[2] or max(a[1], b[1]) < box[1] or min(a[1], b[1]) > box[3]:
            continue
        hits = []
        dx, dy = b[0] - a[0], b[1] - a[1]
        for c, d in edges:
            sc = dx * (c[1] - a[1]) - dy * (c[0] - a[0])
            sd = dx * (d[1] - a[1]) - dy * (d[0] - a[0])
            if (sc > 0) == (sd > 0):
                continue
            w = sc / (sc - sd)
            x, y = c[0] + w * (d[0] - c[0]), c[1] + w * (d[1] - c[1])
            t = (x - a[0]) / dx if abs(dx) > abs(dy) else (y - a[1]) / dy
            if 0 <= t < 1:
                near = c if distance((x, y), c) < 0.012 else d if distance((x, y), d) < 0.012 else (x, y)
                hits.append((t, near))
        path.extend((point, True) for _, point in sorted(hits))
    path.append((line[-1], False))
    parts, part = [], []
    for point, on_ring in path:
        if on_ring:
            if part:
                part.append(point)
                parts.append(part)
            part = [point]
        elif part:
            part.append(point)
    return [p for p in parts if length(p) > 0.03 and inside(point_at(p, length(p) * 0.5)[0], ring)]


# --------------------------------------------------------------------------------------------------- graph

class Edge:
    """What lies between two neighbouring vertices: a street, a border, or both."""
    __slots__ = ("kind", "name", "role")

    def __init__(self, kind, name, role):
        self.kind, self.name, self.role = kind, name, role


def merge_edge(edges, a, b, kind, name, role):
    if a == b:
        return
    key = (a, b) if a < b else (b, a)
    old = edges.get(key)
    if old is None:
        edges[key] = Edge(kind, name, role)
        return
    old.role |= role
    if RANK[kind] > RANK[old.kind]:
        old.kind, old.name = kind, name


def meet(a, b, c, d, snap):
    """Where segments ab and cd must be split: ([points on ab], [points on cd])."""
    on_first, on_second = [], []
    for p in (c, d):
        if p != a and p != b and to_segment(p, a, b) <= 2.0:
            on_first.append(p)
    for p in (a, b):
        if p != c and p != d and to_segment(p, c, d) <= 2.0:
            on_second.append(p)
    if on_first or on_second or a in (c, d) or b in (c, d):
        return on_first, on_second
    dx, dy, ex, ey = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    sc = dx * (c[1] - a[1]) - dy * (c[0] - a[0])
    sd = dx * (d[1] - a[1]) - dy * (d[0] - a[0])
    sa = ex * (a[1] - c[1]) - ey * (a[0] - c[0])
    sb = ex * (b[1] - c[1]) - ey * (b[0] - c[0])
    if (sc > 0) == (sd > 0) or (sa > 0) == (sb > 0):
        return on_first, on_second
    w = sc / (sc - sd)
    x = (round(c[0] + w * ex), round(c[1] + w * ey))
    for p in (a, b):
        if distance(x, p) <= snap:
            return [], [p]
    for p in (c, d):
        if distance(x, p) <= snap:
            return [p], []
    return [x], [x]


def noded(pieces):
    """Splits all pieces (a, b, kind, name, role) wherever they meet; gives the edges of a planar graph.

    Repeats until nothing meets any more, as rounding a crossing to whole microdegrees bends its lines a little."""
    cell = 2500
    edges = {}
    for piece in pieces:
        merge_edge(edges, *piece)
    fresh = set(edges)
    for turn in range(30):
        grid = {}
        for key in edges:
            (ax, ay), (bx, by) = key
            for i in range((min(ax, bx) - 3) // cell, (max(ax, bx) + 3) // cell + 1):
                for j in range((min(ay, by) - 3) // cell, (max(ay, by) + 3) // cell + 1):
                    grid.setdefault((i, j), []).append(key)
        cuts = {}
        for members in grid.values():
            for i, first in enumerate(members):
                a, b = first
                new = first in fresh
                for second in members[i + 1:]:
                    if not new and second not in fresh:
                        continue
                    c, d = second
                    if (max(a[0], b[0]) + 3 < min(c[0], d[0]) or max(c[0], d[0]) + 3 < min(a[0], b[0])
                            or max(a[1], b[1]) + 3 < min(c[1], d[1]) or max(c[1], d[1]) + 3 < min(a[1], b[1])):
                        continue
                    on_first, on_second = meet(a, b, c, d, 90 if turn < 8 else 0)
                    if on_first:
                        cuts.setdefault(first, []).extend(on_first)
                    if on_second:
                        cuts.setdefault(second, []).extend(on_second)
        if not cuts:
            return edges
        fresh = set()
        for key, points in cuts.items():
            edge = edges.pop(key)
            a, b = key
            along = sorted(set(points), key=lambda p: ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1]), p))
            chain = [a] + along + [b]
            for p, q in zip(chain, chain[1:]):
                merge_edge(edges, p, q, edge.kind, edge.name, edge.role)
                fresh.add((p, q) if p < q else (q, p))
    raise RuntimeError("the street graph does not settle")


def neighbours_of(edges):
    around = {}
    for a, b in edges:
        around.setdefault(a, []).append(b)
        around.setdefault(b, []).append(a)
    return around


def prune(edges):
    """Takes away everything that ends nowhere."""
    around = {p: set(q) for p, q in neighbours_of(edges).items()}
    ends = sorted(p for p, q in around.items() if len(q) == 1)
    while ends:
        p = ends.pop()
        if len(around[p]) != 1:
            continue
        q = around[p].pop()
        around[q].discard(p)
        del edges[(p, q) if p < q else (q, p)]
        if len(around[q]) == 1:
            ends.append(q)


def traced(edges):
    """All face rings of the graph. Faces are counter-clockwise; the outside of each component is clockwise."""
    around = neighbours_of(edges)
    following = {}
    for p, others in around.items():
        others.sort(key=lambda q: math.atan2(q[1] - p[1], q[0] - p[0]))
        for i, q in enumerate(others):
            following[(q, p)] = (p, others[i - 1])
    rings, done = [], set()
    for start in sorted(following):
        if start in done:
            continue
        ring, half = [], start
        while half not in done:
            done.add(half)
            ring.append(half[0])
            half = following[half]
        rings.append(ring)
    return rings


def ring_keys(ring):
    return [(a, b) if a < b else (b, a) for a, b in zip(ring, ring[1:] + ring[:1])]


def flood(rings, edges, start, wall):
    """Indices of the rings that can be reached from ring `start` without crossing an edge for which wall(edge)."""
    by_edge = {}
    for i, ring in enumerate(rings):
        for key in ring_keys(ring):
            by_edge.setdefault(key, []).append(i)
    seen, todo = {start}, [start]
    while todo:
        for key in ring_keys(rings[todo.pop()]):
            if not wall(edges[key]):
                for j in by_edge[key]:
                    if j not in seen:
                        seen.add(j)
                        todo.append(j)
    return sorted(seen)


# --------------------------------------------------------------------------------------------------- the lie of the land

def lattice():
    """Corners of the concession roads, each a little off, as surveyed with chains: two dicts (column, row) -> (u, v)."""
    dice = Dice("lattice")
    columns = [-11.5, -9.95, -8.2, -6.35, -4.75, -3.3, -1.55, 0.0, 3.45]
    rows = [1.5, 2.95, 4.72, 6.2, 8.35, 9.9, 11.6]
    lean = [dice.between(-.012, .012) for _ in columns]
    west = {}
    for i, u in enumerate(columns):
        for j, v in enumerate(rows):
            fall = .10 * max(0.0, -8.2 - u) * (j > 0)             # the oldest survey, along the creek, ran a little lower
            west[i, j] = (u + lean[i] * v + dice.between(-.045, .045), v - fall + dice.between(-.045, .045))
    east_columns = [0.0, 1.7, 3.25, 4.85, 6.4]
    east_rows = [1.28, 2.95, 4.45, 6.2, 8.16, 9.7]
    other = {}
    for i, p in enumerate(east_columns):
        for j, q in enumerate(east_rows):
            other[i, j] = east(p + dice.between(-.04, .04), q + dice.between(-.04, .04))
    return west, other


def winding(points, name):
    """A road through the same corners that takes its time between them, once out of the old city."""
    dice = Dice("winding/" + name)
    out = [points[0]]
    for a, b in zip(points, points[1:]):
        size = distance(a, b)
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        shift = dice.between(.09, .17) * (1 if dice() < .5 else -1)
        if math.hypot(middle[0] + .35, middle[1] - 1.3) > 5.0 and .9 < size < 2.6 and middle[0] > -8.3:
            t = dice.between(.4, .6)
            bow = [a, (a[0] + t * (b[0] - a[0]) - (b[1] - a[1]) / size * shift, a[1] + t * (b[1] - a[1]) + (b[0] - a[0]) / size * shift), b]
            out += thinned(smooth(bow, .13), .004)[1:]
        else:
            out.append(b)
    return out


def ahead(a, b, size):
    """The point `size` km beyond b, coming from a."""
    d = distance(a, b)
    return (b[0] + (b[0] - a[0]) / d * size, b[1] + (b[1] - a[1]) / d * size)


FRAME_RING = [(-27.0, -14.0), (28.0, -14.0), (28.0, 26.0), (-27.0, 26.0)]


def shoreline():
    """From beyond the western edge of the page to beyond the eastern one."""
    dice = Dice("shore")
    far_west = [(-29.0, 3.4), (-25.0, 1.7), (-22.0, 2.1), (-18.0, 0.9), (-15.6, 1.35), (-13.6, 0.7)]
    west = [(-13.6, 0.7), (-12.4, 0.85), (-11.5, 0.95), (-10.6, 0.5), (-9.8, 0.68), (-9.2, 0.75), (-8.55, 0.42), (-7.9, 0.30),
            (-7.2, 0.33), (-6.6, 0.12), (-6.1, -0.02), (-5.2, -0.18), (-4.6, 0.02), (-4.1, 0.22), (-3.4, 0.34), (-2.75, 0.26)]
    quays = [(-2.75, 0.26), (-2.45, 0.16), (-2.1, 0.06), (-1.95, 0.03), (-1.93, 0.13), (-1.72, 0.13), (-1.72, 0.02), (-1.18, 0.0),
             (-1.18, 0.15), (-1.09, 0.15), (-1.09, 0.0), (-0.7, -0.01), (-0.7, 0.16), (-0.58, 0.16), (-0.58, -0.02), (-0.1, -0.03),
             (-0.1, 0.1), (0.0, 0.1), (0.0, -0.03), (0.42, -0.02), (0.62, 0.06), (0.71, 0.14), (0.83, 0.14), (0.9, 0.05), (0.93, -0.3),
             (1.75, -0.32), (1.75, -0.44), (0.94, -0.42), (0.97, -0.78), (1.25, -0.8), (1.25, -0.88), (0.96, -0.9)]
    spit = [(0.96, -0.9), (0.82, -1.16), (0.45, -1.36), (0.05, -1.44), (-0.35, -1.52), (-0.6, -1.42), (-0.85, -1.5), (-1.1, -1.42),
            (-1.4, -1.5), (-1.48, -1.62), (-1.25, -1.72), (-1.0, -1.66), (-0.7, -1.8), (-0.3, -1.78), (0.1, -1.72), (0.6, -1.62),
            (1.1, -1.42), (1.6, -1.3), (2.0, -1.12), (2.35, -0.78), (2.55, -0.45), (2.9, -0.2), (3.3, -0.02), (3.8, 0.1)]
    ashore = [(3.8, 0.1), (4.4, 0.17), (5.0, 0.03), (5.6, 0.06), (6.1, 0.3), (6.6, 0.28), (7.2, 0.4), (7.7, 0.6), (8.3, 0.82),
              (8.9, 0.95), (9.4, 0.9), (9.9, 1.08), (10.5, 1.42), (11.2, 1.4), (11.8, 1.62), (12.6, 1.8), (13.4, 1.9)]
    far_east = [(13.4, 1.9), (15.0, 2.6), (17.5, 2.5), (20.0, 3.6), (23.0, 3.7), (26.0, 5.2), (30.0, 5.9)]
    line = rough(far_west, dice, .10, .8)
    line += rough(smooth(west, .3), dice, .10, .12)[1:]
    line += quays[1:]
    line += rough(smooth(spit, .2), dice, .09, .12)[1:]
    line += rough(smooth(ashore, .3), dice, .10, .12)[1:]
    line += rough(far_east, dice, .10, .8)[1:]
    return line


# centre, half length, half width, turn, corners
ISLANDS = [((-2.75, -1.22), .60, .19, -.12, 14), ((-1.88, -1.44), .2, .09, .5, 9), ((-3.72, -1.0), .24, .11, .25, 9)]


def islands():
    dice = Dice("islands")
    out = []
    for centre, long, wide, turn, count in ISLANDS:
        ring = []
        for k in range(count):
            angle = 2 * math.pi * k / count
            reach = dice.between(.8, 1.14)
            x, y = long * math.cos(angle) * reach, wide * math.sin(angle) * reach
            ring.append((centre[0] + x * math.cos(turn) - y * math.sin(turn), centre[1] + x * math.sin(turn) + y * math.cos(turn)))
        ring = smooth(ring, .06, closed=True)
        out.append(ring + ring[:1])
    return out


def rivers():
    """(name, centre line from the mouth up, half width at the mouth and at the source, how far the ravine reaches)."""
    dice = Dice("rivers")
    main = [(.77, .14), (.80, .5), (.86, .95), (.95, 1.5), (0.78, 2.0), (1.12, 2.6), (.98, 3.2), (1.5, 3.75), (1.62, 4.3), (2.15, 4.8),
            (1.85, 5.5), (2.4, 6.1), (2.15, 6.8), (2.75, 7.3), (2.5, 8.2), (2.95, 9.0), (2.45, 9.9), (2.9, 10.9), (2.5, 12.0), (3.2, 13.6),
            (2.9, 15.5), (4.0, 19.0), (3.7, 23.0), (4.4, 27.0)]
    branch = [(1.62, 4.3), (1.0, 4.75), (.62, 5.5), (-.25, 5.8), (-.75, 6.6), (-1.55, 7.0), (-1.75, 7.9), (-2.7, 8.5), (-2.85, 9.4),
              (-3.9, 10.2), (-4.1, 11.3), (-4.9, 12.5), (-5.2, 14.5), (-7.0, 18.0), (-7.6, 23.0), (-9.0, 27.0)]
    creek = [(-8.5, .2), (-8.28, 1.2), (-8.8, 2.1), (-8.5, 3.2), (-9.1, 4.2), (-8.8, 5.2), (-9.35, 6.2), (-9.05, 7.4), (-9.4, 8.4),
             (-9.0, 9.3), (-9.6, 10.6), (-9.4, 12.5), (-11.0, 15.5), (-11.4, 20.0), (-13.0, 27.0)]
    east_creek = [(9.2, .7), (8.78, 1.9), (9.1, 3.0), (8.55, 4.0), (8.95, 5.0), (8.05, 5.8), (8.15, 6.8), (7.2, 7.5), (7.2, 8.6),
                  (6.3, 9.6), (6.4, 11.2), (5.7, 13.5), (6.6, 17.0), (6.0, 22.0), (7.0, 27.0)]
    out = []
    for name, points, mouth, source, reach, straight in (("Meridian River", main, .045, .02, .20, 4),
                                                         ("West Branch", branch, .016, .01, .15, 1),
                                                         ("Sawmill Creek", creek, .013, .007, .08, 2),
                                                         ("Heron Creek", east_creek, .013, .007, .10, 2)):
        line = smooth(points[:straight], .2)[:-1] + smooth(rough(smooth(points[straight - 1:], .5), dice, .22, .26), .065)
        line = thinned(line, .0035)
        out.append((name, line, mouth, source, reach, points[straight - 1:]))
    return out


class Skeleton:
    """Everything that is drawn by hand: shore, rivers, limit, arterials, expressway, railway."""

    def __init__(self):
        self.lines = []                    # (points, kind, name, role)
        self.rivers = rivers()
        west, other = lattice()
        self.west, self.other = west, other
        self.add(shoreline(), "", "", SHORE)
        for ring in islands():
            self.add(ring, "", "", SHORE)
        self.add([(-1.1, -1.58), (-2.75, 0.26)], "", "Inner Harbour", HARBOUR)
        self.add(FRAME_RING + FRAME_RING[:1], "", "", FRAME)
        self.ravines()
        self.limit()
        self.roads()
        self.neighbours()

    def add(self, points, kind, name, role=0):
        self.lines.append((points, kind, name, role))

    def ravines(self):
        dice = Dice("ravines")
        for name, line, _, _, reach, controls in self.rivers:
            self.add(line, "", name, RIVER)
            controls = [p for p in controls if p[1] < 13.5]
            for side in (1, -1):
                if reach < .1 and side < 0:
                    continue
                widths = [side * reach * dice.between(.75, 1.35) for _ in controls]
                rim = smooth(offset(controls, widths), .13)
                rim = thinned(rough(rim, dice, .05, .16), .006)
                trail = side < 0
                self.add(rim, "path" if trail else "", name.replace(" River", "").replace(" Creek", "") + " Trail" if trail else "", RAVINE)

    def limit(self):
        n, m = self.west, self.other
        creek = self.rivers[2][1]
        self.add([(-11.62, -.6), (-11.52, 1.25)], "", "", LIMIT)
        west = [(-11.52, 1.25), n[0, 0], n[0, 1], (-11.46, 3.5), (-11.44, 4.42), (-10.85, 4.46), (-10.9, 5.2),
                (-10.78, n[1, 3][1] - .05), n[1, 3]]
        self.add(west, "arterial", "Wexcombe Townline", LIMIT)
        self.add([n[1, 3], n[2, 3]], "arterial", "Assembly Road", LIMIT)
        self.add([p for p in creek if 5.6 < p[1] < 10.4], "", "Sawmill Creek", LIMIT | RIVER)
        self.add([n[1, 5], n[2, 5], n[3, 5], n[4, 5], n[5, 5]], "arterial", "Ninth Concession", LIMIT)
        self.add([n[5, 5], n[5, 6]], "arterial", "Dunmore Avenue", LIMIT)
        self.add([n[5, 6], n[6, 6], n[7, 6]], "arterial", "Tenth Concession", LIMIT)
        self.add([n[7, 6], (n[7, 6][0] - .02, 12.42), (.9, 12.44), (1.72, 12.38), (1.7, 11.57)], "", "", LIMIT)
        self.add([(1.7, 11.57), (3.0, 11.6), east(-.02, 11.45)], "arterial", "Tenth Concession", LIMIT)
        self.add([east(-.02, 11.45), m[0, 5]], "arterial", "The Townline", LIMIT)
        self.add([m[0, 5], m[1, 5], m[2, 5]], "arterial", "Ninth Concession", LIMIT)
        self.add([m[2, 5], m[2, 4]], "arterial", "Farquhar Road", LIMIT)
        self.add([m[2, 4], m[3, 4], east(5.6, 8.18), east(5.72, 7.5), east(6.38, 7.46)], "arterial", "Eighth Concession", LIMIT)
        self.add([east(6.38, 7.46), m[4, 3], m[4, 2], east(5.75, 4.46), east(5.82, 2.9), m[4, 1], m[4, 0], east(6.42, .5)],
                 "arterial", "Ashburn Townline", LIMIT)
        self.add([east(6.42, .5), east(6.44, -.9)], "", "", LIMIT)

    def roads(self):
        n, m = self.west, self.other
        far = 3.2
        rows = ["King Street", "Cordwainer Street", "Victoria Avenue", "Assembly Road", "Northfield Road"]
        for j, name in enumerate(rows):
            first = 1 if j == 4 else 0
            line = [n[i, j] for i in range(first, 9)] + [m[i, j] for i in range(5)]
            if j == 3:
                line = line[1:]
            if j == 4:
                line = line[:-2]
            line = [ahead(line[1], line[0], far)] + line + [ahead(line[-2], line[-1], far)]
            if j == 2:          # broken by the ravine: two roads that never met
                self.add([p for p in line if p[0] < .6], "arterial", name + " West")
                self.add([(1.95, 4.62)] + [p for p in line if p[0] > 3], "arterial", name + " East")
            else:
                self.add(winding(line, name) if j in (3, 4) else line, "arterial", name)
        self.add([n[5, 5], n[6, 5], n[7, 5], (1.7, 9.93), (3.3, 9.85), m[0, 5]], "arterial", "Ninth Concession")
        columns = {1: ("Old Mill Line", 0, 3), 2: ("Ransom Road", 0, 5), 3: ("Applegarth Road", 0, 5), 4: ("Marlborough Road", 0, 5),
                   5: ("Dunmore Avenue", 0, 5), 6: ("Cathedral Street", 0, 6), 7: ("Meridian Street", 0, 6), 8: ("Valley Road", 0, 4)}
        foot = {1: (-9.95, 1.0), 2: (-8.2, .82), 3: (-6.4, .46), 4: (-4.8, .34), 5: (-3.3, .69), 6: (-1.58, .38), 7: (0.0, .33), 8: (3.4, .43)}
        for i, (name, low, high) in columns.items():
            line = [foot[i]] + [n[i, j] for j in range(low, high + 1)]
            if high >= 5 and i != 5:
                line.append(ahead(line[-2], line[-1], far))
            self.add(winding(line, name) if i in (1, 2, 3, 5) else line, "arterial", name)
        townline = [east(.03, .36)] + [m[0, j] for j in range(6)]
        self.add(townline, "arterial", "The Townline")
        self.add([east(-.02, 11.45), east(-.05, 14.6)], "arterial", "The Townline")
        for i, name, top in ((1, "Brandreth Road", 5), (2, "Farquhar Road", 4), (3, "Tolliver Road", 4)):
            line = [east((0, 1.7, 3.25, 4.85)[i], .5)] + [m[i, j] for j in range(top + 1)]
            if i != 2:
                line.append(ahead(line[-2], line[-1], far))
            self.add(winding(line, name), "arterial", name)
        self.add([m[2, 5], east(3.22, 12.8)], "arterial", "Farquhar Road")
        lakeshore = [(-15.0, 1.75), (-13.3, 1.15), (-11.52, 1.25), (-10.5, .9), (-9.95, 1.0), (-9.1, 1.08), (-8.2, .82), (-7.2, .68),
                     (-6.4, .46),
                     (-5.6, .2), (-4.8, .34), (-4.1, .55), (-3.3, .69), (-2.5, .56), (-1.58, .38), (0.0, .33), (.8, .38), (1.7, .36),
                     (2.6, .3),
                     (3.4, .43), (4.6, .5), (5.4, .42), east(.03, .36), east(.8, .42), east(1.7, .5), east(2.4, .52), east(3.25, .5), east(4.0, .36),
                     east(4.85, .5), east(5.6, .4), east(6.42, .5), east(7.6, .55), east(9.6, .5)]
        self.add(thinned(smooth(lakeshore, .12), .004), "arterial", "Lakeshore Drive")
        kingsbridge = [n[6, 0], (-2.5, 2.5), (-3.6, 3.78), (-4.5, 4.95), (-5.6, 6.0), (-6.9, 7.25), (-8.0, 8.85), (-8.7, 10.1),
                       (-9.7, 12.2), (-10.4, 13.4)]
        self.add(thinned(smooth(kingsbridge, .2), .005), "arterial", "Kingsbridge Road")
        governors = [n[7, 0], (.9, 1.98), (2.0, 2.3), (3.1, 2.72), (4.1, 3.5), (5.3, 4.05), (6.7, 4.62), (8.4, 5.95), (10.0, 6.75),
                     (11.4, 7.65),
                     (13.2, 9.0), (14.6, 9.8)]
        self.add(thinned(smooth(governors, .2), .005), "arterial", "Governor's Road")
        expressway = [(-31.0, 5.2), (-22.0, 5.9), (-16.0, 6.9), (-13.0, 7.0), (-11.0, 7.3), (-9.0, 7.55), (-7.0, 7.3), (-5.0, 7.0),
                      (-3.0, 7.12),
                      (-1.0, 7.4), (1.0, 7.2), (2.6, 7.1), (4.2, 7.35), (6.4, 7.65), (8.2, 8.25), (10.0, 8.7), (12.0, 9.2), (15.0, 9.7),
                      (21.0, 10.6), (31.0, 11.5)]
        self.add(thinned(smooth(expressway, .3), .005), "expressway", "Lakefront Expressway")
        rail = [(-31.0, 5.0), (-22.0, 4.1), (-14.0, 3.15), (-11.5, 2.62), (-9.0, 2.25), (-7.0, 1.86), (-5.0, 1.2), (-3.0, .98),
                (-1.6, .74), (0.2, .64),
                (.8, .68), (1.5, .92), (2.6, 1.7), (4.0, 2.3), (5.7, 2.55), (7.5, 3.45), (9.2, 4.75), (11.0, 5.6), (13.0, 6.2),
                (17.0, 7.8), (23.0, 9.0), (31.0, 10.4)]
        self.add(thinned(smooth(rail, .3), .005), "", "Lakes and Interior Railway", RAIL)
        # the harbour: one loop road and a quay road on the port lands
        self.add([(1.25, .36), (1.3, -.14), (1.95, -.2), (2.2, -.55), (1.6, -.72), (1.25, -.66), (1.05, -.84), (.97, -.84)],
                 "collector", "Quay Road")
        self.add([(1.95, -.2), (2.15, .33)], "collector", "Elevator Street")
        self.add([(2.9, .35), (2.92, -.24)], "collector", "Strand Street")
        self.add([(1.6, -.72), (1.55, -1.34)], "path", "Spit Trail")

    def neighbours(self):
        """Borders between the municipalities around the city."""
        n, m = self.west, self.other
        for line in ([n[1, 3], (-16.2, 6.35), (-28.0, 7.2)], [n[2, 5], (-8.3, 15.0), (-8.6, 27.0)],
                     [(n[7, 6][0] - .02, 12.42), (.05, 27.0)], [(-8.4, 18.0), (.04, 18.2)], [m[0, 5], east(0, 30)],
                     [east(6.38, 7.46), east(12.0, 7.5), east(30.0, 7.4)], [m[2, 5], east(3.2, 13.0), east(3.3, 30.0)],
                     [east(3.1, 13.0), east(13.0, 13.2), east(30.0, 13.0)]):
            self.add(line, "", "", FRAME)


# --------------------------------------------------------------------------------------------------- the street plan

COLUMN_MIDDLES = [-12.4, -10.7, -9.05, -7.27, -5.55, -4.03, -2.42, -.78, .8, 2.45, 4.3, 5.6]
ROW_MIDDLES = [.75, 2.22, 3.85, 5.45, 7.25, 9.15, 10.8, 12.4]
EAST_COLUMN_MIDDLES = [-.9, .8, 2.4, 4.0, 5.6, 7.2]
EAST_ROW_MIDDLES = [.6, 2.08, 3.7, 5.34, 7.16, 8.93, 10.6]
COLUMNS = [-11.5, -9.95, -8.2, -6.35, -4.75, -3.3, -1.55, 0, 1.7, 3.45, 5.2]
ROWS = [0, 1.5, 2.95, 4.72, 6.2, 8.35, 9.9, 11.6]
EAST_COLUMNS = [-1.6, 0, 1.7, 3.25, 4.85, 6.4, 8.0]
EAST_ROWS = [-.4, 1.28, 2.95, 4.45, 6.2, 8.16, 9.7, 11.4]

# Large grounds that streets go around: a point in each, and what it is.
GROUNDS = [((-2.0, 4.2), "campus"), ((-4.5, 2.0), "park"), ((-8.6, 7.9), "airport"), ((-7.4, 7.7), "airport"), ((.4, 8.9), "golf"),
           ((5.9, 6.7), "cemetery"), (east(3.6, 3.4), "golf"), ((-10.3, 2.6), "quarry"), ((4.3, 4.6), "park"), ((-6.0, 9.5), "park"),
           (east(5.2, 6.6), "park"), ((-.45, 7.8), "hospital")]


def in_east(uv):
    return to_east(uv)[0] > 0


def in_port(uv):
    return .78 < uv[0] < 2.93 and uv[1] < .36 or -1.52 < uv[0] < 2.93 and uv[1] < -.6


def zone(uv):
    """(pattern, street spacing across and along, share of streets left out)."""
    u, v = uv
    if uv[1] < -.5 and uv[0] < -1.55:
        return "none", 1, 1
    if in_port(uv):
        return "none", .6, .5
    p, q = to_east(uv)
    d = math.hypot(u + .35, v - 1.3)
    if d < 1.75:
        return "grid", .20, .115
    if -7.3 < u < -4.6 and abs(v - (1.55 - .22 * (u + 6))) < .42 or p > 2.3 and abs(q - (1.6 + .42 * (p - 2.3))) < .35 and p < 5.2:
        return "works", .62, .42
    if d < 3.4:
        return "grid", .26, .14
    if p <= 0 and d < 5.2 and v < 6.3:
        return "grid", .30, .18
    if 0 < p < 3.3 and q < 4.55:
        return "grid", .30, .19
    if u < -9.6 and v > 4.7 or p > 4.9 and q > 5.0 or v > 10.2 and u < -3 or q > 8.2 and p > 1.5:
        return "rural", .9, .75
    if d < 7.2:
        return "curve", .38, .26
    if d < 8.6:
        return "curve", .45, .31
    return "ring", .48, .36


def steps(marks, spacing, low, high):
    """Positions that divide each interval between the marks evenly, about `spacing` apart, without the marks."""
    out = []
    for a, b in zip(marks, marks[1:]):
        count = max(1, int(round((b - a) / spacing)))
        for k in range(1, count):
            x = a + (b - a) * k / count
            if low < x < high:
                out.append(x)
    return out


def wave(key, size):
    """A smooth curve t -> offset."""
    dice = Dice("wave/" + key)
    parts = [(size * dice.between(.5, 1.0), dice.between(1.3, 2.0), dice.between(0, 6.3)),
             (size * dice.between(.2, .4), dice.between(.6, .9), dice.between(0, 6.3))]
    return lambda t: sum(a * math.sin(2 * math.pi * t / w + phase) for a, w, phase in parts)


def box_of(ring):
    return (min(p[0] for p in ring), min(p[1] for p in ring), max(p[0] for p in ring), max(p[1] for p in ring))


class Plan:
    """Fills the faces of the skeleton with collectors, then the faces of those with local streets."""

    def __init__(self):
        self.hits = {}
        self.ring_names = Dice("ringname").shuffled(RING_NAMES)

    def settle(self, point):
        """Streets of neighbouring faces that meet a common border within 12 m of one another meet at one point."""
        key = (int(math.floor(point[0] / .012)), int(math.floor(point[1] / .012)))
        best = None
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                for other in self.hits.get((key[0] + i, key[1] + j), ()):
                    if distance(other, point) < .014 and (best is None or distance(other, point) < distance(best, point)):
                        best = other
        if best is None:
            self.hits.setdefault(key, []).append(point)
            return point
        return best

    def clip(self, line, ring):
        out = []
        for part in clipped(line, ring):
            part = [self.settle(part[0])] + part[1:-1] + [self.settle(part[-1])]
            if part[0] != part[-1] or len(part) > 3:
                out.append(part)
        return out

    @staticmethod
    def frame(centre):
        """Functions to and from the survey a point is on."""
        if in_east(centre):
            return to_east, lambda p: east(p[0], p[1])
        return (lambda p: p), (lambda p: p)

    def collectors(self, ring):
        """(points, kind, name) for a face of the skeleton."""
        centre = centroid(ring)
        kind = zone(centre)[0]
        size = abs(area_of(ring))
        if kind == "none" or size < .25:
            return []
        turn, back = self.frame(centre)
        local = [turn(p) for p in ring]
        low_u, low_v, high_u, high_v = box_of(local)
        is_east = in_east(centre)
        compact = 4 * math.pi * size / length(ring + ring[:1]) ** 2
        if kind == "ring" and size > 1.1 and compact > .55 and Dice("suburb/%.1f,%.1f" % centre)() < .62:
            return self.ring_road(ring, "%.1f,%.1f" % centre)
        out = []
        bend = {"grid": .0, "works": .0, "curve": .07, "ring": .08, "rural": .03}[kind]
        for axis, marks, low, high in ((0, EAST_COLUMN_MIDDLES if is_east else COLUMN_MIDDLES, low_u, high_u),
                                       (1, EAST_ROW_MIDDLES if is_east else ROW_MIDDLES, low_v, high_v)):
            for index, mark in enumerate(marks):
                if not low + .12 < mark < high - .12:
                    continue
                if kind == "rural" and axis == 0:
                    continue
                key = "%d%d%d" % (is_east, axis, index)
                shift = wave(key, bend) if bend else (lambda t: 0.0)
                start, end = (low_v, high_v) if axis == 0 else (low_u, high_u)
                count = max(1, int((end - start + .2) / .12)) if bend else 1
                line = []
                for k in range(count + 1):
                    t = start - .1 + (end - start + .2) * k / count
                    x = mark + shift(t)
                    line.append(back((x, t) if axis == 0 else (t, x)))
                for part in self.clip(line, ring):
                    out.append((thinned(part, .005), "collector", collector_name(is_east, axis, index)))
        return out

    def ring_road(self, ring, key):
        """The suburb of the seventies: a ring collector inside the concession block, spokes to the arterials."""
        dice = Dice("ring/" + key)
        centre = centroid(ring)
        around = []
        count = 36
        for k in range(count):
            angle = 2 * math.pi * k / count
            beam = [centre, (centre[0] + 3 * math.cos(angle), centre[1] + 3 * math.sin(angle))]
            reach = 3.0
            for a, b in zip(ring, ring[1:] + ring[:1]):
                dx, dy = beam[1][0] - centre[0], beam[1][1] - centre[1]
                sc = dx * (a[1] - centre[1]) - dy * (a[0] - centre[0])
                sd = dx * (b[1] - centre[1]) - dy * (b[0] - centre[0])
                if (sc > 0) != (sd > 0):
                    w = sc / (sc - sd)
                    hit = (a[0] + w * (b[0] - a[0]), a[1] + w * (b[1] - a[1]))
                    if (hit[0] - centre[0]) * dx + (hit[1] - centre[1]) * dy > 0:
                        reach = min(reach, distance(centre, hit))
            around.append(reach)
        soft = [sum(around[(k + j) % count] for j in (-2, -1, 0, 1, 2)) / 5 for k in range(count)]
        lobes = dice.between(0, 6.3), dice.between(.04, .15), dice.between(0, 6.3), dice.between(.03, .08)
        middle = dice.between(.50, .62)
        loop = []
        for k in range(count):
            angle = 2 * math.pi * k / count
            part = middle + lobes[1] * math.sin(2 * angle + lobes[0]) + lobes[3] * math.sin(3 * angle + lobes[2])
            loop.append((centre[0] + soft[k] * part * math.cos(angle), centre[1] + soft[k] * part * math.sin(angle)))
        name = self.ring_names.pop(0)
        self.ring_names.append(name)
        out = [(loop + loop[:1], "collector", name)]
        spokes = int(dice.between(4, 6.99))
        first = dice.between(0, 2 * math.pi)
        for k in range(spokes):
            angle = first + 2 * math.pi * (k + dice.between(-.18, .18)) / spokes
            index = int(round(angle / (2 * math.pi) * count)) % count
            base = loop[index]
            bend = angle + dice.between(-.35, .35)
            middle = (base[0] + .22 * math.cos(angle), base[1] + .22 * math.sin(angle))
            tip = (middle[0] + .3 * math.cos(bend), middle[1] + .3 * math.sin(bend))
            line = smooth([base, middle, tip], .11)
            line.append(ahead(line[-2], line[-1], 2.5))
            hit = self.first_hit(line, ring)
            if hit:
                out.append((thinned(hit, .005), "collector" if k < 3 else "local", name.split()[0] + " Gate" if k < 3 else ""))
        return out

    def first_hit(self, line, ring):
        """The line from its start (inside the ring) to where it first meets the ring."""
        out = [line[0]]
        for a, b in zip(line, line[1:]):
            best = None
            dx, dy = b[0] - a[0], b[1] - a[1]
            for c, d in zip(ring, ring[1:] + ring[:1]):
                sc = dx * (c[1] - a[1]) - dy * (c[0] - a[0])
                sd = dx * (d[1] - a[1]) - dy * (d[0] - a[0])
                if (sc > 0) == (sd > 0):
                    continue
                w = sc / (sc - sd)
                x, y = c[0] + w * (d[0] - c[0]), c[1] + w * (d[1] - c[1])
                t = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)
                if 0 <= t <= 1 and (best is None or t < best[0]):
                    near = c if distance((x, y), c) < .012 else d if distance((x, y), d) < .012 else (x, y)
                    best = (t, near)
            if best:
                out.append(self.settle(best[1]))
                return out if length(out) > .08 else None
            out.append(b)
        return None

    def locals(self, ring):
        """Local streets for a face between collectors."""
        centre = centroid(ring)
        kind, across, along = zone(centre)
        size = abs(area_of(ring))
        if kind == "none" or size < 1.3 * across * along:
            return []
        for place, _ in GROUNDS:
            if inside(place, ring):
                return []
        dice = Dice("locals/%.2f,%.2f" % centre)
        turn, back = self.frame(centre)
        local = [turn(p) for p in ring]
        low_u, low_v, high_u, high_v = box_of(local)
        is_east = in_east(centre)
        if Dice("lie/%d,%d" % (int((centre[0] + 40) / 1.64), int((centre[1] + 40) / 1.6)))() < .42:
            across, along = along, across
        out = []
        if kind in ("grid", "works"):
            marks_u = sorted((EAST_COLUMNS + EAST_COLUMN_MIDDLES) if is_east else (COLUMNS + COLUMN_MIDDLES))
            marks_v = sorted((EAST_ROWS + EAST_ROW_MIDDLES) if is_east else (ROWS + ROW_MIDDLES))
            for axis, marks, spacing, low, high in ((0, marks_u, across, low_u, high_u), (1, marks_v, along, low_v, high_v)):
                for x in steps(marks, spacing, low + .05, high - .05):
                    shift = Dice("line/%d%d/%.3f" % (is_east, axis, x)).between(-.12, .12) * spacing
                    start, end = (low_v, high_v) if axis == 0 else (low_u, high_u)
                    line = [back((x + shift, t) if axis == 0 else (t, x + shift)) for t in (start - .1, end + .1)]
                    out.extend((part, "local", "") for part in self.clip(line, ring))
            return out
        if kind == "rural":
            if dice() < .5:
                return []
        bend = {"curve": .065, "ring": .09, "rural": .03}[kind]
        key = "%.2f,%.2f" % centre
        angle = dice.between(-.22, .22) if kind == "ring" else dice.between(-.07, .07)
        ca, sa = math.cos(angle), math.sin(angle)
        mid = ((low_u + high_u) / 2, (low_v + high_v) / 2)
        for axis, spacing, low, high in ((0, across, low_u, high_u), (1, along, low_v, high_v)):
            count = max(1, int(round((high - low) / spacing)))
            swing = wave(key + str(axis), bend)
            half = .5 * (high - low)
            for k in range(1, count):
                x = low + (high - low) * (k + dice.between(-.1, .1)) / count
                start, end = (low_v, high_v) if axis == 0 else (low_u, high_u)
                pieces = max(2, int((end - start + .3) / .1))
                line = []
                for i in range(pieces + 1):
                    t = start - .15 + (end - start + .3) * i / pieces
                    y = x + swing(t + .12 * k) * (1 - .5 * abs((x - (low + high) / 2) / half))
                    a, b = (y, t) if axis == 0 else (t, y)
                    a, b = a - mid[0], b - mid[1]
                    line.append(back((mid[0] + a * ca - b * sa, mid[1] + a * sa + b * ca)))
                out.extend((thinned(part, .004), "local", "") for part in self.clip(line, ring))
        return out


RING_NAMES = ["Larkspur Circle", "Bellwood Circle", "Fernhill Crescent", "Tamarack Circle", "Sparrow Crescent", "Halyard Circle",
              "Muskoka Crescent", "Cranberry Circle", "Whitetail Crescent", "Chickadee Circle", "Bluestone Crescent", "Meadowlark Circle",
              "Juniper Crescent", "Orchard Circle", "Thistledown Crescent", "Heather Circle", "Wintergreen Crescent", "Sandpiper Circle"]
STREETS_WEST = [["Lobo Road", "Carrick Road", "Fenwick Street", "Tilbury Road", "Salter Street", "Roncesvaux Avenue", "Bathgate Street",
                "Bishop Street",
                 "Tannery Lane", "Danby Avenue", "Gore Road", "Linden Avenue"],
                ["Front Street", "Queen's Parade", "College Street", "Saint-Cyr Avenue", "Wilmot Heights Road", "Elgar Mills Road",
                    "Concession Road Ten", "Pine Line"]]
STREETS_EAST = [["Danby Road", "Kennoway Avenue", "Midland Street", "Scarfe Road", "Bellamine Road", "Rouge Line"],
                ["Bluff Road", "Lighthouse Road", "St. Clement Avenue", "Ellesborough Road", "Huntington Mills Road", "Passmoor Road",
                    "Finchley Line"]]


def collector_name(is_east, axis, index):
    return (STREETS_EAST if is_east else STREETS_WEST)[axis][index]


# --------------------------------------------------------------------------------------------------- the graph of the city

class City:
    """The planar graph: edges, the faces that are blocks, the faces around, and the roads outside."""

    def __init__(self):
        skeleton = Skeleton()
        self.skeleton = skeleton
        pieces = []
        for points, kind, name, role in skeleton.lines:
            micro = [to_micro(p) for p in points]
            pieces.extend((a, b, kind, name, role) for a, b in zip(micro, micro[1:]))
        edges = noded(pieces)
        # What bounds the city, the lake and the neighbouring municipalities.
        bounds = {key: edge for key, edge in edges.items() if edge.role & (SHORE | LIMIT | FRAME | HARBOUR)}
        prune(bounds)
        for key, edge in edges.items():
            if edge.role & LIMIT and key not in bounds:
                edge.role &= ~LIMIT
        rings = traced(bounds)
        wall = SHORE | LIMIT | FRAME | HARBOUR
        self.whole = max((r for r in rings if area_of(r) > 0 and inside(to_micro((0, 3)), r)), key=lambda r: -area_of(r))
        isles = [r for r in rings if 0 < area_of(r) < 3e8 and any(inside(to_micro(isle[0]), r) for isle in ISLANDS)]
        town = [self.whole] + isles
        boxes = [box_of(r) for r in town]
        self.outside = {}
        self.edges = {}
        for key, edge in edges.items():
            a, b = key
            middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            if key in bounds and edge.role & wall:
                self.edges[key] = edge
            elif any(x[0] <= middle[0] <= x[2] and x[1] <= middle[1] <= x[3] and inside(middle, r) for x, r in zip(boxes, town)):
                self.edges[key] = edge
            elif edge.kind or edge.role & RAIL:
                self.outside[key] = edge
        self.plan()

    def blocks_of(self, rings):
        """The rings that are inside the limit or on an island."""
        start = min((i for i, r in enumerate(rings) if area_of(r) > 0 and inside(to_micro((-.31, 1.47)), r)), key=lambda i: area_of(rings[i]))
        found = flood(rings, self.edges, start, lambda e: e.role & (SHORE | LIMIT))
        for place, _, _, _, _ in ISLANDS:
            hit = [i for i, r in enumerate(rings) if 0 < area_of(r) < 3e8 and inside(to_micro(place), r)]
            if hit:
                i = min(hit, key=lambda i: area_of(rings[i]))
                found += [j for j in flood(rings, self.edges, i, lambda e: e.role & SHORE) if j not in found]
        return [i for i in found if area_of(rings[i]) > 0]

    def fill(self, lines):
        pieces = [(key[0], key[1], e.kind, e.name, e.role) for key, e in self.edges.items()]
        for points, kind, name in lines:
            micro = [to_micro(p) for p in points]
            pieces.extend((a, b, kind, name, 0) for a, b in zip(micro, micro[1:]))
        self.edges = noded(pieces)
        prune(self.edges)

    def is_ravine(self, ring):
        """Between a river and the rim above it: no streets, nobody lives there."""
        sizes = {RIVER: 0.0, RAVINE: 0.0, 0: 0.0}
        for key in ring_keys(ring):
            role = self.edges[key].role
            sizes[RIVER if role & RIVER else RAVINE if role & RAVINE else 0] += distance(to_km(key[0]), to_km(key[1]))
        whole = sum(sizes.values())
        return sizes[RIVER] > .25 * whole and sizes[RAVINE] > .1 * whole and sizes[0] < .45 * whole

    def faces(self):
        rings = traced(self.edges)
        return rings, self.blocks_of(rings)

    def plan(self):
        plan = Plan()
        prune(self.edges)
        for fill in (plan.collectors, plan.locals):
            rings, chosen = self.faces()
            lines = []
            for i in chosen:
                if not self.is_ravine(rings[i]):
                    lines.extend(fill([to_km(p) for p in rings[i]]))
            self.fill(lines)
        self.tidy()

    def tidy(self):
        """Joins slivers to a neighbour, leaves out some streets, and comes down to the number of blocks wanted."""
        self.ends = []                       # streets left out: some of them stay as dead ends
        dice = Dice("tidy")
        for turn in range(14):
            rings, chosen = self.faces()
            poor = []
            for i in chosen:
                ring = [to_km(p) for p in rings[i]]
                size = area_of(ring)
                kind, across, along = zone(centroid(ring))
                round_ = 4 * math.pi * size / length(ring + ring[:1]) ** 2
                if size < .42 * across * along or round_ < .30 and size < 2.2 * across * along:
                    poor.append((size * (.5 + round_), i))
            poor.sort()
            extra = len(chosen) - len(poor) // 2 - BLOCKS
            if turn >= 4 and extra > 0:
                whole = [i for i in chosen if zone(centroid([to_km(p) for p in rings[i]]))[0] in ("grid", "curve", "ring")]
                poor += [(9, i) for i in dice.shuffled(whole)[:extra]]
            if not self.join(rings, chosen, [i for _, i in poor]) and turn >= 4:
                break
        self.dead_ends()
        self.straighten()

    def removable(self, edge):
        return edge.kind in ("local", "path", "") and not edge.role & ~RAVINE and edge.role | RANK[edge.kind] > 0

    def join(self, rings, chosen, poor):
        by_edge = {}
        chosen_set = set(chosen)
        for i in chosen:
            for key in ring_keys(rings[i]):
                by_edge.setdefault(key, []).append(i)
        used, joined = set(), 0
        for i in poor:
            if i in used:
                continue
            shared = {}
            for key in ring_keys(rings[i]):
                edge = self.edges[key]
                for j in by_edge[key]:
                    if j != i and j in chosen_set and self.removable(edge) and (edge.kind == "local" or area_of(rings[i]) < 1.2e6):
                        shared.setdefault(j, []).append(key)
            options = []
            for j, keys in shared.items():
                if j not in used:
                    meters = sum(distance(to_km(a), to_km(b)) for a, b in keys)
                    bulk = area_of(rings[j]) / 1e6
                    options.append((meters / (1 + .25 * bulk), j))
            if not options:
                continue
            _, j = max(options)
            used.update((i, j))
            for key in shared[j]:
                self.ends.append((key, self.edges.pop(key)))
            joined += 1
        prune(self.edges)
        return joined

    def dead_ends(self):
        """Of the streets left out, some stay as dead ends: self.ends becomes a list of lines in microdegrees."""
        dice = Dice("dead ends")
        edges = {key: edge for key, edge in self.ends if edge.kind == "local"}
        around = neighbours_of(edges)
        kept = {p for key, edge in self.edges.items() if edge.kind in ("local", "collector") for p in key}
        degree = {p: len(q) for p, q in neighbours_of(self.edges).items()}
        lines, used = [], set()
        for start in sorted(p for p in around if p in kept):
            for step in sorted(around[start]):
                line = [start]
                here, there = start, step
                while True:
                    key = (here, there) if here < there else (there, here)
                    if key in used:
                        break
                    used.add(key)
                    line.append(there)
                    if there in degree or len(around[there]) != 2:
                        break
                    here, there = there, [p for p in around[there] if p != here][0]
                if len(line) < 2 or dice() < .45:
                    continue
                km = [to_km(p) for p in line]
                size = length(km)
                if size > .1:
                    dead_end = [to_micro(p) for p in cut(km, size * dice.between(.5, .72))]
                    lines.append([start] + dead_end[1:])
        self.ends = lines

    def straighten(self):
        """Takes out vertices that say nothing: two edges alike, nearly in line (within about 1.2 m)."""
        around = neighbours_of(self.edges)
        fixed = {p for key in self.outside for p in key} | {line[0] for line in self.ends}
        for p in sorted(around):
            if len(around[p]) != 2 or p in fixed:
                continue
            a, b = around[p]
            first, second = self.edges[(a, p) if a < p else (p, a)], self.edges[(b, p) if b < p else (p, b)]
            if (first.kind, first.name, first.role) != (second.kind, second.name, second.role):
                continue
            key = (a, b) if a < b else (b, a)
            if key in self.edges or to_segment(p, a, b) > 12:
                continue
            del self.edges[(a, p) if a < p else (p, a)]
            del self.edges[(b, p) if b < p else (p, b)]
            self.edges[key] = first
            around[a][around[a].index(p)] = b
            around[b][around[b].index(p)] = a


# --------------------------------------------------------------------------------------------------- neighbourhoods

# name, French name, seed, people per km2 where they live, recent immigrants %, seniors %, median income (thousand),
# towers (share of blocks that hold them), pull for services (0: nobody has opened there)
Hood = collections.namedtuple("Hood", "name name_fr seed density immigrants seniors income towers pull")
HOODS = [Hood(*row) for row in (
    ("Long Point-Marchbank", "", (-10.6, 1.0), 1500, 4, 24, 98, 0, .15),
    ("Applewood Glen", "", (-10.6, 3.2), 1800, 6, 15, 94, 0, 0),
    ("Sawmill Creek", "Ruisseau-de-la-Scierie", (-9.1, 2.6), 2100, 9, 16, 82, 0, .25),
    ("Airport-Concession Eight", "", (-8.0, 7.3), 500, 14, 9, 61, 0, .3),
    ("Kingsfold", "", (-8.3, 9.2), 1700, 11, 13, 79, 0, 0),
    ("Miller's Landing", "", (-7.3, .6), 3000, 6, 22, 87, .01, .5),
    ("Queensland Park", "", (-7.3, 2.3), 2900, 10, 18, 72, .01, .4),
    ("Eaglewood-Ransom", "", (-7.3, 4.2), 2700, 13, 17, 68, .01, .3),
    ("Rexford Heights", "", (-7.3, 5.6), 4300, 31, 11, 45, .07, .12),
    ("Notre-Dame-des-Champs", "Notre-Dame-des-Champs", (-6.3, 9.2), 2200, 15, 14, 70, .01, .05),
    ("Grenadier Bay", "", (-5.5, .5), 3100, 5, 25, 99, .01, .5),
    ("Weaver's Junction", "", (-5.5, 2.1), 2600, 12, 13, 63, 0, .9),
    ("Mount Carmel", "Mont-Carmel", (-5.5, 3.8), 3100, 11, 19, 66, 0, .5),
    ("Black Pine-Northcliffe", "", (-5.4, 6.6), 4600, 36, 9, 41, .09, .10),
    ("Fairground", "Champ de foire", (-4.0, 1.0), 3300, 12, 14, 60, .02, 1.3),
    ("Kingsbridge", "", (-3.9, 5.4), 3200, 9, 20, 74, .01, .8),
    ("Holloway Park", "", (-4.0, 7.4), 3300, 21, 13, 54, .04, .3),
    ("Westminster Fields", "", (-4.1, 9.1), 2300, 16, 15, 71, .01, .1),
    ("Elm Grove-Saint-Cyr", "Bosquet-des-Ormes-Saint-Cyr", (-3.0, 3.9), 4100, 9, 16, 69, .01, .9),
    ("Little Lisbon", "Petite Lisbonne", (-2.6, 2.2), 5600, 13, 17, 57, .01, 1.6),
    ("Garrison Common", "", (-2.3, 1.15), 6200, 15, 10, 62, .05, 2.2),
    ("Harbour Front West", "Secteur riverain Ouest", (-2.2, .45), 5200, 11, 12, 88, .12, .9),
    ("Bedford Glen", "", (-2.4, 7.9), 2500, 7, 23, 108, 0, .15),
    ("Hillcrest Village North", "", (-2.2, 10.7), 1900, 18, 12, 77, 0, 0),
    ("Market Square", "Place du Marché", (-.75, 1.1), 6500, 16, 11, 58, .08, 5.5),
    ("Old Mill-Harbour Front East", "Vieux-Moulin-Secteur riverain Est", (-.3, .25), 5600, 12, 13, 90, .12, 2.4),
    ("St. Brendan's", "Saint-Brendan", (-.75, 2.2), 7000, 17, 12, 49, .06, 3.6),
    ("University Heights", "Cité universitaire", (-1.6, 3.9), 3800, 14, 11, 63, .02, 1.4),
    ("Annesley Park", "", (.2, 3.5), 4300, 8, 19, 86, .01, .9),
    ("Forest Lawn", "", (-1.0, 5.4), 2400, 4, 27, 148, 0, .2),
    ("Bishop's Ravine", "", (.9, 6.2), 1900, 4, 26, 161, 0, .1),
    ("Graydon Mills", "", (.5, 7.9), 2600, 12, 21, 83, .03, .5),
    ("Newbrook", "", (.9, 10.9), 1900, 17, 11, 80, 0, 0),
    ("Port Lands", "Terrains portuaires", (1.6, -.5), 0, 0, 0, 0, 0, 0),
    ("Tannery Flats", "", (1.9, 1.1), 4700, 19, 11, 47, .04, 1.8),
    ("Riverbend", "", (2.0, 2.7), 4600, 12, 15, 64, .02, 1.5),
    ("Sandbanks", "Les Dunes", (4.2, .4), 3700, 4, 19, 103, 0, .6),
    ("Danby Village", "", (3.7, 1.9), 4400, 12, 16, 65, .01, 1.2),
    ("O'Hara Corners", "", (2.8, 4.1), 3900, 13, 17, 67, .02, .7),
    ("The Gore", "", (4.4, 3.6), 3400, 14, 18, 62, .01, .5),
    ("Valley Gate-Thornbury", "", (3.9, 5.9), 3700, 26, 13, 50, .06, .25),
    ("Peregrine Heights", "Hauteurs-du-Faucon", (3.7, 7.6), 4400, 33, 11, 44, .08, .12),
    ("Côte-du-Phare", "Côte-du-Phare", east(.9, .6), 3500, 7, 20, 76, .01, .6),
    ("Townline-Kennoway", "", east(.9, 2.1), 3300, 16, 15, 59, .02, .6),
    ("Eglin Park East", "", east(1.0, 3.8), 4300, 29, 12, 46, .07, .35),
    ("Wexley", "", east(.9, 5.5), 2900, 18, 18, 61, .02, .3),
    ("St. Andrew's Mills", "", east(.8, 7.2), 2400, 13, 20, 78, .01, .3),
    ("Concession Ten-Old Farquhar", "", east(1.5, 9.0), 900, 6, 17, 95, 0, 0),
    ("Clearwater Bluffs", "Falaises-Claires", east(2.4, .8), 2200, 4, 26, 112, 0, .2),
    ("Fort Prudence", "", east(2.5, 5.2), 2800, 17, 16, 64, .02, .35),
    ("Maplecross", "Croix-d'Érable", east(4.1, 6.6), 3300, 35, 9, 48, .09, .05),
    ("Heron Creek-Golf Club Heights", "", east(3.6, 3.6), 1900, 10, 19, 81, .01, .2),
    ("Artisans' Point", "Pointe-aux-Artisans", east(4.2, 1.0), 2000, 5, 23, 93, 0, .1),
    ("Rivière-aux-Pins", "Rivière-aux-Pins", east(5.8, 1.4), 1500, 7, 17, 89, 0, 0),
)]
ISLAND_HOOD = [hood.name for hood in HOODS].index("Old Mill-Harbour Front East")


class Neighbourhoods:
    """Blocks, and which neighbourhood each is in."""

    def __init__(self, city):
        self.city = city
        rings, chosen = city.faces()
        self.rings = [rings[i] for i in chosen]
        self.km = [[to_km(p) for p in ring] for ring in self.rings]
        self.area = [area_of(ring) for ring in self.km]
        self.centre = [centroid(ring) for ring in self.km]
        self.owner = {}                              # half-edge -> block on its left
        for i, ring in enumerate(self.rings):
            for half in zip(ring, ring[1:] + ring[:1]):
                self.owner[half] = i
        self.cells()
        self.grow()
        self.relax()
        self.jog()
        self.unpinch()

    def edge(self, a, b):
        return self.city.edges[(a, b) if a < b else (b, a)]

    def cells(self):
        """Blocks that only local streets part are one cell: neighbourhood borders keep to greater things."""
        self.cell = [-1] * len(self.rings)
        count = 0
        for i in range(len(self.rings)):
            if self.cell[i] >= 0:
                continue
            todo = [i]
            self.cell[i] = count
            while todo:
                ring = self.rings[todo.pop()]
                for a, b in zip(ring, ring[1:] + ring[:1]):
                    j = self.owner.get((b, a))
                    if j is not None and self.cell[j] < 0:
                        edge = self.edge(a, b)
                        if edge.kind in ("local", "path", "") and not edge.role:
                            self.cell[j] = count
                            todo.append(j)
            count += 1
        self.members = [[] for _ in range(count)]
        for i, c in enumerate(self.cell):
            self.members[c].append(i)
        self.cell_area = [sum(self.area[i] for i in m) for m in self.members]
        self.cell_centre = [tuple(sum(self.centre[i][x] * self.area[i] for i in m) / sum(self.area[i] for i in m) for x in (0, 1))
                            for m in self.members]
        self.shared = [{} for _ in range(count)]     # cell -> other cell -> [km, weighted km]
        for (a, b), i in self.owner.items():
            j = self.owner.get((b, a))
            if j is None or self.cell[i] == self.cell[j]:
                continue
            size = distance(to_km(a), to_km(b))
            both = self.shared[self.cell[i]].setdefault(self.cell[j], [0.0, 0.0])
            both[0] += size
            both[1] += size * self.barrier(self.edge(a, b))

    @staticmethod
    def barrier(edge):
        """How good a border the edge makes, 0 to 1."""
        if edge.role & RIVER or edge.kind == "expressway":
            return 1.0
        if edge.role & RAIL:
            return .85
        if edge.kind == "arterial":
            return .7
        if edge.role & RAVINE:
            return .35
        return .3 if edge.kind == "collector" else .0

    def grow(self):
        best = {}
        heap = []
        for h, hood in enumerate(HOODS):
            cell = min(range(len(self.members)), key=lambda c: min(distance(self.centre[i], hood.seed) for i in self.members[c])
                       + (0 if any(inside(hood.seed, self.km[i]) for i in self.members[c]) else 5))
            heap.append((0.0, cell, h))
        self.isles = {c for c in range(len(self.members)) if not self.shared[c]}
        while heap:
            heap.sort(reverse=True)
            cost, c, h = heap.pop()
            if c in best:
                continue
            best[c] = h
            for d, (size, good) in sorted(self.shared[c].items()):
                if d in best or self.port(d) != self.port(c):
                    continue
                step = distance(self.cell_centre[c], self.cell_centre[d]) + 1.5 * good / size
                heap.append((cost + step, d, h))
        for c in sorted(self.isles):
            best[c] = ISLAND_HOOD
        for c in range(len(self.members)):
            if c not in best:
                best[c] = max((self.shared[c][d][0], best[d]) for d in self.shared[c] if d in best)[1]
        self.label = [best[c] for c in range(len(self.members))]

    def port(self, c):
        return in_port(self.cell_centre[c]) and c not in self.isles

    def together(self, cells):
        """Is this set of cells in one piece?"""
        cells = set(cells) - self.isles
        if not cells:
            return True
        seen, todo = set(), [min(cells)]
        while todo:
            c = todo.pop()
            if c in seen:
                continue
            seen.add(c)
            todo.extend(d for d in self.shared[c] if d in cells and d not in seen)
        return len(seen) == len(cells)

    def relax(self):
        """Moves cells between neighbourhoods while that puts more of the borders on good barriers."""
        for _ in range(8):
            moved = 0
            for c in range(len(self.members)):
                own = self.label[c]
                if c in self.isles or self.port(c):
                    continue
                near = sorted({self.label[d] for d in self.shared[c] if not self.port(d)} - {own})
                rest = [d for d in range(len(self.members)) if self.label[d] == own and d != c]
                if not near or sum(self.cell_area[d] for d in rest) < 2.2 and self.cell_area[c] > .02 or not self.together(rest):
                    continue

                def cost(h):
                    border = sum(size - .8 * good for d, (size, good) in self.shared[c].items() if self.label[d] != h)
                    return border + .35 * distance(self.cell_centre[c], HOODS[h].seed)

                best = min([own] + near, key=lambda h: (cost(h), h))
                if best != own and cost(best) < cost(own) - .05:
                    self.label[c] = best
                    moved += 1
            if not moved:
                break
        self.banks()
        self.hood = [self.label[c] for c in self.cell]

    def banks(self):
        """A ravine goes with the land above it, so that where a border follows a river it follows its middle."""
        above = {}
        for (a, b), i in self.owner.items():
            j = self.owner.get((b, a))
            if j is not None and self.cell[i] != self.cell[j] and self.edge(a, b).role & RAVINE and not self.edge(a, b).role & RIVER:
                sides = above.setdefault(self.cell[i], {})
                sides[self.cell[j]] = sides.get(self.cell[j], 0.0) + distance(to_km(a), to_km(b))
        wet = {self.cell[i] for (a, b), i in self.owner.items() if self.edge(a, b).role & RIVER}
        for c in sorted(set(above) & wet):
            upper = {}
            for d, size in above[c].items():
                if d not in wet:
                    upper[self.label[d]] = upper.get(self.label[d], 0.0) + size
            best = max(upper, key=lambda h: (upper[h], h)) if upper else self.label[c]
            if best != self.label[c] and self.together([d for d in range(len(self.label)) if self.label[d] == self.label[c] and d != c]):
                self.label[c] = best

    def jog(self):
        """Old parish lines and school catchments: here and there a few blocks belong to the other side of the street."""
        dice = Dice("jog")
        beside = [sorted({self.owner[b, a] for a, b in zip(ring, ring[1:] + ring[:1]) if (b, a) in self.owner}) for ring in self.rings]

        def firm(i, j):
            return any(self.owner.get((b, a)) == j and self.barrier(self.edge(a, b)) > .72
                       for a, b in zip(self.rings[i], self.rings[i][1:] + self.rings[i][:1]))

        done = 0
        for i in dice.shuffled(list(range(len(self.rings)))):
            if done == 46:
                return
            others = [j for j in beside[i] if self.hood[j] != self.hood[i]]
            if not others or self.area[i] > .25 or in_port(self.centre[i]) or any(in_port(self.centre[j]) for j in others):
                continue
            own, other = self.hood[i], self.hood[others[0]]
            if firm(i, others[0]):
                continue
            group = [i]
            for _ in range(int(dice.between(1, 5))):
                more = [j for k in group for j in beside[k] if self.hood[j] == own and j not in group and not firm(j, k) and self.area[j] < .3
                        and any(self.hood[x] == other for x in beside[j])]
                if not more or sum(self.area[k] for k in group) > .35:
                    break
                group.append(more[0])
            rest = {j for j in range(len(self.rings)) if self.hood[j] == own and j not in group and self.cell[j] not in self.isles}
            seen, todo = set(), [min(rest)]
            while todo:
                k = todo.pop()
                if k not in seen:
                    seen.add(k)
                    todo.extend(j for j in beside[k] if j in rest and j not in seen)
            if len(seen) == len(rest) and sum(self.area[k] for k in rest) > 1.2:
                for k in group:
                    self.hood[k] = other
                done += 1

    def unpinch(self):
        """No neighbourhood may touch itself in a single point: one of the blocks there changes sides."""
        around = neighbours_of(self.city.edges)
        for p, others in around.items():
            others.sort(key=lambda q: math.atan2(q[1] - p[1], q[0] - p[0]))
        for _ in range(40):
            moved = False
            for p in sorted(around):
                faces = [self.owner.get((p, q)) for q in around[p]]
                labels = [None if f is None else self.hood[f] for f in faces]
                runs = sum(1 for i in range(len(labels)) if labels[i] != labels[i - 1])
                if runs <= len(set(labels)) or len(set(labels)) == 1:
                    continue
                twice = [h for h in set(labels) if h is not None
                         and sum(1 for i in range(len(labels)) if labels[i] == h and labels[i - 1] != h) > 1]
                f = min((f for f, h in zip(faces, labels) if h in twice), key=lambda f: (self.area[f], f))
                sides = {}
                ring = self.rings[f]
                for a, b in zip(ring, ring[1:] + ring[:1]):
                    j = self.owner.get((b, a))
                    if j is not None and self.hood[j] != self.hood[f]:
                        sides[self.hood[j]] = sides.get(self.hood[j], 0) + distance(to_km(a), to_km(b))
                self.hood[f] = max(sides, key=lambda h: (sides[h], h))
                moved = True
            if not moved:
                return
        raise RuntimeError("a neighbourhood touches itself")

    def outlines(self, h):
        """Polygons of neighbourhood h: [[outer, hole, ...], ...], rings of microdegrees."""
        following = {}
        for (a, b), i in self.owner.items():
            if self.hood[i] == h:
                j = self.owner.get((b, a))
                if j is None or self.hood[j] != h:
                    if a in following:
                        raise RuntimeError("a neighbourhood touches itself")
                    following[a] = b
        rings = []
        while following:
            start = min(following)
            ring, here = [], start
            while here in following:
                ring.append(here)
                here = following.pop(here)
            rings.append(ring)
        outer = sorted((r for r in rings if area_of(r) > 0), key=lambda r: -area_of(r))
        return [[r] + [hole for hole in rings if area_of(hole) < 0 and inside(hole[0], r)] for r in outer]


# --------------------------------------------------------------------------------------------------- people

class People:
    """Population, recent immigrants and seniors of every block; sums for every neighbourhood."""

    def __init__(self, hoods):
        self.hoods = hoods
        count = len(hoods.rings)
        dice = Dice("people")
        weight = [0.0] * count
        tower = [False] * count
        for i in range(count):
            hood = HOODS[hoods.hood[i]]
            shape = zone(hoods.centre[i])[0]
            draw, other, third = dice(), dice(), dice()
            size = hoods.area[i]
            if hood.density == 0 or self.is_ground(i):
                continue
            if shape == "works" and draw < .72 or draw < .045:
                continue
            if shape == "none":
                size = .01 if hoods.hood[i] == ISLAND_HOOD and size > .03 else 0.0
            elif size > .35:
                size = .35 + .25 * (size - .35)
            weight[i] = size * hood.density * math.exp(.42 * (other * 3.4 - 1.7))
            if third < hood.towers:
                tower[i] = True
                weight[i] = max(weight[i], .10 * hood.density) * 2.0 + 330
        scale = POPULATION / sum(weight)
        self.population = [int(round(w * scale)) for w in weight]
        self.population = [p if p >= 4 else 0 for p in self.population]
        self.immigrants, self.seniors = [0] * count, [0] * count
        for i, people in enumerate(self.population):
            hood = HOODS[hoods.hood[i]]
            a, b, c = dice.bell(), dice.bell(), dice()
            rate = min(.62, hood.immigrants / 100 * .76 * math.exp(.38 * a) * (1.35 if tower[i] else 1.0))
            old = min(.45, hood.seniors / 100 * math.exp(.28 * b))
            if c < .012 and people > 60:
                old = min(.85, old + .42)           # a seniors' residence
            self.immigrants[i] = min(people, int(round(people * rate)))
            self.seniors[i] = min(people - self.immigrants[i] // 2, int(round(people * old)))

    def is_ground(self, i):
        """Parks, ravines and the like: nobody lives there."""
        hoods = self.hoods
        return any(inside(place, hoods.km[i]) for place, _ in GROUNDS) or hoods.city.is_ravine(hoods.rings[i])

    def of_hood(self, h):
        blocks = [i for i in range(len(self.population)) if self.hoods.hood[i] == h]
        dice = Dice("income/" + HOODS[h].name)
        people = sum(self.population[i] for i in blocks)
        per_home = 2.05 + .35 * (1 - HOODS[h].seniors / 30) + .012 * HOODS[h].immigrants - (.35 if HOODS[h].density > 5000 else 0)
        return {
            "population": people,
            "recent_immigrants": sum(self.immigrants[i] for i in blocks),
            "seniors": sum(self.seniors[i] for i in blocks),
            "households": int(round(people / per_home)),
            "median_income": int(round(HOODS[h].income * 10 * dice.between(.97, 1.03))) * 100 if people else None,
        }


# --------------------------------------------------------------------------------------------------- streets

class Streets:
    """Street segments between intersections: (points in microdegrees, class, name)."""

    def __init__(self, city):
        self.edges = {key: (e.kind, e.name) for key, e in city.edges.items() if e.kind}
        for key, e in city.outside.items():
            if e.kind in ("arterial", "expressway"):
                self.edges[key] = (e.kind, e.name)
        for line in city.ends:
            for a, b in zip(line, line[1:]):
                self.edges[(a, b) if a < b else (b, a)] = ("local", "")
        self.city = city
        barrier = {p for key, e in city.edges.items() if e.role & (RAIL | RIVER | SHORE | RAVINE) for p in key}
        fast = {p for key, e in self.edges.items() if e[0] == "expressway" for p in key}
        segments = self.chains()
        degree = {}
        through = {}
        for line, kind, name in segments:
            for p in (line[0], line[-1]):
                degree[p] = degree.get(p, 0) + 1
                if kind in ("arterial", "collector", "path"):
                    through[p] = through.get(p, 0) + 1
        self.segments = []
        for line, kind, name in segments:
            if kind in ("local", "collector"):
                for turn in (0, 1):
                    end = line[-1]
                    stops = end in fast and (kind == "local" or through.get(end, 0) < 2) or end in barrier and degree[end] == 1
                    if stops and line:
                        km = [to_km(p) for p in line]
                        size = length(km)
                        if size < .09:
                            line = []
                            break
                        short = cut(km, size - .032)
                        line = line[:len(short) - 1] + [to_micro(short[-1])]
                    line = line[::-1]
            if line:
                self.segments.append((line, kind, name))
        dock = (-2.75, -1.21)                        # the lanes on the big island, with no way off but the ferry
        for line, name in (([(-3.12, -1.165), (-2.95, -1.17), dock], "Island Avenue"),
                           ([dock, (-2.55, -1.25), (-2.36, -1.27)], "Island Avenue"),
                           ([dock, (-2.735, -1.115)], "Ferry Lane")):
            self.segments.append(([to_micro(p) for p in line], "local", name))
        for _ in range(2):                          # stumps of less than 70 m are driveways
            degree = {}
            for line, _, _ in self.segments:
                for p in (line[0], line[-1]):
                    degree[p] = degree.get(p, 0) + 1
            self.segments = [s for s in self.segments if s[1] not in ("local", "path") or min(degree[s[0][0]], degree[s[0][-1]]) > 1
                             or length([to_km(p) for p in s[0]]) > .07]
        self.footbridges()
        self.connect()

    def chains(self):
        around = neighbours_of(self.edges)

        def look(p, q):
            return self.edges[(p, q) if p < q else (q, p)]

        nodes = {p for p, others in around.items()
                 if len(others) != 2 or look(p, others[0]) != look(p, others[1])}
        used, out = set(), []
        for start in sorted(nodes) + sorted(p for p in around if p not in nodes):
            for step in sorted(around[start]):
                if ((start, step) if start < step else (step, start)) in used:
                    continue
                line = [start]
                here, there = start, step
                while True:
                    used.add((here, there) if here < there else (there, here))
                    line.append(there)
                    if there in nodes or there == start:
                        break
                    here, there = there, [p for p in around[there] if p != here][0]
                out.append((line,) + look(start, step))
        return out

    def footbridges(self):
        """Paths over the river, the railway and the expressway, from street to street."""
        nodes = sorted({p for line, kind, _ in self.segments if kind in ("local", "collector", "path") for p in (line[0], line[-1])})
        km = {p: to_km(p) for p in nodes}
        walls = [(to_km(a), to_km(b)) for (a, b), e in self.city.edges.items() if e.kind and e.kind not in ("expressway", "path")]
        barriers = {}
        for (a, b), e in self.city.edges.items():
            if e.role & (RIVER | RAIL) or e.kind == "expressway":
                barriers.setdefault((e.name if e.role & (RIVER | RAIL) else e.kind), []).append((to_km(a), to_km(b)))
        wanted = [("Meridian River", (.8, 1.0), "Ropewalk Bridge"), ("Meridian River", (1.1, 2.7), "Lovers' Bridge"),
                  ("Meridian River", (1.5, 3.75), "Weir Bridge"),
                  ("Meridian River", (2.2, 6.5), "Heights Bridge"), ("West Branch", (.5, 5.5), "Bishop's Stairs"),
                  ("West Branch", (-1.6, 7.3), "Glen Bridge"),
                  ("Sawmill Creek", (-8.7, 2.3), "Sawmill Bridge"), ("Sawmill Creek", (-9.0, 4.3), "Applewood Bridge"),
                  ("Heron Creek", (8.9, 2.6), "Heron Bridge"),
                  ("Lakes and Interior Railway", (-4.1, 1.1), "Fairground Footbridge"),
                  ("Lakes and Interior Railway", (-2.2, .85), "Garrison Footbridge"),
                  ("Lakes and Interior Railway", (-.8, .7), "Station Tunnel"),
                  ("Lakes and Interior Railway", (2.7, 1.75), "Tannery Footbridge"),
                  ("Lakes and Interior Railway", (5.0, 2.4), "Gore Footbridge"),
                  ("Lakes and Interior Railway", (-6.0, 1.5), "Junction Footbridge"),
                  ("expressway", (-5.6, 7.05), "Black Pine Footbridge"), ("expressway", (-2.4, 7.15), "Holloway Footbridge"),
                  ("expressway", (3.9, 7.3), "Peregrine Footbridge")]
        for barrier, place, name in wanted:
            edges = [s for s in barriers.get(barrier, []) if distance(s[0], place) < 1.0]
            best = None
            close = [p for p in nodes if distance(km[p], place) < .6]
            for i, p in enumerate(close):
                for q in close[i + 1:]:
                    a, b = km[p], km[q]
                    if not .05 < distance(a, b) < .75 or sum(crosses(a, b, c, d) for c, d in edges) != 1:
                        continue
                    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
                    value = distance(a, b) + .4 * distance(middle, place)
                    if (best is None or value < best[0]) and not any(crosses(a, b, c, d) for c, d in walls if distance(c, place) < 1.2):
                        best = (value, p, q)
            if best:
                self.segments.append(([best[1], best[2]], "path", name))

    def parts(self):
        """Connected parts of the walkable network, largest first: lists of nodes."""
        links = {}
        for line, kind, _ in self.segments:
            if kind != "expressway":
                links.setdefault(line[0], []).append(line[-1])
                links.setdefault(line[-1], []).append(line[0])
        seen, parts = set(), []
        for start in sorted(links):
            if start in seen:
                continue
            todo, part = [start], []
            seen.add(start)
            while todo:
                p = todo.pop()
                part.append(p)
                for q in links[p]:
                    if q not in seen:
                        seen.add(q)
                        todo.append(q)
            parts.append(part)
        return sorted(parts, key=lambda part: (-len(part), part[0]))

    def connect(self):
        """What dead ends have cut off is joined by a footpath to the nearest street, except on the island."""
        for part in self.parts()[1:]:
            if to_km(part[0])[1] < -.7:
                continue
            main = set(self.parts()[0])
            if part[0] in main:
                continue
            pairs = [(distance(to_km(p), to_km(q)), p, q) for p in part for q in main
                     if abs(p[0] - q[0]) < 9000 and abs(p[1] - q[1]) < 9000]
            if pairs:
                _, p, q = min(pairs)
                self.segments.append(([p, q], "path", ""))
            else:
                gone = set(part)
                self.segments = [s for s in self.segments if s[0][0] not in gone]


def crosses(a, b, c, d):
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    return (side(a, b, c) > 0) != (side(a, b, d) > 0) and (side(c, d, a) > 0) != (side(c, d, b) > 0)


# --------------------------------------------------------------------------------------------------- water, land, railway

LANDS = [((-16.0, 5.0), "Township of Wexcombe"), ((-12.0, 12.0), "Municipality of Saint-Aubin-du-Lac"), ((-4.0, 14.0), "Town of Marlow"),
         ((-4.0, 22.0), "Township of North Marlow"), ((2.0, 15.0), "Township of Farquhar-Glenelm"),
         (east(2.0, 12.0), "Town of Old Farquhar"),
         (east(6.0, 10.0), "Municipality of Upper Ashburn"), (east(9.0, 4.0), "Township of Ashburn"),
         (east(9.0, 16.0), "Township of Kinvarra")]


class Around:
    """Lake, harbour, rivers, the municipalities around and the railway."""

    def __init__(self, city, hoods):
        rings = traced(city.edges)
        own = {tuple(ring) for ring in hoods.rings}
        faces = [r for r in rings if area_of(r) > 0 and tuple(r) not in own]
        outsides = [r for r in rings if area_of(r) < 0]
        self.water, self.land = [], []
        for kind, name, place in (("lake", "Lake Meridian", (-6.0, -6.0)), ("harbour", "Inner Harbour", (-.6, -.7))):
            ring = min((r for r in faces if inside(to_micro(place), r)), key=area_of)
            holes = [hole for hole in outsides if inside(hole[0], ring) and hole[0] not in ring]
            self.water.append((kind, name, [ring] + holes))
        taken = {tuple(w[2][0]) for w in self.water}
        for ring in faces:
            if tuple(ring) in taken:
                continue
            names = [name for place, name in LANDS if inside(to_micro(place), ring)]
            self.land.append((names[0] if names else "Unorganized territory", ring))
        self.land.sort()
        lake = self.water[0][2][0]
        for name, line, mouth, source, _, _ in city.skeleton.rivers:
            line = [p for p in line if p[1] < 25.9]
            while inside(to_micro(line[1]), lake):
                line = line[1:]
            wet, dry = line[0], line[1]
            if inside(to_micro(wet), lake):          # the drawn river stops a little way out into the lake
                for _ in range(24):
                    middle = ((wet[0] + dry[0]) / 2, (wet[1] + dry[1]) / 2)
                    wet, dry = (middle, dry) if inside(to_micro(middle), lake) else (wet, middle)
                line[0] = wet
            line = [ahead(line[1], line[0], .04)] + line
            whole = length(line)
            done, widths = 0.0, []
            for i, p in enumerate(line):
                if i:
                    done += distance(line[i - 1], p)
                widths.append(source + (mouth - source) * max(0.0, 1 - done / min(whole, 11.0)))
            ring = offset(line, widths) + offset(line, [-w for w in widths])[::-1]
            ring = [to_micro(p) for p in ring]
            self.water.append(("river", name, [ring if area_of(ring) > 0 else ring[::-1]]))
        edges = {key: e for part in (city.edges, city.outside) for key, e in part.items() if e.role & RAIL}
        links = neighbours_of(edges)
        here = min(p for p in links if len(links[p]) == 1)
        self.rail, before = [here], None
        while True:
            onward = [p for p in links[here] if p != before]
            if not onward:
                break
            before, here = here, onward[0]
            self.rail.append(here)


# --------------------------------------------------------------------------------------------------- the inventories

# The thirteen types of the London and Middlesex survey of 2013, and its totals: label, organizations (of 69), how many
# answered about level (0: not asked), how many about target groups, how many of those do not target.
TYPES = [
    ("Employment Assistance", 24, 23, 23, 10),
    ("Social Support", 27, 24, 25, 8),
    ("Health", 12, 0, 12, 4),
    ("Settlement Needs Assessment and Support", 15, 0, 15, 6),
    ("Community Connections", 35, 0, 30, 7),
    ("Housing", 8, 0, 8, 2),
    ("Language Training", 13, 0, 12, 4),
    ("Education and Training", 16, 13, 13, 3),
    ("Recreation", 16, 0, 13, 3),
    ("Arts and Culture", 14, 0, 13, 4),
    ("Cross-Cultural Sensitivity or Anti-Racism Training", 4, 3, 3, 1),
    ("Advocacy", 18, 0, 16, 7),
    ("Other", 35, 0, 32, 12),
]
EMP, SOC, HEA, SET, COM, HOU, LAN, EDU, REC, ART, CCT, ADV, OTH = range(13)
GROUPS = ["males", "females", "families", "seniors", "adults", "youth", "children"]

# What each kind of organization tends to do, how many sites it may have, and how it answers about scope.
KINDS = {
    "settlement": ((SET, EMP, SOC, LAN, COM, OTH, ADV), (1, 4), "immigrant-specific"),
    "cultural": ((COM, SOC, ART, OTH, SET, ADV), (1, 2), "mixed"),
    "employment": ((EMP, EDU, OTH), (1, 4), "universal"),
    "school": ((EDU, LAN, EMP, OTH), (2, 6), "mixed"),
    "library": ((EDU, COM, REC, LAN, OTH), (7, 9), "universal"),
    "health": ((HEA, SOC, OTH), (1, 4), "universal"),
    "housing": ((HOU, SOC, ADV), (1, 2), "universal"),
    "family": ((SOC, COM, REC, OTH, EDU), (1, 5), "universal"),
    "recreation": ((REC, COM, SOC, OTH), (2, 6), "universal"),
    "faith": ((COM, SOC, OTH, SET), (1, 2), "mixed"),
    "arts": ((ART, COM, REC), (1, 2), "universal"),
    "rights": ((ADV, OTH, CCT, SOC), (1, 2), "universal"),
    "city": ((OTH, COM, HOU, REC), (2, 4), "universal"),
}

# name, kind, when it was counted: "both", "2013", "2010"
ORGANIZATIONS = [
    ("Port Meridian Newcomer Centre", "settlement", "both"), ("Lakefront Immigrant Women's Alliance", "settlement", "both"),
    ("Centre francophone du Phare", "settlement", "both"), ("Harbour Settlement & Integration Services", "settlement", "both"),
    ("New Shore Welcome House", "settlement", "2013"), ("Peregrine Heights Newcomer Hub", "settlement", "2013"),
    ("Crossroads Refugee Committee", "settlement", "both"), ("Accueil Meridian", "settlement", "2013"),
    ("Skills to Harbour", "employment", "2013"), ("Meridian Works", "employment", "both"), ("Gore Road Job Connection", "employment",
    "2013"),
    ("Tannery Flats Employment Resource Centre", "employment", "2013"), ("Second Start Careers", "employment", "2013"),
    ("Trades & Apprentices of the Lakefront", "employment", "2013"), ("Access to Professions Meridian", "employment", "2013"),
    ("Lakefront Community College", "school", "both"), ("Port Meridian District School Board", "school", "both"),
    ("Conseil scolaire de la Rive", "school", "2013"), ("St. Brendan's Catholic Adult Learning", "school", "2013"),
    ("University of Port Meridian, Community Programs", "school", "2013"), ("Open Door Literacy", "school", "2013"),
    ("Port Meridian Public Library", "library", "both"),
    ("Meridian Neighbourhood Health Centre", "health", "both"), ("Lakeshore General Hospital, Outreach", "health", "2013"),
    ("Wharf Street Clinic", "health", "2013"), ("Mental Health Meridian", "health", "both"), ("Region of Port Meridian Health Unit",
    "health", "2013"),
    ("Heron Creek Family Health Team", "health", "2013"),
    ("Ropewalk Housing Co-operative", "housing", "2013"), ("Safe Harbour Shelter", "housing", "both"), ("Housing Help Meridian",
    "housing", "2013"),
    ("Family Service Meridian", "family", "both"), ("Young Anchors' Club", "family", "2013"),
    ("Kids' Quay", "family", "2013"), ("Maison de la famille Côte-du-Phare", "family", "2013"), ("Older Sisters of the Lakefront",
    "family", "2013"),
    ("Holloway Park Community Resource Centre", "family", "both"), ("Glen & Creek Neighbourhood Association", "family", "2013"),
    ("Harbour Athletic & Family Club", "recreation", "both"), ("Sandbanks Community Centre", "recreation", "2013"),
    ("Goal! Youth Soccer for All", "recreation", "2013"),
    ("Fairground Recreation Society", "recreation", "2013"),
    ("Portuguese Club of Little Lisbon", "cultural", "2013"), ("Meridian Arab Cultural Society", "cultural", "2013"),
    ("Latin American Association of Port Meridian", "cultural", "both"), ("Somali Family Circle", "cultural", "2013"),
    ("Lakefront Chinese Canadian Council", "cultural", "2013"), ("South Asian Seniors' Friendship Club", "cultural", "2013"),
    ("Association congolaise de Port Meridian", "cultural", "2013"), ("Filipino Heritage Society", "cultural", "2013"),
    ("Polish Combatants' Hall", "cultural", "2013"), ("Karen & Karenni Community Group", "cultural", "2013"),
    ("Mosque of the Lakefront, Family Services", "faith", "2013"), ("St. Aidan's Cathedral Outreach", "faith", "both"),
    ("First Mennonite Thrift & Welcome", "faith", "2013"), ("Sikh Society of Port Meridian", "faith", "2013"),
    ("Grace & Harbour United Church", "faith", "2013"), ("Jewish Family Bureau", "faith", "2013"),
    ("Meridian Arts Council", "arts", "2013"), ("Theatre at the Elevator", "arts", "2013"), ("Musée du Port", "arts", "2013"),
    ("Drumbeat Multicultural Festival", "arts", "2013"),
    ("Community Legal Clinic of Port Meridian", "rights", "both"), ("Lakefront Human Rights Office", "rights", "2013"),
    ("Bridges Across Cultures", "rights", "2013"), ("Tenants' Voice", "rights", "2013"),
    ("City of Port Meridian, Community Services", "city", "both"), ("Meridian Police Service, Community Bureau", "city", "2013"),
    ("United Appeal of the Lakefront", "city", "2013"),
    ("Quayside Immigrant Services", "settlement", "2010"), ("Northern Star Settlement Agency", "settlement", "2010"),
    ("Bienvenue Meridian", "settlement", "2010"), ("Jobs First Lakefront", "employment", "2010"), ("Career Compass", "employment", "2010"),
    ("Kingsbridge Job Club", "employment", "2010"), ("Women's Enterprise Circle", "employment", "2010"), ("Harbour Language School",
    "school", "2010"),
    ("Adult Basic Education Project", "school", "2010"), ("Lakefront Catholic Continuing Education", "school", "2010"),
    ("Street Nurses of Port Meridian", "health", "2010"), ("Market Square Walk-In", "health", "2010"), ("Elm Grove Wellness Centre",
    "health", "2010"),
    ("Home Base Housing Registry", "housing", "2010"), ("Garrison Rooming House Project", "housing", "2010"),
    ("Parents' Place", "family", "2010"), ("Danby Village Drop-In", "family", "2010"), ("Moms & Tots of Wexley", "family", "2010"),
    ("Kingsbridge Lawn & Leisure Club", "recreation", "2010"), ("Youth in Motion", "recreation", "2010"),
    ("Hellenic Society", "cultural", "2010"), ("Amicale haïtienne", "cultural", "2010"), ("Ukrainian Hall Society", "cultural", "2010"),
    ("Vietnamese Friendship Association", "cultural", "2010"), ("Holy Rosary Parish Social Committee", "faith", "2010"),
    ("Quaker Meeting Refugee Fund", "faith", "2010"), ("Harbour Gallery Workshop", "arts", "2010"), ("Fair Wages Meridian", "rights",
    "2010"),
]
# Who offers one type only in 2013, and which.
SINGLES = {
    "Access to Professions Meridian": EMP, "Trades & Apprentices of the Lakefront": EMP, "Heron Creek Family Health Team": HEA,
    "Wharf Street Clinic": HEA, "Lakeshore General Hospital, Outreach": HEA, "Region of Port Meridian Health Unit": HEA,
    "Ropewalk Housing Co-operative": HOU, "Open Door Literacy": EDU, "Goal! Youth Soccer for All": REC, "Fairground Recreation Society": REC,
    "Meridian Arts Council": ART, "Theatre at the Elevator": ART, "Musée du Port": ART,
    "Polish Combatants' Hall": COM, "Filipino Heritage Society": COM,
    "Portuguese Club of Little Lisbon": COM, "Drumbeat Multicultural Festival": ART, "First Mennonite Thrift & Welcome": OTH,
    "Meridian Police Service, Community Bureau": OTH, "United Appeal of the Lakefront": OTH, "Jewish Family Bureau": SOC,
    "Older Sisters of the Lakefront": SOC, "Tenants' Voice": ADV, "Lakefront Human Rights Office": ADV,
}


class Inventory:
    """Sites, and the two lists of services: rows of the CSV files."""

    def __init__(self, hoods, streets, around):
        self.hoods = hoods
        self.rim = [to_km(a) for (a, b) in hoods.owner if (b, a) not in hoods.owner]
        self.lines = []
        for line, kind, name in streets.segments:
            if kind in ("arterial", "collector") and name:
                self.lines.append(([to_km(p) for p in line], kind, name))
        self.rivers = [[to_km(p) for p in rings[0]] for kind, _, rings in around.water if kind == "river"]
        self.places()
        self.offers()
        self.give_sites()
        self.answers()
        self.rows = {year: self.list(year) for year in ("2010", "2013")}

    # where

    def places(self):
        """Candidate places beside named streets in every neighbourhood, outside ones last (key None)."""
        hoods = self.hoods
        grid = {}
        for i, ring in enumerate(hoods.km):
            low_u, low_v, high_u, high_v = box_of(ring)
            for x in range(int(math.floor(low_u)), int(math.floor(high_u)) + 1):
                for y in range(int(math.floor(low_v)), int(math.floor(high_v)) + 1):
                    grid.setdefault((x, y), []).append(i)
        dice = Dice("places")
        self.candidates = {h: [] for h in list(range(len(HOODS))) + [None]}
        for line, kind, name in self.lines:
            size = length(line)
            for _ in range(max(1, int(size / .2))):
                (u, v), (du, dv) = point_at(line, dice.between(.15, .85) * size)
                side = 1 if dice() < .5 else -1
                gap = dice.between(.017, .027) * side
                place = to_km(to_micro((u - dv * gap, v + du * gap)))
                block = None
                for i in grid.get((int(math.floor(place[0])), int(math.floor(place[1]))), ()):
                    if inside(place, hoods.km[i]):
                        block = i
                if block is not None:
                    ring = hoods.km[block]
                    if to_line(place, ring + ring[:1]) < .011 or any(inside(place, water) for water in self.rivers):
                        continue
                elif abs(place[0]) > 13 or min(distance(place, p) for p in self.rim) < .1:
                    continue
                house = 1 + 2 * int((abs(u) if abs(du) > abs(dv) else abs(v)) * 62) + (side > 0)
                self.candidates[hoods.hood[block] if block is not None else None].append(
                    (place, "%d %s" % (house, name), 3.0 if kind == "arterial" else 1.0))

    def find(self, dice, hood, near=None):
        """A place in the neighbourhood that nobody has taken."""
        options = [c for c in self.candidates[hood] if c[0] not in self.taken]
        if not options:
            raise RuntimeError("no place left in " + HOODS[hood].name)
        weights = [w / (.3 + (distance(p, near) if near else 0.0)) ** 2 for p, _, w in options]
        place, address, _ = options[dice.weighted(weights)]
        self.taken.add(place)
        return (place, address)

    # who offers what

    def offers(self):
        """self.types[name] = set of types, for 2013 and for 2010; the totals of 2013 are those of TYPES."""
        dice = Dice("offers")
        self.kind = {name: kind for name, kind, _ in ORGANIZATIONS}
        self.now = [name for name, _, when in ORGANIZATIONS if when != "2010"]
        self.then = [name for name, _, when in ORGANIZATIONS if when != "2013"]
        types = {name: set() for name in self.now}
        for name in SINGLES:
            types[name].add(SINGLES[name])
        many = [name for name in self.now if name not in SINGLES]
        left = {t: TYPES[t][1] - sum(1 for only in SINGLES.values() if only == t) for t in range(13)}
        for t in sorted(left, key=lambda t: (-left[t], t)):
            free = list(many)
            for _ in range(left[t]):
                weights = []
                for name in free:
                    likes = KINDS[self.kind[name]][0]
                    liking = 12.0 / (1 + .35 * likes.index(t)) if t in likes else .55
                    weights.append(liking / (1 + .22 * len(types[name])) ** 2)
                types[free.pop(dice.weighted(weights))].add(t)
        for name in many:                            # every one of these offers at least two
            while len(types[name]) < 2:
                likes = KINDS[self.kind[name]][0]
                t = next(t for t in likes if t not in types[name])
                giver = max((other for other in many if t in types[other] and len(types[other]) > 3), key=lambda o: (len(types[o]), o))
                types[giver].discard(t)
                types[name].add(t)
        self.types = {"2013": types, "2010": {}}
        for name in self.then:
            if name in types:
                kept = [t for t in sorted(types[name]) if dice() < .78]
                self.types["2010"][name] = set(kept or sorted(types[name])[:1])
            else:
                likes = KINDS[self.kind[name]][0]
                chosen = {likes[0]} | {t for t in likes[1:] if dice() < .42}
                if dice() < .3:
                    chosen.add(COM)
                self.types["2010"][name] = chosen

    def give_sites(self):
        """self.sites[name] = [(place, address, opened, closed, first year counted)], self.at[name, site] = types there."""
        dice = Dice("sites")
        self.taken = set()
        pull = [hood.pull for hood in HOODS]
        middle = (-.6, 1.3)
        number = {hood.name: h for h, hood in enumerate(HOODS)}
        home = {"Peregrine Heights Newcomer Hub": "Peregrine Heights", "Holloway Park Community Resource Centre": "Holloway Park",
                "Sandbanks Community Centre": "Sandbanks", "Gore Road Job Connection": "The Gore",
                "Tannery Flats Employment Resource Centre": "Tannery Flats",
                "Heron Creek Family Health Team": "Heron Creek-Golf Club Heights",
                "Maison de la famille Côte-du-Phare": "Côte-du-Phare", "Portuguese Club of Little Lisbon": "Little Lisbon",
                "St. Brendan's Catholic Adult Learning": "St. Brendan's", "Fairground Recreation Society": "Fairground",
                "University of Port Meridian, Community Programs": "University Heights", "Musée du Port": "Old Mill-Harbour Front East",
                "Glen & Creek Neighbourhood Association": "Bedford Glen", "Moms & Tots of Wexley": "Wexley",
                "Danby Village Drop-In": "Danby Village",
                "Kingsbridge Job Club": "Kingsbridge", "Kingsbridge Lawn & Leisure Club": "Kingsbridge",
                "Elm Grove Wellness Centre": "Elm Grove-Saint-Cyr",
                "Market Square Walk-In": "Market Square", "Garrison Rooming House Project": "Garrison Common"}
        branches = {"Port Meridian Public Library": ["Black Pine-Northcliffe", "Eglin Park East", "Kingsfold",
            "Heron Creek-Golf Club Heights"],
                    "Young Anchors' Club": ["Rexford Heights"], "Harbour Settlement & Integration Services": ["Eglin Park East"],
                    "Port Meridian District School Board": ["Rexford Heights",
                    "Wexley"], "Family Service Meridian": ["Black Pine-Northcliffe"],
                    "Harbour Athletic & Family Club": ["Miller's Landing",
                    "Maplecross"], "Region of Port Meridian Health Unit": ["Eglin Park East"],
                    "Lakefront Community College": ["University Heights"]}
        hubs = [self.find(dice, number[name], near) for name, near in (("Market Square", middle), ("St. Brendan's", (-.75, 2.1)),
                ("Tannery Flats", (1.8, 1.2)), ("Holloway Park", (-4.0, 7.4)), ("Eglin Park East", east(1.0, 3.8)))]
        self.sites = {}
        beyond = {"Lakefront Community College": (-4.75, 10.5), "Region of Port Meridian Health Unit": east(5.0, 8.6),
                  "Harbour Athletic & Family Club": (-12.0, 1.4)}
        for name, kind, when in ORGANIZATIONS:
            low, high = KINDS[kind][1]
            count = low + int(dice() ** 1.5 * (high - low + 1)) if high > low else low
            if name in SINGLES and kind not in ("health",):
                count = 1
            sites = []
            for k in range(count):
                draw = dice()
                if k == 0 and name in home:
                    place = self.find(dice, number[home[name]])
                elif draw < .13 and when != "2010":
                    place = hubs[int(dice() * len(hubs))]
                elif k == 0:
                    h = dice.weighted([p ** 1.1 for p in pull])
                    place = self.find(dice, h, middle)
                else:
                    spread = .5 if kind in ("library", "recreation", "family", "school") else .75
                    h = dice.weighted([p ** spread for p in pull])
                    place = self.find(dice, h)
                if place in [s[0] for s in sites]:
                    place = self.find(dice, number["Market Square"])
                year = 1968 + int(dice() ** .55 * (42 if k == 0 and when != "2013" or when == "2010" else 45))
                if when == "2013" and k == 0 and dice() < .4:
                    year = 2010 + int(dice() * 3)
                opened = "%04d-%02d-01" % (year, 1 + int(dice() * 12) if year != 2013 else 1 + int(dice() * 5))
                sites.append([place, opened, ""])
            for branch in branches.get(name, ()):
                place = self.find(dice, number[branch])
                sites.append([place, "%d-%02d-01" % (1985 + int(dice() * 22), 1 + int(dice() * 12)), ""])
            if name in beyond:
                place = min((c for c in self.candidates[None] if c[0] not in self.taken), key=lambda c: distance(c[0], beyond[name]))
                self.taken.add(place[0])
                sites.append([(place[0], place[1]), "%d-09-01" % (1998 + int(dice() * 9)), ""])
            self.sites[name] = sites
        leaving = dice.shuffled([name for name in self.now if len(self.sites[name]) > 2])[:3]
        for name in leaving:
            self.sites[name][-1][2] = "2014-03-31"
        for name in dice.shuffled([name for name in self.then if name not in self.now])[:5]:
            self.sites[name][-1][2] = "2011-03-31"
        self.at = {}
        abroad = {name: len(self.sites[name]) - 1 for name in beyond}        # one service each outside the city
        for year in ("2013", "2010"):
            for name, types in self.types[year].items():
                sites = self.sites[name]
                open_ = [k for k in range(len(sites)) if year == "2013" or sites[k][1] < "2010-07"]
                if not open_:
                    sites[0][1] = "2004-04-01"
                    open_ = [0]
                order = sorted(types)
                for n, k in enumerate(open_):
                    if year == "2010" and (name, k, "2013") in self.at:
                        there = {t for t in self.at[name, k, "2013"] if t in types}
                        if n == 0:
                            there = set(order)
                    else:
                        there = set(order) if n == 0 else {t for t in order if Dice("at/%s/%d/%d" % (name, k, t))() < .36}
                        if not there:
                            there = {order[int(Dice("at/%s/%d" % (name, k))() * len(order))]}
                    if abroad.get(name) == k:
                        there = set(sorted(there)[:1])
                    if there:
                        self.at[name, k, year] = there

    # what they answered

    def answers(self):
        dice = Dice("answers")
        self.scope, self.share, self.level, self.targets = {}, {}, {}, {}
        now = dice.shuffled(self.now)
        rank = {"immigrant-specific": 0, "mixed": 1, "universal": 2}
        order = sorted(now, key=lambda name: rank[KINDS[self.kind[name]][2]] + .9 * Dice("scope/" + name)())
        silent = {"Goal! Youth Soccer for All", "Polish Combatants' Hall", "Ropewalk Housing Co-operative"}
        order = [name for name in order if name not in silent]
        for i, name in enumerate(order):
            self.scope[name] = "immigrant-specific" if i < 10 else "mixed" if i < 31 else "universal"
        for name in silent:
            self.scope[name] = ""
        nearly = [name for name in order if self.scope[name] == "mixed"][0]
        specific = [name for name in order if self.scope[name] == "immigrant-specific"] + [nearly]
        others = [name for name in now if name not in specific]
        for i, name in enumerate(others):
            if i < 15:
                self.share[name] = ""
            elif self.scope[name] == "mixed":
                self.share[name] = str(int(dice.between(22, 75)))
            else:
                self.share[name] = str(int(dice.between(2, 42)))
        for name in specific:
            self.share[name] = str(int(dice.between(83, 100.99)))
        for t, (_, total, leveled, based, plain) in enumerate(TYPES):
            givers = dice.shuffled([name for name in self.now if t in self.types["2013"][name]])
            for i, name in enumerate(givers):
                self.level[name, t] = ("occasional" if dice() < .24 else "core") if i < leveled else ""
            answered = dice.shuffled(givers)[:based]
            for name in givers:
                self.targets[name, t] = ""
            for name in answered[:plain]:
                self.targets[name, t] = "not targeted"
            aimed = answered[plain:]
            chance = {"males": .40, "females": .52, "families": .48, "seniors": .34, "adults": .52, "youth": .46, "children": .34}
            wanted = {group: max(2, int(round(len(aimed) * (chance[group] + dice.between(-.08, .08))))) for group in GROUPS}
            if t == COM:
                wanted["families"] = 19
            if t == LAN:
                wanted["adults"] = 7
            if t in (LAN, EDU, SOC, ADV):                     # seniors are the least served group
                wanted["seniors"] = max(1, min(wanted[g] for g in GROUPS if g != "seniors") - 1)
            if t == CCT:
                wanted = {group: 1 if group in ("adults", "youth") else 0 for group in GROUPS}
            chosen = {name: [] for name in aimed}
            for group in GROUPS:
                lacking = [name for name in dice.shuffled(aimed)]
                lacking.sort(key=lambda name: len(chosen[name]) > 3)
                for name in lacking[:min(len(aimed), wanted[group])]:
                    chosen[name].append(group)
            for name in aimed:
                if not chosen[name]:
                    group = "families" if t != COM else "adults"
                    if t == LAN:
                        group = "youth"
                    chosen[name].append(group)
                self.targets[name, t] = ";".join(group for group in GROUPS if group in chosen[name])
        for name in self.then:
            dice = Dice("2010/" + name)
            if name not in self.scope:
                self.scope[name] = KINDS[self.kind[name]][2] if dice() < .9 else ""
                low, high = (84, 100.9) if self.scope[name] == "immigrant-specific" else (3, 60)
                share = str(int(dice.between(low, high)))
                self.share[name] = share if dice() < .75 else ""
            for t in sorted(self.types["2010"][name]):
                if (name, t) not in self.level:
                    self.level[name, t] = ("core" if dice() < .75 else "occasional") if TYPES[t][2] and dice() < .85 else ""
                    draw = dice()
                    self.targets[name, t] = "" if draw < .12 else "not targeted" if draw < .5 else ";".join(
                        [g for g in GROUPS if dice() < .33] or ["adults"])

    def list(self, year):
        rows = []
        numbers = {}
        labels = self.labels()
        for name, _, _ in ORGANIZATIONS:
            for k in range(len(self.sites[name])):
                for t in range(13):
                    if any(t in self.at.get((name, k, y), ()) for y in ("2010", "2013")):
                        numbers[name, k, t] = "PM-%04d" % (1001 + len(numbers))
        for name, _, _ in ORGANIZATIONS:
            for k, ((place, address), opened, closed) in enumerate(self.sites[name]):
                lon, lat = to_micro(place)
                for t in sorted(self.at.get((name, k, year), ())):
                    rows.append([numbers[name, k, t], name, labels[name, k], address,
                                 degrees(lon), degrees(lat), TYPES[t][0], self.scope[name], self.level[name, t], self.targets[name, t],
                                 self.share[name], opened, closed if year == "2013" or closed < "2014" else ""])
        return rows

    def labels(self):
        """A name for every site: the main office, then branches by neighbourhood."""
        out = {}
        for name, sites in self.sites.items():
            used = {}
            for k, ((place, _), _, _) in enumerate(sites):
                homes = [self.hoods.hood[i] for i, ring in enumerate(self.hoods.km) if inside(place, ring)]
                label = "Main office" if k == 0 else HOODS[homes[0]].name + " branch" if homes else "Branch outside the city"
                used[label] = used.get(label, 0) + 1
                out[name, k] = label + (" %d" % used[label] if used[label] > 1 else "")
        return out


# --------------------------------------------------------------------------------------------------- regions

REGIONS = [
    ("West Shore", (-8.4, 1.6)), ("Rexford-Black Pine", (-6.4, 5.9)), ("North City", (-3.2, 9.3)), ("Old City West", (-3.0, 2.2)),
    ("Downtown and Harbour", (-.4, 1.1)), ("River Heights", (.6, 6.0)), ("Gore and Peregrine", (4.2, 5.6)), ("East Townline", (8.6, 3.8)),
]
SHARED_REGIONS = 8


def regions(hoods):
    """(neighbourhood, region): the nearest region for every one, a second for those most torn between two neighbours."""
    rows, torn = [], []
    for h in range(len(HOODS)):
        blocks = [i for i in range(len(hoods.rings)) if hoods.hood[i] == h]
        total = sum(hoods.area[i] for i in blocks)
        middle = tuple(sum(hoods.centre[i][x] * hoods.area[i] for i in blocks) / total for x in (0, 1))
        near = sorted((distance(middle, place), name) for name, place in REGIONS)
        rows.append((h, near[0][1]))
        torn.append((near[1][0] / near[0][0], h, near[1][1]))
    for _, h, name in sorted(torn)[:SHARED_REGIONS]:
        rows.append((h, name))
    order = {name: i for i, (name, _) in enumerate(REGIONS)}
    return sorted(rows, key=lambda row: (row[0], order[row[1]]))


# --------------------------------------------------------------------------------------------------- writing

def degrees(micro):
    sign = "-" if micro < 0 else ""
    return "%s%d.%06d" % (sign, abs(micro) // 1000000, abs(micro) % 1000000)


def trimmed(micro):
    return degrees(micro).rstrip("0").rstrip(".")


def coordinates(points):
    return ",".join("[%s,%s]" % (trimmed(x), trimmed(y)) for x, y in points)


def from_lowest(ring):
    """The ring, closed, starting at its lowest vertex."""
    i = ring.index(min(ring))
    return ring[i:] + ring[:i] + [ring[i]]


def polygon(rings):
    return "[" + ",".join("[" + coordinates(from_lowest(r)) + "]" for r in rings) + "]"


def text(value):
    if value is None:
        return "null"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def feature(properties, kind, body):
    return '{"type":"Feature","properties":{%s},"geometry":{"type":"%s","coordinates":%s}}' % (
        ",".join('"%s":%s' % (key, text(value)) for key, value in properties), kind, body)


def write(folder, name, content):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(content)


def write_features(folder, name, features):
    write(folder, name + ".geojson", '{"type":"FeatureCollection","name":"%s","features":[\n%s\n]}\n' % (name, ",\n".join(features)))


def write_table(folder, name, header, rows):
    def cell(value):
        value = str(value)
        return '"' + value.replace('"', '""') + '"' if any(c in value for c in ',"\n') else value
    write(folder, name + ".csv", "".join(",".join(cell(v) for v in row) + "\n" for row in [header] + rows))


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    os.makedirs(folder, exist_ok=True)
    city = City()
    hoods = Neighbourhoods(city)
    people = People(hoods)
    streets = Streets(city)
    around = Around(city, hoods)
    inventory = Inventory(hoods, streets, around)

    features = []
    for h, hood in enumerate(HOODS):
        shapes = hoods.outlines(h)
        body = [polygon(rings) for rings in shapes]
        properties = [("id", "%02d" % (h + 1)), ("name", hood.name), ("name_fr", hood.name_fr or None)] + list(people.of_hood(h).items())
        features.append(feature(properties, "Polygon", body[0]) if len(body) == 1
                        else feature(properties, "MultiPolygon", "[" + ",".join(body) + "]"))
    write_features(folder, "neighbourhoods", features)

    features = []
    number = {}
    order = sorted(range(len(hoods.rings)), key=lambda i: (hoods.hood[i], hoods.cell[i], min(hoods.rings[i])))
    tracts, last = {}, {}
    for i in order:
        h = hoods.hood[i]
        tract = tracts.setdefault((h, hoods.cell[i]), 1 + sum(1 for key in tracts if key[0] == h))
        last[h, tract] = last.get((h, tract), 0) + 1
        number[i] = "9901%02d%02d%03d" % (h + 1, tract, last[h, tract])
    for i in order:
        features.append(feature([("id", number[i]), ("neighbourhood", "%02d" % (hoods.hood[i] + 1)), ("population", people.population[i]),
                                 ("recent_immigrants", people.immigrants[i]), ("seniors", people.seniors[i])],
                                "Polygon", polygon([hoods.rings[i]])))
    write_features(folder, "blocks", features)

    rank = sorted(streets.segments, key=lambda s: (-RANK[s[1]], s[2], s[0]))
    write_features(folder, "streets", [feature([("name", name), ("class", kind)], "LineString", "[" + coordinates(line) + "]")
                                       for line, kind, name in rank])
    write_features(folder, "water", [feature([("kind", kind),
        ("name", name)], "Polygon", polygon(rings)) for kind, name, rings in around.water])
    write_features(folder, "land", [feature([("name", name)], "Polygon", polygon([ring])) for name, ring in around.land])
    write_features(folder, "rail", [feature([("name", "Lakes and Interior Railway")], "LineString", "[" + coordinates(around.rail) + "]")])
    write_table(folder, "regions", ["area_id", "region"], [["%02d" % (h + 1), name] for h, name in regions(hoods)])
    header = ["service_id", "organization", "site", "address", "lon", "lat", "type", "scope", "level", "targets",
              "clients_immigrant_share", "opened", "closed"]
    for year in ("2010", "2013"):
        write_table(folder, "services_" + year, header, inventory.rows[year])


if __name__ == "__main__":
    main()
