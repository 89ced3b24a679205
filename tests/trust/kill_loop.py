#!/usr/bin/env python3
"""Kills runs with SIGKILL at random moments; after each, the output folder must hold one whole set of files or the other.

    kill_loop.py PROGRAM KILLS ONE.yaml TWO.yaml [SEED]

Two projects that write the same files with other contents take turns in one folder. First each runs to its end, twice, to learn
its set of files and how long it takes. A third of the kills are aimed at the end of a run, where files are put in place. A set that
is mixed right after a kill counts as caught in the very step; the next run in the folder has to mend it. Prints what
was seen, and fails (status 1) when a set is wrong, a file is half, or something is left behind in the end.
"""
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

PREFIX = ".servicegap-"


def files_of(folder):
    """Contents by name; provenance.json tells of the run itself, but is part of the set."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if not name.startswith(PREFIX):
            with open(os.path.join(folder, name), "rb") as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def left_behind(folder):
    return [name for name in os.listdir(folder) if name.startswith(PREFIX)]


def run(program, project, folder):
    start = time.monotonic()
    subprocess.run([program, "run", "-q", project, "-o", folder], check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def run_and_kill(program, project, folder, moment):
    child = subprocess.Popen([program, "run", "-q", project, "-o", folder], stderr=subprocess.DEVNULL)
    time.sleep(moment)
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def main():
    program, kills, projects = sys.argv[1], int(sys.argv[2]), sys.argv[3:5]
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else int(time.time())
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as root:
        folder = os.path.join(root, "out")
        sets, longest = [], 0
        for project in projects:
            run(program, project, folder)
            longest = max(longest, run(program, project, folder))
            sets.append(files_of(folder))
        assert sets[0].keys() == sets[1].keys() and sets[0] != sets[1], "the projects must write the same names, not the same files"
        killed = in_the_step = whole = 0
        seen = [0, 0]
        for turn in range(kills):
            aimed = turn % 3 == 2
            moment = longest * (chance.uniform(0.85, 1.1) if aimed else chance.uniform(0, 1))
            killed += run_and_kill(program, projects[turn % 2], folder, moment)
            now = files_of(folder)
            if now in sets:
                whole += 1
                seen[sets.index(now)] += 1
                continue
            known = all(now.get(name) in (sets[0][name], sets[1][name]) for name in sets[0])
            if not known or now.keys() != sets[0].keys():
                odd = [name for name in now if now[name] not in (sets[0].get(name), sets[1].get(name))]
                missing = sorted(sets[0].keys() - now.keys())
                sys.exit("seed %d, kill %d: files neither old nor new: %s; missing: %s" % (seed, turn, odd, missing))
            in_the_step += 1
            # whatever the next run does, even one that fails at once, it finishes what was begun
            subprocess.run([program, "run", "-q", projects[turn % 2] + ".none", "-o", folder], stderr=subprocess.DEVNULL)
            run_and_kill(program, projects[turn % 2], folder, longest / 4)
            if files_of(folder) not in sets:
                sys.exit("seed %d, kill %d: a mixed set is not mended" % (seed, turn))
        run(program, projects[0], folder)
        if files_of(folder) != sets[0] or left_behind(folder):
            sys.exit("seed %d: after a whole run: %s" % (seed, sorted(os.listdir(folder))))
        print("seed %d: %d runs, %d killed, %d times a whole set (%d of the first, %d of the second), %d in the very step and mended"
              % (seed, kills, killed, whole, seen[0], seen[1], in_the_step))


if __name__ == "__main__":
    main()
