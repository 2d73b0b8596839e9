# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What is measured against what: ROWS, at the end.

A row's function gets the kit (kit.py) and returns a Pair: our command, the
yardstick, and a text that our output must contain, so that nobody measures an
error message. It may raise NotAvailable("why"); kit.tool() does so itself.
"""
import os

import doubles
from kit import NotAvailable, Pair, Row

SETUP = r"Microsoft\ExchangeServer\v14\Setup"
VALUE = "MsiInstallPath"
SHOWN = r"Exchange Server\V14"


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


def full_walk(kit):
    hive = kit.hive(12)
    return Pair(ours=[kit.rollcall, "registry", hive, "--recursive"],
                theirs=[kit.tool("hivexml"), hive],
                shows=SHOWN)


def inspect(kit, path):
    folder = kit.signed()
    return [kit.rollcall, "inspect", "--format", "json", "--anchor",
            os.path.join(folder, "anchor.pem"), os.path.join(folder, path)]


def programs(kit):
    folder = os.path.join(kit.signed(), "programs")
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))]


def inspect_programs(kit):
    return Pair(ours=inspect(kit, "programs"),
                theirs=[kit.tool("sha256sum")] + programs(kit),
                shows='"verdict": "valid"')


def inspect_package(kit):
    return Pair(ours=inspect(kit, "package.msp"),
                theirs=[kit.tool("openssl"), "dgst", "-sha256",
                        os.path.join(kit.signed(), "package.msp")],
                shows='"verdict": "valid"')


def verify_programs(kit):
    """For information: one process a file, as its users must."""
    folder = kit.signed()
    anchor = os.path.join(folder, "anchor.pem")
    loop = ('c=$1 a=$2; shift 2; for f; do "$c" verify -CAfile "$a" '
            '-TSA-CAfile "$a" -in "$f"; done')
    return Pair(ours=inspect(kit, "programs"),
                theirs=["sh", "-c", loop, "sh", kit.tool("osslsigncode"),
                        anchor] + programs(kit),
                shows='"verdict": "valid"')


def start_up(kit):
    return Pair(ours=[kit.rollcall, "--version"],
                theirs=[kit.nothing],
                shows="rollcall")


def which_build(kit):
    return Pair(ours=[kit.rollcall, "which", "14.2.318.4"],
                theirs=[kit.rollcall, "--version"],
                shows="KB2756485")


def scan_sample(kit):
    sample = kit.built("sample")
    if sample is None:
        raise NotAvailable("it is not built (make sample)")
    return Pair(ours=[kit.rollcall, "scan", sample],
                theirs=[kit.rollcall, "--version"],
                shows="Exchange")


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


# work, yardstick, largest acceptable ratio ours / theirs, function
ROWS = [
    Row("inspect 400 signed executables", "sha256sum", 1.5,
        inspect_programs),
    Row("inspect 400, one by one", "osslsigncode verify", 1,
        verify_programs),
    Row("inspect a 300 MB package", "openssl dgst -sha256", 3,
        inspect_package),
    Row("one value out of a 12 MB hive", "hivexget", 1 / 2, one_value_small),
    Row("one value out of a 150 MB hive", "hivexget", 1 / 20, one_value_big),
    Row("the same, with 20 MB of log to replay", "sha256sum of the log", 1,
        replayed),
    Row("full walk of a 12 MB hive, printed", "hivexml", 1 / 2, full_walk),
    Row("start-up (--version)", "same libraries, nothing done", 1.2,
        start_up),
    Row("which 14.2.318.4", "start-up (--version)", 5, which_build),
    Row("scan of the sample volume", "start-up (--version)", 3, scan_sample),
    Row("judge 10,000 results, CSV", "jq, one member of each", 1, judge_csv,
        3),
    Row("judge 10,000 results, HTML", "jq, one member of each", 1, judge_html,
        3),
]
# Whatever grows, its time grows with it and not with its square.
ROWS += [Row("twice the " + work, "once", 2.3, make)
         for work, make in doubles.ROWS]
