"""A small invented town, and its coverage computed a second way: brute force, Python's standard library only.

    reference.py town DIR                            writes areas.geojson, services.csv, demand.csv, regions.csv
    reference.py compare DIR TABLE [SETTING=VALUE]   compares every cell of a coverage table with its own numbers

The formulas are those of the design's section 6. Distances are Vincenty's inverse on WGS 84 (T. Vincenty, Survey
Review 23, 1975; better than a millimetre at these lengths), so nothing here shares code with the program.
"""
import csv
import json
import math
import re
import sys
import unicodedata

X0, Y0, STEP = -80.0, 43.0, 0.02  # four squares of about 1.6 by 2.2 km, side by side in two rows, and an empty one

AREAS = [  # code, label, people, newcomers, column, row
    ("A", "Ashgrove", 1000, 200, 0, 0),
    ("B", "Birch, Upper", 3000, 300, 1, 0),
    ("C", "Côte-des-Pins", 500, 250, 0, 1),
    ("D", "Dockside", 80, 10, 1, 1),
    ("E", "Empty Quarter", 0, 0, 2, 0),
]

SERVICES = [  # id, kind, agency, lon, lat, size, opened, closed, note
    ("s1", "Food Bank", "Hope House", -79.990, 43.010, 2, "2001-05-01", "", "ok"),
    ("s2", "Food Bank", "St. Mary", -79.985, 43.012, 1, "2008-01-15", "2012-12-31", "ok"),
    ("s3", "Language; Food Bank", "Hope House", -79.970, 43.005, 4, "2010-09-01", "", "ok"),
    ("s4", "Language", "Lingua", -79.990, 43.030, 1, "2013-03-01", "", "ok"),
    ("s5", "Language", "Lingua", -79.9405, 43.0395, 3, "2000-01-01", "", "far"),
    ("s6", "Éclairage public", "City", -79.965, 43.031, 1, "1999-01-01", "", "ok"),
    ("s7", "Food Bank", "Hope House", -79.990, 43.010, 2, "2001-05-01", "", "twice"),
    ("s8", "Language", "Swapped", 43.035, -79.995, 1, "2001-05-01", "", "swapped"),
    ("s9", "Language", "Nowhere", "", "", 1, "2001-05-01", "", "none"),
    ("s10", "Food Bank", "Null Island", 0, 0, 1, "2001-05-01", "", "zero"),
    ("s11", "Food Bank", "Typo", "-79.98x", 43.01, 1, "2001-05-01", "", "text"),
]

DEMAND = [  # lon, lat, residents, arrivals
    (-79.998, 43.003, 300, 20), (-79.989, 43.011, 500, 150), (-79.983, 43.018, 100, 10),
    (-79.978, 43.002, 900, 100), (-79.969, 43.013, 1200, 40), (-79.962, 43.019, 700, 90),
    (-79.995, 43.024, 200, 110), (-79.986, 43.037, 300, 140),
    (-79.972, 43.028, 50, 4), (-79.964, 43.036, 30, 6),
    (-79.955, 43.010, 0, 0), (-79.700, 43.010, 77, 7),  # nobody lives in E; one place outside everything
]

REGIONS = [("A", "West"), ("C", "West"), ("B", "East"), ("D", "East"), ("C", "North"), ("D", "North")]


def square(column, row):
    x, y = X0 + column * STEP, Y0 + row * STEP
    return [[x, y], [x + STEP, y], [x + STEP, y + STEP], [x, y + STEP], [x, y]]


