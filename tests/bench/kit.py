# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What rows of the bench are made of: see rows.py."""
import collections
import os
import shutil
import subprocess
import sys

import signed

Pair = collections.namedtuple("Pair", "ours theirs shows")
# PAIRS: of a row that takes long, as many as are enough.
Row = collections.namedtuple("Row", "work yardstick goal make pairs",
                             defaults=(None,))


class NotAvailable(Exception):
    """What a row needs is not here."""


class Kit:
    """Programs and data that rows are made of."""

    def __init__(self, src, build):
        self.src = os.path.abspath(src)
        self.build = os.path.abspath(build)
        self.rollcall = os.path.join(self.build, "rollcall")
        self.nothing = os.path.join(self.build, "tests/bench/nothing")
        self.peak = os.path.join(self.build, "tests/bench/peak")
        self.data = os.path.join(self.build, "tests/bench/data")

    def tool(self, name):
        path = shutil.which(name)
        if path is None:
            raise NotAvailable(f"{name} is not installed")
        return path

    def built(self, path):
        """A path of the build tree; None when it is not there."""
        full = os.path.join(self.build, path)
        return full if os.path.exists(full) else None

    def hive(self, megabytes):
        """A SOFTWARE hive of about that size, made once."""
        hive = os.path.join(self.data, f"software-{megabytes}.hive")
        writer = os.path.join(self.src, "tests/tools/mkhive.py")
        if os.path.exists(hive):
            return hive
        if not os.path.exists(writer):
            raise NotAvailable("tests/tools/mkhive.py is not there")
        os.makedirs(self.data, exist_ok=True)
        text = os.path.join(self.src, "tests/bench/software.hive.txt")
        subprocess.run([sys.executable, writer, "--filler-mb", str(megabytes),
                        text, hive + ".tmp"], check=True)
        os.rename(hive + ".tmp", hive)
        return hive

    def dirty_hive(self, megabytes, log_megabytes):
        """A dirty hive of that size and its log; (hive, log)."""
        clean = self.hive(megabytes)
        name = f"dirty-{megabytes}-{log_megabytes}.hive"
        hive = os.path.join(self.data, name)
        writer = os.path.join(self.src, "tests/tools/mkdirty.py")
        if not os.path.exists(hive + ".LOG1"):
            subprocess.run([sys.executable, writer, "bench", clean,
                            str(log_megabytes), self.data, name], check=True)
        return hive, hive + ".LOG1"

    def signed(self):
        """A folder of signed files, see signed.py; made once."""
        folder = os.path.join(self.data, "signed")
        if not os.path.exists(folder):
            self.tool("openssl")
            self.tool("osslsigncode")
            signed.make(self.src, folder)
        return folder

    def fleet(self, count):
        """A folder of so many results, of the sample volume; made once."""
        folder = os.path.join(self.data, f"fleet-{count}")
        if os.path.exists(folder):
            return folder
        sample = self.built("sample")
        if sample is None:
            raise NotAvailable("it is not built (make sample)")
        os.makedirs(self.data, exist_ok=True)
        result = os.path.join(self.data, "sample.json")
        subprocess.run([self.rollcall, "scan", "--format", "json", "--output",
                        result, sample], check=False)
        shutil.rmtree(folder + ".tmp", ignore_errors=True)
        subprocess.run([sys.executable, os.path.join(
            self.src, "tests/tools/mkfleet.py"), "--count", str(count),
            folder + ".tmp", result], check=True)
        os.rename(folder + ".tmp", folder)
        return folder
