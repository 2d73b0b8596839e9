# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Fleets for tests: results of a few volumes, and folders of many servers
made of them (mkfleet.py).

    fleets.py FOLDER COUNT      write one, for "make fleet"
"""
import datetime
import os
import shutil
import subprocess
import sys

SOURCE = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
VOLUMES = os.environ["ROLLCALL_VOLUMES"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))

import mkfleet                                          # noqa: E402

DAY = datetime.datetime(2026, 11, 26)
# Whose certificates signed the files of volumes: without, none is genuine.
OVERLAY = os.path.join(VOLUMES, "sound-2007-ru23", "overlay.xml")
AT = ["--at", "2026-11-26", "--overlay", OVERLAY]
# All that a judgement may depend on, so that goldens hold for ever.
EPOCH = {"SOURCE_DATE_EPOCH": "1795651200", "NO_COLOR": "1"}

# Healthy, bad, too little known, none; of several products.
MEMBERS = ["no-exchange-fixed", "se-oct26su", "sound-2007-ru23", "package-v1",
           "package-cut", "2016-nov24su-v1", "sound-2016-history",
           "sound-2019-esu", "sound-se-rtm", "two-products",
           "software-missing"]


def rollcall(*words, stdin=b""):
    return subprocess.run([ROLLCALL, *words], check=False, input=stdin,
                          env=dict(os.environ, **EPOCH), timeout=300,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def scanned(name):
    """The result of a volume, as bytes."""
    return rollcall("scan", "--format", "json", *AT,
                    os.path.join(VOLUMES, name, "c")).stdout


def fleet(folder, count, seed, members=None):
    """FOLDER with COUNT results; the names of the servers."""
    return mkfleet.make(folder, [scanned(m) for m in members or MEMBERS],
                        count, seed, DAY)


def main():
    """The folder, which must not be there in part, and whose certificates
    signed the files."""
    folder, count = sys.argv[1], int(sys.argv[2])
    if os.path.exists(folder):
        sys.exit(folder + " is there already: remove it")
    fleet(folder + ".tmp", count, 1)
    shutil.copy(OVERLAY, os.path.join(folder + ".tmp", "overlay.xml"))
    os.rename(folder + ".tmp", folder)


if __name__ == "__main__":
    main()
