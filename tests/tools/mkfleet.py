#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Write a fleet: results of many servers, made of a few.

    mkfleet.py [--seed N] [--count N] [--day DAY] FOLDER RESULT...

Each RESULT is what "scan --format json" wrote of one volume. FOLDER gets
COUNT files like them, srv-00001.json on, of other names, domains and
MachineGuids, each taken on a day of the thirty before DAY; the same seed
gives the same bytes. FOLDER/servers.csv names them all, in groups of four
that are of one product where they can be.
"""
import argparse
import datetime
import json
import os
import random
import sys

DOMAINS = ["corp.example", "branch.example", "dmz.example"]


def products(document):
    return [x["product"] or "" for h in document["hosts"]
            for x in h["exchange"]]


def guid(rng):
    text = "%032x" % rng.getrandbits(128)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20],
                     text[20:]))


def result(rng, text, name, day):
    """TEXT, a result, as that of the server NAME."""
    document = json.loads(text)
    taken = day - datetime.timedelta(days=rng.randrange(30),
                                     seconds=rng.randrange(86400))
    for host in document["hosts"]:
        inventory = host["inventory"]
        host["name"] = inventory["name"] = name
        inventory["domain"] = rng.choice(DOMAINS)
        inventory["machine_guid"] = guid(rng)
        host["taken"] = inventory["taken"] = taken.strftime(
            "%Y-%m-%dT%H:%M:%SZ")
    return json.dumps(document, indent=2).encode() + b"\n"


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)


def make(folder, texts, count, seed, day):
    """The names of the servers, in their order."""
    rng = random.Random(seed)
    texts = sorted(texts, key=lambda t: products(json.loads(t)))
    os.makedirs(folder, exist_ok=True)
    lines, names = ["name,group"], []
    for n in range(count):
        name = "SRV-%05d" % (n + 1)
        # Four in a row are alike, but for one now and then.
        text = texts[(n // 4 + (rng.random() < 0.1)) % len(texts)]
        write(os.path.join(folder, name.lower() + ".json"),
              result(rng, text, name, day))
        lines.append("%s,DAG%d" % (name, n // 4 + 1))
        names.append(name)
    write(os.path.join(folder, "servers.csv"),
          ("\r\n".join(lines) + "\r\n").encode())
    return names


def main():
    words = argparse.ArgumentParser(usage=__doc__)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--count", type=int, default=100)
    words.add_argument("--day", default="2026-11-26")
    words.add_argument("folder")
    words.add_argument("result", nargs="+")
    words = words.parse_args()
    texts = []
    for path in words.result:
        with open(path, "rb") as f:
            texts.append(f.read())
    make(words.folder, texts, words.count, words.seed,
         datetime.datetime.strptime(words.day, "%Y-%m-%d"))


if __name__ == "__main__":
    sys.exit(main())
