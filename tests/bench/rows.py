# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What is measured against what: ROWS, at the end.

A row's function gets the kit (kit.py) and returns a Pair: our command, the
yardstick, and a text that our output must contain, so that nobody measures an
error message. It may raise NotAvailable("why"); kit.tool() does so itself.
"""
import os

import doubles
from kit import Pair, Ratio, Row, Time

SETUP = r"Microsoft\ExchangeServer\v14\Setup"
VALUE = "MsiInstallPath"
SHOWN = r"Exchange Server\V14"
VALID = '"verdict": "valid"'
INSTALLER = "Windows/Installer"


# ---------------------------------------------------------------------- hives
def one_value(kit, megabytes):
    hive = kit.hive(megabytes)
    return Pair(ours=[kit.rollcall, "registry", hive, SETUP],
                theirs=[kit.tool("hivexget"), hive, SETUP, VALUE],
                shows=SHOWN)


def one_value_small(kit):
    return one_value(kit, 12)


def one_value_big(kit):
    return one_value(kit, 150)


def replayed(kit):
    """The log must be read whole, and each of its entries checked."""
    hive, log = kit.dirty_hive(150, 20)
    return Pair(ours=[kit.rollcall, "registry", hive, SETUP],
                theirs=[kit.tool("sha256sum"), log],
                shows=SHOWN)


def full_walk(kit, form, shown):
    hive = kit.hive(16)
    return Pair(ours=[kit.rollcall, "registry", hive, "--recursive",
                      "--format", form],
                theirs=[kit.tool("hivexml"), hive], shows=shown)


def full_walk_text(kit):
    return full_walk(kit, "text", SHOWN)


def full_walk_json(kit):
    return full_walk(kit, "json", SHOWN.replace("\\", "\\\\"))


# --------------------------------------------------------------- signed files
def inspect(kit, folder, path):
    return [kit.rollcall, "inspect", "--format", "json", "--anchor",
            os.path.join(folder, "anchors.pem"), os.path.join(folder, path)]


def inspect_programs(kit):
    return Pair(ours=inspect(kit, kit.wild(), "programs"),
                theirs=[kit.tool("sha256sum")] + kit.programs(), shows=VALID)


def inspect_package(kit):
    folder = kit.package(300)
    return Pair(ours=inspect(kit, folder, "package.msp"),
                theirs=[kit.tool("openssl"), "dgst", "-sha256",
                        os.path.join(folder, "package.msp")], shows=VALID)


def verify_programs(kit):
    """One process a file, as its users must."""
    folder = kit.wild()
    anchors = os.path.join(folder, "anchors.pem")
    loop = ('c=$1 a=$2; shift 2; for f; do "$c" verify -CAfile "$a" '
            '-TSA-CAfile "$a" -in "$f"; done')
    return Pair(ours=inspect(kit, folder, "programs"),
                theirs=["sh", "-c", loop, "sh", kit.tool("osslsigncode"),
                        anchors] + kit.programs(), shows=VALID)


# ------------------------------------------------------------------- start-up
def version(kit):
    return [kit.rollcall, "--version"]


def start_up(kit):
    return Pair(ours=version(kit), theirs=[kit.nothing], shows="rollcall")


def which_build(kit):
    return Pair(ours=[kit.rollcall, "which", "14.2.318.4"],
                theirs=version(kit), shows="KB2756485")


# -------------------------------------------------------------------- volumes
def scan(kit, made, *options):
    volume, overlay = made
    return [kit.rollcall, "scan", "--overlay", overlay, *options, volume]


def scan_sample(kit):
    return Pair(ours=[kit.rollcall, "scan", kit.sample()[0]],
                theirs=version(kit), shows="Exchange 2010")


def big_volume(kit):
    return kit.volume(150, 300, 12_000)


def scan_big(kit):
    made = big_volume(kit)
    return Pair(ours=[kit.rollcall, "scan", "--no-packages", made[0]],
                theirs=version(kit), shows="Exchange 2010")


def scan_cold(kit):
    """What a scan costs of which nothing was read before: no more of the disk
    than reading the hive from one end to the other."""
    made = big_volume(kit)
    hive = os.path.join(made[0], "Windows/System32/config/SOFTWARE")
    return Pair(ours=[kit.rollcall, "scan", "--no-packages", made[0]],
                theirs=[kit.tool("sha256sum"), hive],
                shows="Exchange 2010", cold=made[0])


def scan_packages(kit):
    made = big_volume(kit)
    folder = os.path.join(made[0], INSTALLER)
    packages = [os.path.join(folder, name)
                for name in sorted(os.listdir(folder))
                if name.endswith((".msp", ".msi"))]
    return Pair(ours=scan(kit, made),
                theirs=[kit.tool("openssl"), "dgst", "-sha256"] + packages,
                shows="Exchange 2010")


def scan_deep(kit):
    made = big_volume(kit)
    folder = os.path.join(made[0], "Program Files")
    return Pair(ours=scan(kit, made, "--deep", "--no-packages", "--format",
                          "json"),
                theirs=["sh", "-c", 'find "$1" -type f -exec "$0" {} +',
                        kit.tool("sha256sum"), folder],
                shows='"deep"')


def scan_many(kit):
    """A process a volume is what one call spares."""
    volumes, overlay = kit.many_volumes(200)
    loop = 'c=$1 o=$2; shift 2; for v; do "$c" scan --overlay "$o" "$v"; done'
    return Pair(ours=[kit.rollcall, "scan", "--overlay", overlay] + volumes,
                theirs=["sh", "-c", loop, "sh", kit.rollcall, overlay] +
                volumes, shows="EXCH01")


# --------------------------------------------------------------------- fleets
def judge_many(kit, form):
    """All results, read, judged and written; theirs reads one name of each."""
    folder = kit.fleet(10000)
    return Pair(ours=[kit.rollcall, "judge", "--format", form, folder],
                theirs=["sh", "-c", 'exec "$0" -r ".hosts[0].name" "$1"/*.json',
                        kit.tool("jq"), folder],
                shows="SRV-10000")


def judge_csv(kit):
    return judge_many(kit, "csv")


def judge_html(kit):
    return judge_many(kit, "html")


# work, yardstick, what is accepted, what is aimed at, function
ROWS = [
    Row("inspect 151 signed programs", "sha256sum", Ratio(1.2), Ratio(1),
        inspect_programs),
    Row("inspect 151, one by one", "osslsigncode verify", Ratio(1), None,
        verify_programs),
    Row("inspect a 300 MB package", "openssl dgst -sha256", Ratio(2),
        Ratio(1.5), inspect_package),
    Row("one value out of a 12 MB hive", "hivexget", Ratio(1 / 2), None,
        one_value_small),
    Row("one value out of a 150 MB hive", "hivexget", Ratio(1 / 15), None,
        one_value_big),
    Row("the same, with 20 MB of log to replay", "sha256sum of the log",
        Ratio(1), None, replayed),
    Row("full walk of a 16 MB hive, text", "hivexml", Ratio(1 / 2.5),
        Ratio(1 / 3), full_walk_text),
    Row("full walk of a 16 MB hive, JSON", "hivexml", Ratio(1 / 1.5),
        Ratio(1 / 2), full_walk_json),
    Row("start-up (--version)", "same libraries, nothing done", Ratio(1.2),
        None, start_up),
    Row("which 14.2.318.4", "start-up (--version)", Ratio(3), Ratio(2),
        which_build),
    Row("scan of the sample volume", "start-up (--version)", None, Ratio(3),
        scan_sample),
    Row("scan, 150 MB hive, 12,000 files", "start-up (--version)", Time(250),
        Ratio(3), scan_big),
    Row("the same, nothing of it in memory", "sha256sum of the hive", Ratio(1),
        None, scan_cold),
    Row("scan of the same, 300 MB packages", "openssl dgst of packages",
        Ratio(2), Ratio(1.5), scan_packages),
    Row("scan --deep of 12,000 files", "sha256sum of them", Ratio(1.3), None,
        scan_deep, 3),
    Row("scan of 200 volumes in one call", "200 calls", Ratio(1), None,
        scan_many, 3),
    Row("judge 10,000 results, CSV", "jq, one member of each", Ratio(1),
        Time(10_000), judge_csv, 3, 256),
    Row("judge 10,000 results, HTML", "jq, one member of each", Ratio(1),
        Time(10_000), judge_html, 3, 256),
]
# Whatever grows, its time grows with it and not with its square.
ROWS += [Row("twice the " + work, "once", Ratio(2.3), None, make)
         for work, make in doubles.ROWS]
