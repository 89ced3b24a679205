#!/usr/bin/env python3
"""A city of 5,000 areas whose names are made to harm: quotes, markup, formulas, controls, signs that turn lines round, broken UTF-8.

    hostile_city.py make DIR            areas.geojson, services.csv, regions.csv and project.yaml in DIR
    hostile_city.py check DIR/out       every output opens in what should open it, and no cell is a formula
"""
import csv
import glob
import json
import os
import random
import re
import sqlite3
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

AREAS, SERVICES = 5000, 3000
PIECES = ['"', "'", "<b>", "</text>", "&", "&amp;", "]]>", "<!--", "-->", "<?xml", "=1+1", "=cmd|' /C calc'!A0", "+1-2", "-2+3", "@SUM(A1)",
          "of:=1+1", "\t", "\n", "\r", "\u202e", "\u2066", "\u200f", "\x01", "\x0b", "\x1b[31m", "\x7f", "\ufffe", "\ufeff", "\x85", "\u2028",
          "%s%n", "{{x}}", "$(x)", "`x`", ";", ",", "|", "\\", "/", "../", "');--", "名前", "é", "é" * 20, "\U0001F600", "\u1e70\u0308\u0343", " "]
TYPES = ["=cmd()", "<script>alert(1)</script>", "a&b\"c'd", "\u202eevil", "T\x01\x0b", "+49 help", "名前", "]]><x>", "-1", "plain"]
REGIONS = ['=R&<">', "\u202eR", "R'\x01", "<b>", "@x"]
PROJECT = r'''
areas: areas.geojson
area-id: id
area-name: name
population: pop
regions: regions.csv
services: {file: services.csv, type: type, organization: "=org"}
title: "<b>=Title & \"quotes\" \u202e"
source: "<a href='x'>&"
output: out
within: 200m                        # what is looked at is the text: few numbers will do
measures: count, within_pct, gap
tidy: yes
layers: [coverage.gpkg, coverage.shp, coverage.csv, coverage.geojson, coverage.fgb, coverage.xlsx, coverage.ods]
maps:
  - {field: gap_index, output: [gap.svg, gap.png, gap.pdf], paper: tabloid, dpi: 60}
  - {kind: regions, output: regions.svg}
  - {field: gap_index, chart: bars, output: bars.svg}
'''


def make(folder):
    chance = random.Random(5)

    def name(number):
        body = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 6)))
        return chance.choice(["", "N", "=", "+", "-", "@", "\t", " "]) + body + str(number)

    def quoted(text):
        return json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")

    features, rows = [], []
    for i in range(AREAS):
        x, y = -80 + (i % 100) * 0.002, 43 + (i // 100) * 0.002
        bytes_of_name = quoted(name(i))
        if i % 17 == 0:
            bytes_of_name = bytes_of_name[:-1] + b'\xff\xc3"'
        ident = "id%d" % i if i % 5 else '=%d"<' % i
        ring = [[x, y], [x + 0.002, y], [x + 0.002, y + 0.002], [x, y + 0.002], [x, y]]
        features.append(b'{"type":"Feature","properties":{"id":%s,"name":%s,"pop":%d},"geometry":{"type":"Polygon","coordinates":[%s]}}'
                        % (quoted(ident), bytes_of_name, i % 90 + 1, json.dumps(ring).encode()))
        rows.append([ident, REGIONS[i * 5 // AREAS]])
    with open(folder + "/areas.geojson", "wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[' + b",\n".join(features) + b"]}")
    with open(folder + "/regions.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["area_id", "region"]] + rows)
    with open(folder + "/services.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["type", "=org", "lon", "lat", "<note>"])
        for i in range(SERVICES):
            writer.writerow([chance.choice(TYPES), name(i), -80 + chance.random() * 0.22, 43 + chance.random() * 0.1, name(i)])
    with open(folder + "/project.yaml", "w", encoding="utf-8") as file:
        file.write(PROJECT)


def check_csv(path):
    number = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\Z")
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                if (cell[:1] in tuple("=+-@\t\r\n＝＋－＠") or cell.startswith("of:=")) and not number.match(cell):
                    yield "a cell that would be run: %r" % cell[:40]


def check_archive(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                content = archive.read(name)
                ElementTree.fromstring(content)
                if b"<f>" in content or b"<f " in content or b"table:formula" in content:
                    yield name + " holds a formula"


def check_geopackage(path):
    with sqlite3.connect(path) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            yield "damaged"
        if database.execute("SELECT count(*) FROM coverage").fetchone() != (AREAS,):
            yield "areas are missing"
        for qml, sld in database.execute("SELECT styleQML, styleSLD FROM layer_styles"):
            ElementTree.fromstring(qml)
            ElementTree.fromstring(sld)


def check_json(path):
    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    if path.endswith(".geojson") and len(content["features"]) != AREAS:
        yield "areas are missing"


def check_xml(path):
    with open(path, "rb") as file:
        content = file.read()
    ElementTree.fromstring(content)
    if b"<script" in content:
        yield "a script"


def check_text(path):
    with open(path, encoding="utf-8") as file:
        for character in file.read():
            if character != "\n" and (ord(character) < 32 or character in "\u202e\u2066\u200f\x7f\x85"):
                yield "a control character: %r" % character


CHECKS = {".csv": check_csv, ".xlsx": check_archive, ".ods": check_archive, ".gpkg": check_geopackage, ".json": check_json,
          ".geojson": check_json, ".svg": check_xml, ".qml": check_xml, ".sld": check_xml, ".txt": check_text}


def check(folder):
    faults, checked = [], 0
    for path in sorted(glob.glob(folder + "/*")):
        ending = os.path.splitext(path)[1]
        if ending in CHECKS:
            checked += 1
            try:
                faults += ["%s: %s" % (os.path.basename(path), fault) for fault in CHECKS[ending](path)]
            except (ElementTree.ParseError, UnicodeDecodeError, ValueError) as error:
                faults.append("%s: %s" % (os.path.basename(path), error))
    print("\n".join(faults[:20]))
    print("%d files checked, %d faults" % (checked, len(faults)))
    return 1 if faults or checked < 15 else 0


if __name__ == "__main__":
    sys.exit(make(sys.argv[2]) if sys.argv[1] == "make" else check(sys.argv[2]))