def write_town(folder):
    features = [{"type": "Feature", "properties": {"code": code, "label": label, "people": people, "newcomers": need},
                 "geometry": {"type": "Polygon", "coordinates": [square(column, row)]}}
                for code, label, people, need, column, row in AREAS]
    with open(folder + "/areas.geojson", "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file, ensure_ascii=False)
    write_csv(folder + "/services.csv", ["id", "kind", "agency", "lon", "lat", "size", "opened", "closed", "note"], SERVICES)
    write_csv(folder + "/demand.csv", ["lon", "lat", "residents", "arrivals"], DEMAND)
    write_csv(folder + "/regions.csv", ["area_id", "region"], REGIONS)


def write_csv(path, names, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


def distance(lon1, lat1, lon2, lat2):
    if (lon1, lat1) == (lon2, lat2):
        return 0.0
    a, f = 6378137.0, 1 / 298.257223563
    b = a * (1 - f)
    big_l = math.radians(lon2 - lon1)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(lat))) for lat in (lat1, lat2))
    lam = big_l
    for _ in range(100):
        sin_sigma = math.hypot(math.cos(u2) * math.sin(lam),
                               math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam))
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_sigma
        cos2 = 1 - sin_alpha ** 2
        cos_2m = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2
        c = f / 16 * cos2 * (4 + f * (4 - 3 * cos2))
        before = lam
        lam = big_l + (1 - c) * f * sin_alpha * (
            sigma + c * sin_sigma * (cos_2m + c * cos_sigma * (2 * cos_2m ** 2 - 1)))
        if abs(lam - before) < 1e-14:
            break
    k = cos2 * (a * a - b * b) / (b * b)
    big_a = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    big_b = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    delta = big_b * sin_sigma * (cos_2m + big_b / 4 * (
        cos_sigma * (2 * cos_2m ** 2 - 1)
        - big_b / 6 * cos_2m * (4 * sin_sigma ** 2 - 3) * (4 * cos_2m ** 2 - 3)))
    return b * big_a * (sigma - delta)


def area_of(lon, lat):
    for code, _, _, _, column, row in AREAS:
        x, y = X0 + column * STEP, Y0 + row * STEP
        if x < lon < x + STEP and y < lat < y + STEP:
            return code
    return None


def km2(row):
    """A cell between two meridians and two parallels: the exact integral (its edges bow by far less than 1e-5)."""
    a, e2 = 6378137.0, (2 - 1 / 298.257223563) / 298.257223563
    e = math.sqrt(e2)

    def q(lat):
        s = math.sin(math.radians(lat))
        return s / (2 * (1 - e2 * s * s)) + math.atanh(e * s) / (2 * e)

    low = Y0 + row * STEP
    return a * a * (1 - e2) * math.radians(STEP) * (q(low + STEP) - q(low)) / 1e6


def slug(text):
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


class Settings:
    """What a command line said, with the program's defaults."""

    def __init__(self, pairs):
        self.within, self.supply, self.benchmark = ["1000"], "reach", "median"
        self.weight = self.as_of = self.only = self.only_areas = self.type_value = self.separator = None
        self.fix_swapped = self.drop_duplicates = self.wide_demand = False
        self.no_need = self.no_population = self.no_demand_need = False
        self.min_population, self.cuts, self.benchmarks = 0, [10, 25, 50, 75], {}
        for pair in pairs:
            name, _, value = pair.partition("=")
            if name == "within":
                self.within = value.split(",")
            elif name == "cuts":
                self.cuts = [float(cut) for cut in value.split(",")]
            elif name == "min_population":
                self.min_population = float(value)
            elif name == "benchmarks":
                self.benchmarks = dict(part.split(":") for part in value.split(","))
            else:
                assert hasattr(self, name), name
                setattr(self, name, value or True)

    def column(self, kind, measure, within):
        """The column's name; with several thresholds the threshold is part of it."""
        if len(self.within) > 1 and measure in ("within_pct", "within2_pct", "uncovered", "reach", "access"):
            head, _, tail = measure.partition("_")
            if head in ("within", "within2"):
                return "%s_%s_%sm_%s" % (kind, head, within, tail)
            return "%s_%s_%sm" % (kind, measure, within)
        return kind + "_" + measure


def services_of(settings):
    """(lon, lat, weight, kinds) of every service that has a place, in file order."""
    kept, seen = [], set()
    for _, kinds, agency, lon, lat, size, opened, closed, note in SERVICES:
        if settings.only and note != settings.only:
            continue
        if note in ("none", "zero", "text") or (note == "swapped" and not settings.fix_swapped):
            continue
        if note == "swapped":
            lon, lat = lat, lon
        if settings.as_of and (opened > settings.as_of or (closed and closed <= settings.as_of)):
            continue
        names = [kinds] if settings.separator else [part.strip() for part in kinds.split(";")]
        names = [slug(settings.type_value or name) for name in names]
        if settings.drop_duplicates:
            key = (agency, tuple(names), lon, lat)
            if key in seen:
                continue
            seen.add(key)
        kept.append((lon, lat, float(size) if settings.weight else 1.0, names))
    return kept


