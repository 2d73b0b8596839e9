# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Programs of others that tests ask for a second opinion."""
import glob
import os
import shutil
import subprocess
import tempfile

CACHE = os.environ.get("ROLLCALL_CACHE") or os.path.join(
    os.path.expanduser("~"), ".cache", "rollcall")
WITH_DOWNLOADS = "ROLLCALL_DOWNLOADS"


def download(package, member, path):
    """MEMBER of Debian's PACKAGE, which is not installed, to PATH."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["apt-get", "-qq", "download", package], check=True,
                       cwd=scratch, timeout=300, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        found = glob.glob(os.path.join(scratch, package + "_*.deb"))
        subprocess.run(["dpkg-deb", "-x", found[0], "x"], check=True,
                       cwd=scratch, timeout=300)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shutil.copy(os.path.join(scratch, "x", member), path + ".tmp")
        os.rename(path + ".tmp", path)


def promtool():
    """(its path, None), or (None, why not)."""
    kept = os.path.join(CACHE, "promtool")
    found = shutil.which("promtool") or (os.path.exists(kept) and kept)
    if found:
        return found, None
    if not os.environ.get(WITH_DOWNLOADS):
        return None, "promtool is not installed, and %s is not set" % \
            WITH_DOWNLOADS
    try:
        download("prometheus", "usr/bin/promtool", kept)
    except (OSError, IndexError, subprocess.SubprocessError) as e:
        return None, "no promtool: %s" % e
    return kept, None
