"""Compares two pictures pixel by pixel: Python 3 and nothing else.

    compare_png.py REFERENCE RESULT [FOLDER]

Prints two numbers: how many pixels differ by more than 2 of 255 in any channel, and the largest difference. Ends with 0 when
at most 0.5 % of the pixels do, 1 when more do or the sizes differ, 2 when a picture cannot be read. With a FOLDER, a
difference is shown there: reference.png, result.png, difference.png (grey where equal, red where not) and index.html.
"""
import os
import shutil
import struct
import sys
import zlib

TOLERANCE = 2  # of 255, in one channel
SHARE = 0.005  # of the pixels


def read_png(path):
    """Width, height and rows of RGB bytes of an 8-bit RGB or RGBA picture (alpha over white)."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("%s: not a PNG" % path)
    at, packed, header = 8, b"", None
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if zlib.crc32(kind + body) != struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0]:
            raise ValueError("%s: damaged" % path)
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed += body
        at += 12 + size
    width, height, depth, colour, _, _, interlace = header
    if depth != 8 or colour not in (2, 6) or interlace:
        raise ValueError("%s: only 8-bit RGB and RGBA are understood" % path)
    channels = 3 if colour == 2 else 4
    raw, stride = zlib.decompress(packed), width * channels
    rows, before = [], bytearray(stride)
    for y in range(height):
        kind = raw[y * (stride + 1)]
        row = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        unfilter(kind, row, before, channels)
        rows.append(row)
        before = row
    if channels == 4:
        rows = [over_white(row) for row in rows]
    return width, height, [bytes(row) for row in rows]


def unfilter(kind, row, before, channels):
    if kind == 1:
        for i in range(channels, len(row)):
            row[i] = (row[i] + row[i - channels]) & 255
    elif kind == 2:
        for i in range(len(row)):
            row[i] = (row[i] + before[i]) & 255
    elif kind == 3:
        for i in range(len(row)):
            left = row[i - channels] if i >= channels else 0
            row[i] = (row[i] + (left + before[i]) // 2) & 255
    elif kind == 4:
        for i in range(len(row)):
            left, corner = (row[i - channels], before[i - channels]) if i >= channels else (0, 0)
            up = before[i]
            guess = left + up - corner
            a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
            best = left if a <= b and a <= c else up if b <= c else corner
            row[i] = (row[i] + best) & 255


def over_white(row):
    out = bytearray()
    for i in range(0, len(row), 4):
        alpha = row[i + 3]
        out += bytes((c * alpha + 255 * (255 - alpha) + 127) // 255 for c in row[i:i + 3])
    return out


def write_png(path, width, height, rows):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    raw = b"".join(b"\0" + row for row in rows)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(raw, 6)) + chunk(b"IEND", b""))


def compare(one, other):
    """(pixels over the tolerance, largest difference, rows of the picture of differences)"""
    width = one[0]
    wrong, largest, rows = 0, 0, []
    for a, b in zip(one[2], other[2]):
        if a == b:
            rows.append(bytes(230 - (255 - v) // 6 for v in a))
            continue
        row = bytearray()
        for x in range(0, 3 * width, 3):
            d = max(abs(a[x] - b[x]), abs(a[x + 1] - b[x + 1]), abs(a[x + 2] - b[x + 2]))
            largest = max(largest, d)
            if d > TOLERANCE:
                wrong += 1
                row += bytes((255, 160 - d * 160 // 255, 160 - d * 160 // 255))
            else:
                row += bytes(230 - (255 - v) // 6 for v in a[x:x + 3])
        rows.append(bytes(row))
    return wrong, largest, rows


PAGE = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>%(name)s</title>
<style>body{font:14px sans-serif;margin:1em}figure{display:inline-block;margin:0 1em 1em 0}img{max-width:32vw;border:1px solid #999}</style>
<h1>%(name)s</h1><p>%(words)s</p>
<figure><img src="reference.png" alt="reference"><figcaption>reference</figcaption></figure>
<figure><img src="result.png" alt="result"><figcaption>result</figcaption></figure>
<figure><img src="difference.png" alt="difference"><figcaption>difference: red</figcaption></figure></html>
"""


def main(reference, result, folder=None):
    try:
        one, other = read_png(reference), read_png(result)
    except (OSError, ValueError, TypeError, struct.error, zlib.error) as problem:
        print(problem, file=sys.stderr)
        return 2
    rows = None
    if one[:2] != other[:2]:
        words = "%d x %d instead of %d x %d pixels" % (other[0], other[1], one[0], one[1])
        print(words, file=sys.stderr)
        failed = True
    else:
        wrong, largest, rows = compare(one, other)
        print(wrong, largest)
        words = "%d of %d pixels differ by more than %d; the largest difference is %d" % (
            wrong, one[0] * one[1], TOLERANCE, largest)
        failed = wrong > SHARE * one[0] * one[1]
    if failed and folder is not None:
        os.makedirs(folder, exist_ok=True)
        shutil.copyfile(reference, os.path.join(folder, "reference.png"))
        shutil.copyfile(result, os.path.join(folder, "result.png"))
        if rows is not None:
            write_png(os.path.join(folder, "difference.png"), one[0], one[1], rows)
        with open(os.path.join(folder, "index.html"), "w", encoding="utf-8") as file:
            file.write(PAGE % {"name": os.path.basename(reference), "words": words})
        print("see %s" % os.path.join(folder, "index.html"), file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) in (3, 4) else 2)