def weighted_p90(pairs, total):
    running = 0.0
    for value, weight in sorted(pairs):
        running += weight
        if running >= 0.9 * total * (1 - 1e-12):
            return value
    return None


def demand_of(settings, code):
    """The places of an area and their weights."""
    places = [place for place in DEMAND if area_of(*place[:2]) == code]
    by_need = any(place[3] for place in DEMAND) and not settings.no_demand_need
    return places, [place[3] if by_need else place[2] for place in places]


def catchments(settings, services, codes, need, d):
    """{area code: [access of each place]}: E2SFCA with the weights 1, 0.68, 0.22 in thirds of d (Luo & Qi 2009)."""
    def f(x, y, service):
        m = distance(x, y, service[0], service[1])
        return 1 if m <= d / 3 else 0.68 if m <= 2 * d / 3 else 0.22 if m <= d else 0

    people = []  # (code, lon, lat, people), the area's need spread over its places
    for code in codes:
        places, weigh = demand_of(settings, code)
        for place, weight in zip(places, weigh):
            people.append((code, place[0], place[1], weight / sum(weigh) * need[code] if sum(weigh) else 0))
    loads = [sum(p * f(x, y, service) for _, x, y, p in people) for service in services]
    access = {code: [] for code in codes}
    for code, x, y, _ in people:
        access[code].append(sum(s[2] / load * f(x, y, s) for s, load in zip(services, loads) if load > 0))
    return access


def expected(settings):
    """{area code: {column: number, text or None}}"""
    services = services_of(settings)
    kinds = []
    for service in services:
        kinds += [name for name in service[3] if name not in kinds]
    codes = [area[0] for area in AREAS if not settings.only_areas or area[0] in settings.only_areas]
    people = {area[0]: area[2] for area in AREAS}
    need = {area[0]: area[2] if settings.no_need else area[3] for area in AREAS}
    rows = {area[5]: km2(area[5]) for area in AREAS}
    size = {area[0]: rows[area[5]] for area in AREAS}
    out = {code: {} for code in codes}
    inside = [area_of(*service[:2]) for service in services]
    hidden = {code for code in codes if 0 < people[code] < settings.min_population}
    measured = [code for code in codes if code not in hidden]
    total_need = sum(need[code] for code in codes)
    for kind in ["all"] + kinds:
        offers = [(s, where) for s, where in zip(services, inside) if kind == "all" or kind in s[3]]
        total = sum(s[2] for s, where in offers if where in codes)
        supply = {}
        shared = {within: catchments(settings, [s for s, _ in offers], codes, need, float(within))
                  for within in settings.within}
        for code in codes:
            cells = out[code]

            def put(measure, value, within=None):
                cells[settings.column(kind, measure, within)] = value

            count = sum(s[2] for s, where in offers if where == code)
            put("count", count)
            per_10k = 10000 * count / need[code] if need[code] > 0 else None
            put("per_10k", per_10k)
            put("per_km2", count / size[code])
            put("share", 100 * count / total if total else 0)  # a type that exists nowhere: 0
            put("lq", (count / total if total else 0) / (need[code] / total_need) if need[code] > 0 else None)
            places, weigh = demand_of(settings, code)
            lives = [place[2] for place in places]
            near = [sorted((distance(x, y, s[0], s[1]), s[2]) for s, _ in offers) for x, y, _, _ in places]
            mass = sum(weigh)
            if mass > 0 and offers:
                put("nearest_m", sum(w * n[0][0] for w, n in zip(weigh, near)) / mass)
                put("nearest_p90_m", weighted_p90([(n[0][0], w) for w, n in zip(weigh, near)], mass))
            for within in settings.within:
                d = float(within)
                if people[code] == 0:
                    put("uncovered", 0, within)
                if mass > 0:
                    hits = [sum(1 for m, _ in n if m <= d) for n in near]
                    put("within_pct", 100 * sum(w for w, h in zip(weigh, hits) if h >= 1) / mass, within)
                    put("within2_pct", 100 * sum(w for w, h in zip(weigh, hits) if h >= 2) / mass, within)
                    gone = sum(p for p, h in zip(lives, hits) if h == 0) / sum(lives)
                    put("uncovered", people[code] * gone, within)
                    reach = sum(w * sum(z for m, z in n if m <= d) for w, n in zip(weigh, near)) / mass
                    put("reach", reach, within)
                    access = 10000 * sum(p * a for p, a in zip(weigh, shared[within][code])) / mass
                    put("access", access, within)
                    put("unreached_pct", 0)
                first = within == settings.within[0]
                if first:
                    supply[code] = {"count": per_10k,
                                    "access": access if mass > 0 else None,
                                    "reach": reach if mass > 0 else None,
                                    "within": cells.get(settings.column(kind, "within_pct", within))}[settings.supply]
        gaps(settings, kind, out, supply, measured, need, total, total_need)
    finish(settings, kinds, out, measured, people, need, size)
    return out


