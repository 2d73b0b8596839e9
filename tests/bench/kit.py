# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What rows of the bench are made of: see rows.py."""
import collections
import os
import shutil
import subprocess
import sys

# OURS and THEIRS are commands; SHOWS must be in what ours prints; before each
# run the page cache forgets what is in the folder COLD.
Pair = collections.namedtuple("Pair", "ours theirs shows cold",
                              defaults=(None,))
# ACCEPT and AIM are goals (Ratio, Time) or None; PAIRS: of a row that takes
# long, as many as are enough; PEAK: MiB that ours may hold.
Row = collections.namedtuple("Row", "work yardstick accept aim make pairs peak",
                             defaults=(None, 64))
Ratio = collections.namedtuple("Ratio", "most")       # ours / theirs
Time = collections.namedtuple("Time", "most")         # ms of ours

SAMPLE = "data/sample/sample.volume.txt"
EXCHANGE = "Program Files/Microsoft/Exchange Server/V14"


class NotAvailable(Exception):
    """What a row needs is not here."""


class Kit:
    """Programs and data that rows are made of. What a row needs is built when
    it is asked for, whole or not at all, and stays until "make clean"."""

    def __init__(self, src, build):
        self.src = os.path.abspath(src)
        self.build = os.path.abspath(build)
        self.rollcall = os.path.join(self.build, "rollcall")
        self.nothing = os.path.join(self.build, "tests/bench/nothing")
        self.peak = os.path.join(self.build, "tests/bench/peak")
        self.data = os.path.join(self.build, "tests/bench/data")
        sys.path[:0] = [os.path.join(self.src, "tests", folder)
                        for folder in ("pki", "tools")]

    def tool(self, name):
        path = shutil.which(name)
        if path is None:
            raise NotAvailable(f"{name} is not installed")
        return path

    def once(self, name, make):
        """A file or folder of the data; MAKE fills a path that becomes it."""
        path = os.path.join(self.data, name)
        if os.path.exists(path):
            return path
        os.makedirs(self.data, exist_ok=True)
        temporary = path + ".tmp"
        if os.path.isdir(temporary):
            shutil.rmtree(temporary)
        make(temporary)
        os.rename(temporary, path)
        return path

    # ----------------------------------------------------------------- hives
    def hive(self, megabytes):
        """A SOFTWARE hive of about that size."""
        text = os.path.join(self.src, "tests/bench/software.hive.txt")
        writer = os.path.join(self.src, "tests/tools/mkhive.py")
        return self.once(f"software-{megabytes}.hive", lambda path:
                         subprocess.run([sys.executable, writer, "--filler-mb",
                                         str(megabytes), text, path],
                                        check=True))

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

    # ---------------------------------------------------------- signed files
    def wild(self):
        """A folder of signed programs and of anchors.pem: see wild.py."""
        import wild
        return self.once("wild", wild.make)

    def programs(self):
        folder = os.path.join(self.wild(), "programs")
        return [os.path.join(folder, name)
                for name in sorted(os.listdir(folder))]

    def package(self, megabytes):
        """A signed patch of that size, and anchor.pem, in a folder."""
        import wild
        return self.once(f"package-{megabytes}", lambda folder:
                         wild.make_package(folder, megabytes))

    # --------------------------------------------------------------- volumes
    def sample(self):
        """(volume, overlay) that "make sample" builds, too."""
        folder = self.once("sample", lambda to: volume(
            self.src, to, 0, 0))
        return os.path.join(folder, "c"), os.path.join(folder, "overlay.xml")

    def volume(self, hive_megabytes, package_megabytes, files):
        """The sample, grown: its SOFTWARE hive, its packages, and files that
        are the smaller half of the signed programs, linked again and again.
        (volume, overlay)"""
        small = self.programs()
        small = [p for p in small if os.path.getsize(p) < 125_000]

        def make(to):
            volume(self.src, to, hive_megabytes, package_megabytes)
            for i in range(files):
                folder = os.path.join(to, "c", EXCHANGE, "Bin", "bench",
                                      "%03d" % (i // 100))
                os.makedirs(folder, exist_ok=True)
                os.link(small[i % len(small)], os.path.join(
                    folder, "part%05d.dll" % i))
        folder = self.once("volume-%d-%d-%d" % (
            hive_megabytes, package_megabytes, files), make)
        return os.path.join(folder, "c"), os.path.join(folder, "overlay.xml")

    def many_volumes(self, count):
        """So many copies of the sample, as links; (volumes, overlay)"""
        sample, overlay = self.sample()
        folder = self.once(f"volumes-{count}", lambda to: [
            shutil.copytree(sample, os.path.join(to, "%03d" % i),
                            copy_function=os.link, symlinks=True)
            for i in range(count)])
        return [os.path.join(folder, name)
                for name in sorted(os.listdir(folder))], overlay

    def fleet(self, count):
        """A folder of so many results, of the sample volume."""
        sample, overlay = self.sample()

        def make(to):
            result = os.path.join(self.data, "sample.json")
            subprocess.run([self.rollcall, "scan", "--format", "json",
                            "--overlay", overlay, "--output", result, sample],
                           check=False)
            subprocess.run([sys.executable, os.path.join(
                self.src, "tests/tools/mkfleet.py"), "--count", str(count),
                to, result], check=True)
        return self.once(f"fleet-{count}", make)


def volume(src, to, hive_megabytes, package_megabytes):
    """TO/c, the sample volume, and TO/overlay.xml that knows who signed it.
    Two packages have the megabytes between them."""
    import mkhive
    import mksign
    import mkvolume
    with open(os.path.join(src, SAMPLE), encoding="utf-8") as f:
        lines = f.read().splitlines()
    if package_megabytes:
        fill = " fill %d" % (package_megabytes * 1_000_000 // 2)
        lines = [line + fill if line.startswith("patch ") else line
                 for line in lines]
    made = mkvolume.parse("\n".join(lines))
    if hive_megabytes:
        made.put(mkvolume.CONFIG + "\\SOFTWARE", mkhive.build(
            made.hives["SOFTWARE"].text("SOFTWARE", []), strip=2,
            filler_mb=hive_megabytes))
    made.write(lambda letter: os.path.join(to, letter))
    mkvolume.write_text(os.path.join(to, "overlay.xml"),
                        mksign.overlay("bench", made.listed))
