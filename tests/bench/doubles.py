# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Twice the input, against once: rows.py.

Time that grows with the square of the input gives 4, and n log n a little more
than 2. Counts are such that reading what grows takes most of the time, and lie
below the limits that would end it.
"""
import os
import subprocess
import sys

from kit import Pair

OVERLAY = """<?xml version="1.0"?>
<overlay xmlns="urn:rollcall:catalogue:1" name="bench" issued="2026-01-01">
  <source id="BENCH" title="made up" where="here"/>
  <add product="SE" branch="RTM">
%s
  </add>
</overlay>
"""
RELEASE = """    <release id="se-rtm-b%d" kind="SU" label="RTM B%d" revision="1"
        build="15.2.%d.%d" date="2027-01-01" confidence="low" sources="BENCH"
        date-sources="BENCH"/>"""


def hive_keys(count):
    yield "Windows Registry Editor Version 5.00\n"
    for n in range(count):
        yield r"[HKEY_LOCAL_MACHINE\SOFTWARE\Many\key%06d]" % n
        yield '"value"="one of many"\n'


def hive_values(count):
    yield "Windows Registry Editor Version 5.00\n"
    yield r"[HKEY_LOCAL_MACHINE\SOFTWARE\Many]"
    for n in range(count):
        yield '"value%06d"="one of many"' % n


def server(rows):
    yield "windows 2008r2 EXCH01 fixed"
    yield "exchange 2010 base 14.2.247.5"
    yield from rows


def patches(count):
    return server('patch "An update (KB%d) 14.2.300.%d" code '
                  "{%08X-5A5A-4A5A-8A5A-000000000000} package a%d.msp missing"
                  % (5000000 + n, n, n + 1, n) for n in range(count))


def markers(count):
    return server(r'marker "Exchange 2010\SP1\KB%d" date "1/1/2013"'
                  % (5000000 + n) for n in range(count))


def package(rows):
    yield "kind: msp\nrefs: 3"
    yield "code: {12345678-1234-1234-1234-123456789ABC}"
    yield from rows


def strings(count):
    return package("property: P%d = value number %d" % (n, n)
                   for n in range(count))


def streams(count):
    return package("stream: s%d text one of many" % n for n in range(count))


def made(kit, name, lines, writer, suffix):
    """What WRITER of tests/tools makes of LINES; made once."""
    out = os.path.join(kit.data, name + suffix)
    if os.path.exists(out):
        return out
    os.makedirs(kit.data, exist_ok=True)
    text = os.path.join(kit.data, name + ".txt")
    with open(text, "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for line in lines)
    subprocess.run([sys.executable, "-B", os.path.join(
        kit.src, "tests", "tools", writer), text, out + ".tmp"], check=True)
    os.rename(out + ".tmp", out)
    return out


def doubled(once, command, shows):
    """A row's function: COMMAND of what KIT and a count give."""
    def row(kit):
        return Pair(ours=[kit.rollcall] + command(kit, 2 * once),
                    theirs=[kit.rollcall] + command(kit, once), shows=shows)
    return row


def registry(name, lines):
    return lambda kit, n: ["registry", made(
        kit, "%s-%d" % (name, n), lines(n), "mkhive.py", ".hive"),
        "--recursive"]


def scan(name, lines):
    return lambda kit, n: ["scan", made(
        kit, "%s-%d" % (name, n), lines(n), "mkvolume.py", "")]


def inspect(name, lines):
    return lambda kit, n: ["inspect", made(
        kit, "%s-%d" % (name, n), lines(n), "mkmsp.py", ".msp")]


def pkcs7(name, more):
    """A bare signature in which MORE(image, count) puts COUNT of something."""
    def command(kit, count):
        import mksign

        def make(path):
            image = mksign.PKI.signature(
                "good", "1.3.6.1.4.1.311.2.1.15", "sha256",
                mksign.imprint("sha256", b"body"))
            with open(path, "wb") as f:
                f.write(more(mksign, image, count))
        return ["inspect", kit.once("%s-%d.p7" % (name, count), make)]
    return command


def attributes(mksign, image, count):
    """COUNT unsigned attributes that nobody knows."""
    top = mksign.Node(image)
    parts = top[1][0].children()
    info = parts[4][0].children()
    rows = [mksign.attribute("1.3.6.1.4.1.55555.1", mksign.integer(n))
            for n in range(count)]
    signer = mksign.seq(*[c.whole for c in info[:-1]], mksign.context(
        1, *[c.whole for c in info[-1].children()], *rows))
    return mksign.seq(top[0].whole, mksign.context(0, mksign.seq(
        *[c.whole for c in parts[:4]], mksign.set_of(signer))))


def certificates(mksign, image, count):
    """COUNT certificates that say they are the signer's issuer."""
    top = mksign.Node(image)
    parts = top[1][0].children()
    certs = parts[3].children()
    tbs = mksign.Node(certs[0].whole)[0].children()
    name = tbs[3]
    for n in range(count):
        fake = mksign.seq(
            tbs[0].whole, mksign.integer(1000 + n), tbs[2].whole, name.whole,
            tbs[4].whole, name.whole, *[part.whole for part in tbs[6:]])
        rest = mksign.Node(certs[0].whole).children()[1:]
        certs.append(mksign.Node(mksign.seq(
            fake, *[part.whole for part in rest])))
    return mksign.seq(top[0].whole, mksign.context(0, mksign.seq(
        *[c.whole for c in parts[:3]],
        mksign.context(0, *[c.whole for c in certs]), parts[4].whole)))


def catalogue(kit, count):
    path = os.path.join(kit.data, "overlay-%d.xml" % count)
    os.makedirs(kit.data, exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(OVERLAY % "\n".join(
            RELEASE % (n, n, 20000 + n // 1000, n % 1000)
            for n in range(count)))
    return ["which", "--overlay", path, "14.2.318.4"]


def results(kit, count):
    return ["judge", "--format", "csv", kit.fleet(count)]


ROWS = [
    ("keys of a hive", doubled(30000, registry("keys", hive_keys),
                               "key059999")),
    ("values of a key", doubled(50000, registry("values", hive_values),
                                "value099999")),
    ("patches of a product", doubled(1500, scan("patches", patches),
                                     "Exchange 2010")),
    ("update markers", doubled(5000, scan("markers", markers),
                               "Exchange 2010")),
    ("strings of a package", doubled(20000, inspect("strings", strings),
                                     "12345678-1234")),
    ("streams of a package", doubled(10000, inspect("streams", streams),
                                     "12345678-1234")),
    ("attributes of a signature", doubled(
        100000, pkcs7("attributes", attributes), "rollcall sample")),
    ("certificates of a signature", doubled(
        60, pkcs7("certificates", certificates), "rollcall sample")),
    ("releases of a catalogue", doubled(4000, catalogue, "KB2756485")),
    ("results of servers", doubled(1500, results, "SRV-03000")),
]