def gaps(settings, kind, out, supply, measured, need, total, total_need):
    known = sorted((supply[code], need[code]) for code in measured if supply[code] is not None and need[code] > 0)
    weight = sum(w for _, w in known)
    mean = sum(v * w for v, w in known) / weight
    rule = settings.benchmarks.get(kind, settings.benchmark)
    if rule == "average":
        enough = mean
    elif rule == "median":
        running, enough = 0.0, 0.0
        for value, w in known:
            running += w
            if running >= weight / 2 * (1 - 1e-12):
                enough = value
                break
        enough = enough or mean
    else:
        enough = float(rule)
    for code in measured:
        if supply[code] is None:
            continue
        gap = 0.0 if enough <= 0 else 1 - min(1, supply[code] / enough)
        out[code][kind + "_gap"] = gap
        out[code][kind + "_shortfall"] = gap * need[code] * total / total_need


def finish(settings, kinds, out, measured, people, need, size):
    for code, cells in out.items():
        if code not in measured:
            # too few people for numbers about people; what the area has is no secret
            for column in list(cells):
                if not re.search("_(count|per_km2|share)$", column):
                    del cells[column]
            cells.update(population=people[code], need=need[code], area_km2=size[code], state="suppressed",
                         types_present=sum(1 for kind in kinds if cells[kind + "_count"] > 0))
            continue
        cells.update(population=people[code], need=need[code], area_km2=size[code],
                     state="measured" if people[code] > 0 else "no_population",
                     types_present=sum(1 for kind in kinds if cells[kind + "_count"] > 0))
        each = [cells[kind + "_gap"] for kind in kinds if kind + "_gap" in cells]
        if each:
            cells["gap_index"] = 100 * sum(each) / len(each)
            place = sum(cells["gap_index"] >= cut for cut in settings.cuts)
            cells["gap_class"] = ["served", "slight", "moderate", "severe", "critical"][place]
    for cells in out.values():
        if "gap_index" in cells:
            cells["gap_rank"] = 1 + sum(1 for other in out.values()
                                        if other.get("gap_index", -1) > cells["gap_index"] + 1e-9)


def compare(folder, path, *pairs):
    settings = Settings(pairs)
    want = expected(settings)
    with open(folder + "/" + path if "/" not in path else path, encoding="utf-8", newline="") as file:
        rows = {row["area_id"]: row for row in csv.DictReader(file)}
    assert sorted(rows) == sorted(want), "areas %s instead of %s" % (sorted(rows), sorted(want))
    wrong, checked = [], 0
    for code, row in rows.items():
        for column, text in row.items():
            if column in ("area_id", "area_name", "priority", "types_missing"):
                continue
            value = want[code].get(column)
            checked += 1
            if isinstance(value, str):
                same = text == value
            elif value is None:
                same = text == ""
            else:
                loose = 1e-5 if column.endswith("km2") else 1e-9
                same = text != "" and abs(float(text) - value) <= max(loose * abs(value), 2e-3 if column.endswith("_m") else 1e-9)
            if not same:
                wrong.append("%s.%s: %r instead of %r" % (code, column, text, value))
        for column in want[code]:
            if column not in row:
                wrong.append("%s: no column %s" % (code, column))
    assert checked > 100, "only %d cells" % checked
    assert not wrong, "%d cells differ:\n  %s" % (len(wrong), "\n  ".join(wrong[:25]))


if __name__ == "__main__":
    if sys.argv[1] == "town":
        write_town(sys.argv[2])
    else:
        compare(*sys.argv[2:])
