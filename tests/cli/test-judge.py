#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Judge the results of scans again (TAP).

A result has the inventory that it was made of, so "judge" has to say what the
scan said, byte for byte; at another instant, what a scan would have said then;
and by another catalogue, never anything better.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ["ROLLCALL_SRC"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))
import mksign                                                # noqa: E402
from tap import Tap, first_of, sampled                                 # noqa: E402

ROLLCALL = os.environ["ROLLCALL"]
spec = importlib.util.spec_from_file_location(
    "volumes", os.path.join(SOURCE, "tests", "cli", "test-volumes.py"))
VOLUMES = importlib.util.module_from_spec(spec)
spec.loader.exec_module(VOLUMES)

# Options of scan alone, with how many words follow.
SCAN_ONLY = {"--no-packages": 0, "--no-replay": 0, "--deep": 0, "--drive": 1,
             "-d": 1, "--jobs": 1, "-j": 1}
OTHER_INSTANTS = ("2012-10-20T00:00:00Z", "2013-06-01T12:00:00Z",
                  "2026-11-20T00:00:00Z")
RANK = {"nothing-to-do": 0, "action-advised": 1, "undetermined": 2,
        "action-required": 3}


def run(words, day, stdin=None):
    return subprocess.run([ROLLCALL] + words, timeout=120, check=False,
                          env=dict(os.environ, **day), input=stdin or b"",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def judging(words):
    """Those of WORDS, of a scan, that judge takes too."""
    out, at = [], 0
    while at < len(words):
        name = words[at].split("=")[0]
        if name in SCAN_ONLY:
            at += 1 + ("=" not in words[at]) * SCAN_ONLY[name]
            continue
        out.append(words[at])
        at += 1
    return out


SECOND = []


def second():
    """A catalogue that looks where ours does, and thinks otherwise of what is
    found there."""
    if not SECOND:
        SECOND.append(tempfile.NamedTemporaryFile("w", suffix=".xml",
                                                  encoding="utf-8"))
        with open(os.path.join(SOURCE, "data", "exchange.xml"),
                  encoding="utf-8") as f:
            text = f.read()
        for old, new in (('force="required"', 'force="advised"'),
                         ('blocks="setup"', 'blocks="support"'),
                         ('product id="2010" name="Exchange 2010"',
                          'product id="2010" name="Exchange Ten"')):
            text = text.replace(old, new)
        SECOND[0].write(text)
        SECOND[0].flush()
    return SECOND[0].name


def without(words, option):
    """WORDS without OPTION and its value."""
    out = list(words)
    while option in out:
        at = out.index(option)
        del out[at:at + 2]
    return out


def same(what, scanned, judged):
    if judged.returncode != scanned.returncode:
        yield "%s: judge ends with %d, scan with %d; %s" % (
            what, judged.returncode, scanned.returncode,
            judged.stderr.decode()[-300:])
    if judged.stdout != scanned.stdout:
        a, b = scanned.stdout.splitlines(), judged.stdout.splitlines()
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                yield "%s: line %d: scan %r, judge %r" % (what, i + 1, x, y)
                return
        yield "%s: %d lines, and %d of judge" % (what, len(a), len(b))


def no_better(judged, scanned):
    """What is not trusted may always make a verdict undetermined."""
    a, b = (json.loads(r.stdout)["hosts"][0]["verdict"]
            for r in (judged, scanned))
    return a == "undetermined" or RANK[a] >= RANK[b]


def check_volume(name, nth):
    expect = VOLUMES.Expect(os.path.join(SOURCE, "tests", "cli", "volumes",
                                         name + ".expect"))
    *words, root = VOLUMES.arguments(name, expect)
    day, again = VOLUMES.environment(expect), judging(words)
    scanned = run(["scan", "--format", "json"] + words + [root], day)
    if expect.one("stderr"):
        return
    result = scanned.stdout
    yield from same("json", scanned, run(
        ["judge", "--format", "json"] + again + ["-"], day, result))
    # A scan takes a tenth of a second, and these are thousands.
    whole = "ROLLCALL_SLOW" in os.environ
    if whole or nth % 2 == 0:
        yield from same("text", run(
            ["scan", "--verbose"] + words + [root], day), run(
                ["judge", "--verbose"] + again + ["-"], day, result))
    for then in OTHER_INSTANTS if whole else [OTHER_INSTANTS[nth % 3]]:
        yield from same("at " + then, run(
            ["scan", "--format", "json"] + words + ["--at", then, root], day),
            run(["judge", "--format", "json"] + again + ["--at", then, "-"],
                day, result))
    # To read one from outside takes longer than all the rest.
    if "--catalogue" not in words and (whole or nth % 8 == 0):
        other = ["--catalogue", second()]
        yield from same("by another catalogue", run(
            ["scan", "--format", "json"] + words + other + [root], day),
            run(["judge", "--format", "json"] + again + other + ["-"], day,
                result))
    if nth % 3 == 0:
        yield from check_trust(words, again, root, day, scanned)


def check_trust(words, again, root, day, scanned):
    """Another catalogue can take trust away, and never give it."""
    if "ready" in words or "--target" in words or "-t" in words:
        return
    poorer = run(["judge", "--format", "json"] + without(again, "--overlay") +
                 ["-"], day, scanned.stdout)
    if poorer.stdout and not no_better(poorer, scanned):
        yield "better without what the overlay trusts"
    bare = run(["scan", "--format", "json"] + without(words, "--overlay") +
               [root], day)
    richer = run(["judge", "--format", "json"] + again + ["-"], day,
                 bare.stdout)
    if richer.stdout and not no_better(richer, scanned):
        yield "better by an overlay of which the scan knew nothing"


def sample():
    """The words and the result of one scan that is fine."""
    expect = VOLUMES.Expect(os.path.join(SOURCE, "tests", "cli", "volumes",
                                         "sound-2007-ru23.expect"))
    *words, root = VOLUMES.arguments("sound-2007-ru23", expect)
    day = VOLUMES.environment(expect)
    return judging(words), day, run(["scan", "--format", "json"] + words +
                                    [root], day).stdout, root


def refuses(words, day, document, code, said):
    done = run(["judge"] + words + ["-"], day, document)
    err = done.stderr.decode()
    if done.returncode != code:
        yield "exit %d, not %d: %s" % (done.returncode, code, err)
    if said not in err:
        yield "%r is not said: %s" % (said, err)
    if done.stdout:
        yield "and there is a result"


def check_refused(words, day, result):
    document = json.loads(result)
    document["schema"] = "rollcall-result-1"
    yield from refuses(words, day, json.dumps(document).encode(), 65,
                       "/schema: \"rollcall-result-1\"")
    document["schema"] = "rollcall-result-2"
    del document["hosts"][0]["inventory"]
    yield from refuses(words, day, json.dumps(document).encode(), 65,
                       "made with --quiet")
    yield from refuses(words, day, b"", 65, "nothing in it")
    yield from refuses(words, day, result[:len(result) // 2], 65, "")
    yield from refuses(words, day, b"[]\n", 65, "")
    twice = result.replace(b'"hosts": [', b'"hosts": [], "hosts": [', 1)
    yield from refuses(words, day, twice, 65, "")


def check_many(words, day, result):
    """Folders, JSON Lines, and a broken one among them."""
    line = json.dumps(json.loads(result)).encode() + b"\n"
    done = run(["judge", "--format", "json"] + words + ["-"], day,
               line + line)
    if len(json.loads(done.stdout)["hosts"]) != 2:
        yield "two lines are not two hosts"
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "below"))
        for name, data in (("a.json", result), ("below/b.JSON", line),
                           ("c.txt", b"no result"), ("d.json", line[:500])):
            with open(os.path.join(folder, name), "wb") as f:
                f.write(data)
        done = run(["judge", "--format", "json"] + words + [folder], day)
        if len(json.loads(done.stdout)["hosts"]) != 2:
            yield "the folder does not have two hosts"
        if b"d.json: " not in done.stderr or done.returncode != 3:
            yield "the broken one: exit %d, %s" % (
                done.returncode, done.stderr.decode())
        done = run(["judge"] + words + [os.path.join(folder, "no.json")], day)
        if done.returncode != 66:
            yield "a file that is not there: exit %d" % done.returncode


def check_lost(words, day, result):
    """A row that every scan writes, and that is gone, is not looked for."""
    def lose(said, change):
        document = json.loads(result)
        change(document["hosts"][0]["inventory"])
        done = run(["judge", "--verbose"] + words + ["-"], day,
                   json.dumps(document).encode())
        if done.returncode != 3 or said not in " ".join(
                done.stdout.decode().split()):
            yield "without %s: exit %d" % (said, done.returncode)

    def row(table, name, key):
        return lambda inv: inv[table].remove(next(
            r for r in inv[table] if r[key].endswith(name)))
    yield from lose("ExSetup.exe was not looked for",
                    row("files", "ExSetup.exe", "path"))
    yield from lose("TranscodingService.exe was not looked for",
                    row("files", "TranscodingService.exe", "path"))
    yield from lose("the SOFTWARE hive was not looked for",
                    row("hives", "SOFTWARE", "name"))
    yield from lose("the SYSTEM hive was not looked for",
                    row("hives", "SYSTEM", "name"))
    yield from lose("the day of the scan was not looked for",
                    lambda inv: inv.pop("taken"))
    for table in ("setups", "products", "files", "listings", "markers",
                  "places", "user_records", "hives", "values",
                  "leftovers"):
        yield from lose(" was not looked for",
                        lambda inv, table=table: inv.pop(table))


ZEROS = "0" * 38
OTHER_KEY = r"<setup-key>SOFTWARE\Microsoft\Exchange\v8.0\Setup</setup-key>"
# Where another catalogue looks that the scan did not: what stands in ours,
# what is put before it, and what "lacks" has to name.
ELSEWHERE = (
    ("a setup key", OTHER_KEY, OTHER_KEY.replace("v8.0", "v8.1"),
     r"the Setup key SOFTWARE\Microsoft\Exchange\v8.1\Setup"),
    ("a product code",
     "<product-code>{24B2C164-DE66-44FE-B468-A46D9D5E6B31}",
     "<product-code>{24B2C164-DE66-44FE-B468-000000000000}</product-code>",
     "the product code {24B2C164-DE66-44FE-B468-000000000000}"),
    ("markers", "<update-key>Exchange 2007</update-key>",
     "<update-key>Exchange 2007 Edge</update-key>",
     "the update markers of Exchange 2007 Edge"),
    ("an entry of Uninstall",
     "<uninstall-key>Microsoft Exchange</uninstall-key>",
     "<uninstall-key>Exchange Edge</uninstall-key>",
     "the Uninstall entry Exchange Edge"),
    ("a KB", '<carrier kb="KB2756872"', '<carrier kb="KB9999999" from="6.2" '
     'to="6.2" sources="D1" windows="8"><package name="Windows8-KB9999999.msu"'
     ' evidence="derived"/></carrier>', "KB9999999 was not looked for"),
    ("a mark", '<mark sha1="a59ef772f586c630ba190f3304147c0347bac12e"/>',
     '<mark sha1="%s01"/>' % ZEROS,
     r"a mark of the fix was not looked for in C:\Windows\System32"),
    ("a file of the release that is installed", '<files build="',
     '<files build="8.3.517.0" sources="NCC"><file path="Bin\\Edge.dll" '
     'sha256="%s"/></files>' % ("0" * 64), r"\Bin\Edge.dll was not looked for"),
)


def judged_by(change, words, day, result):
    """The answer by our catalogue with something else in it."""
    with open(os.path.join(SOURCE, "data", "exchange.xml"),
              encoding="utf-8") as f:
        text = change(f.read())
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "other.xml")
        with open(name, "w", encoding="utf-8") as f:
            f.write(text)
        return run(["judge", "--format", "json", "--catalogue", name] +
                   words + ["-"], day, result)


def lacks_of(done):
    host = json.loads(done.stdout)["hosts"][0]
    for answers in [host["answers"]] + [x["answers"]
                                        for x in host["exchange"]]:
        for answer in answers.values():
            yield from answer["lacks"]


def check_elsewhere(words, day, result):
    """What nobody looked for is not known, and is named."""
    for what, ours, more, said in ELSEWHERE:
        done = judged_by(lambda text, ours=ours, more=more: text.replace(
            ours, more + ours, 1), words, day, result)
        if done.returncode != 3:
            yield "%s: exit %d, %s" % (what, done.returncode,
                                       done.stderr.decode())
        elif not any(said in lack for lack in lacks_of(done)):
            yield "%s: %s" % (what, list(lacks_of(done)))


def check_takes_trust(words, day, result):
    """Of what is taken away nothing is left, and nothing comes with what was
    never asked for: an anchor, a certificate that is distrusted."""
    signer = next(c for c in json.loads(result)["hosts"][0]["inventory"][
        "certificates"] if "signer" in c["subject"])
    distrust = '<distrusted sha256="%s" sources="ROOTS">Stolen.' \
        "</distrusted>\n" % signer["sha256"]
    done = judged_by(lambda text: text.replace(
        "<dotnet ", distrust + "<dotnet ", 1), words, day, result)
    if done.returncode != 2:
        yield "a signer that is distrusted: exit %d, %s" % (
            done.returncode, done.stderr.decode())
    bare = without(words, "--overlay")
    done = run(["judge"] + bare + ["-"], day, result)
    if done.returncode != 3:
        yield "without the anchor: exit %d" % done.returncode
    # A scan that tried no key of that anchor found none that fits.
    document = json.loads(result)
    inv = document["hosts"][0]["inventory"]
    inv["asked"]["anchors"] = inv["asked"]["anchors"][:-1]
    done = run(["judge"] + words + ["-"], day,
               json.dumps(document).encode())
    if done.returncode == 0:
        yield "an anchor that was not tried gives trust"


def check_pins(words, day, result, root):
    """Who is pinned is trusted for as long as he is: by name and key, and
    without the root above him. Who was not asked for is nobody's."""
    at = words.index("--overlay") + 1
    with open(words[at], encoding="utf-8") as f:
        text = f.read()
    pins = "".join(
        '<anchor name="%s" purpose="%s" sources="SAMPLE"><subject>%s</subject>'
        "<spki>%s</spki></anchor>\n" % (
            name, purpose, mksign.name_of(name).hex(),
            mksign.PKI.key(name).info().hex())
        for name, purpose in (("signer", "code"), ("stamper", "time")))
    pinned, n = re.subn(r"<anchor .*</anchor>", pins, text, flags=re.S)
    if n != 1:
        yield "the overlay has another shape"
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "pins.xml")
        with open(name, "w", encoding="utf-8") as f:
            f.write(pinned)
        other = words[:at] + [name] + words[at + 1:]
        scanned = run(["scan", "--format", "json"] + other + [root], day)
        if scanned.returncode != 0:
            yield "pinned: exit %d, %s" % (scanned.returncode,
                                           scanned.stderr.decode())
        yield from same("pinned", scanned, run(
            ["judge", "--format", "json"] + other + ["-"], day,
            scanned.stdout))
        done = run(["judge"] + without(other, "--overlay") + ["-"], day,
                   scanned.stdout)
        if done.returncode != 3:
            yield "no longer pinned: exit %d" % done.returncode
        done = run(["judge", "--format", "json"] + other + ["-"], day, result)
        if done.returncode != 3:
            yield "pinned afterwards: exit %d" % done.returncode


def check_package():
    """A result keeps what its target was, for a day when the file is gone."""
    name = "target-ready"
    expect = VOLUMES.Expect(os.path.join(SOURCE, "tests", "cli", "volumes",
                                         name + ".expect"))
    *words, root = VOLUMES.arguments(name, expect)
    day = VOLUMES.environment(expect)
    at = words.index("--target") + 1
    with tempfile.TemporaryDirectory() as folder:
        words[at] = shutil.copy(words[at], folder)
        scanned = run(["scan", "--format", "json"] + words + [root], day)
        again = ["judge", "--format", "json"] + judging(words) + ["-"]
        yield from same("with the file", scanned,
                        run(again, day, scanned.stdout))
        os.remove(words[at])
        yield from same("without", scanned, run(again, day, scanned.stdout))
        result = json.loads(scanned.stdout)
        target = result["hosts"][0]["target"]
        if target["ready"] is not True:
            yield "not ready"
        # Its digest says that it was changed.
        level = target["package"]["files"][0]["facts"]["signatures"][
            "levels"][0]
        level["digest"] = "mismatch"
        done = run(again, day, json.dumps(result).encode())
        if done.returncode != 2:
            yield "exit %d of a package that was changed" % done.returncode
        del target["package"]
        # Its name is known, and what it is called is all that is.
        done = run(again, day, json.dumps(result).encode())
        if done.returncode != 0:
            yield "by its name: exit %d" % done.returncode
        again[again.index(words[at])] = os.path.join(folder, "other.msp")
        done = run(again, day, scanned.stdout)
        if done.returncode != 66 or b"no package that this result" not in \
                done.stderr:
            yield "of another name: exit %d, %s" % (
                done.returncode, done.stderr.decode())


DEEP_FILES = 2000
BYTES_A_FILE = 250      # 12,000 of them take 3 MB


def check_deep():
    """What is the same of thousands of files stands in a result once."""
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.join(folder, "c")
        shutil.copytree(os.path.join(VOLUMES.BUILT, "package-v2", "c"), root)
        bins = os.path.join(root, "Program Files", "Microsoft",
                            "Exchange Server", "V14", "Bin")
        sizes, day = [], {"SOURCE_DATE_EPOCH": "1360000000"}
        words = ["--format", "json", "--at", "2013-02-04T00:00:00Z"]
        for count in (0, DEEP_FILES):
            for n in range(count):
                os.link(os.path.join(bins, "ExSetup.exe"), os.path.join(
                    bins, "Microsoft.Exchange.Some.Thing.%d.dll" % n))
            scanned = run(["scan", "--deep"] + words + [root], day)
            sizes.append(len(scanned.stdout))
        yield from same("json", scanned, run(["judge"] + words + ["-"], day,
                                             scanned.stdout))
        if sizes[1] - sizes[0] > DEEP_FILES * BYTES_A_FILE:
            yield "%d files take %d bytes" % (DEEP_FILES, sizes[1] - sizes[0])


PATCHES = 30
MOST_BYTES = 300000


def check_size():
    """A server with many updates, each with its package, in one result."""
    lines = ["windows 2008r2 EXCH01 fixed", "exchange 2010 base 14.2.247.5",
             "exsetup 14.2.318.4"]
    for n in range(PATCHES):
        last = n == PATCHES - 1
        lines.append(
            'patch "Update Rollup %d for Exchange Server 2010 Service Pack 2 '
            '(KB%d) 14.2.%s" code {A0%06X-5A5A-4A5A-8A5A-%012X} state %d '
            'installed 20121012 package Exchange2010-KB%d-x64-EN.msp' % (
                n + 1, 2756485 - PATCHES + 1 + n,
                "318.4" if last else "%d.5" % (260 + n), n, n,
                1 if last else 2, 2756485 - PATCHES + 1 + n))
    with tempfile.TemporaryDirectory() as folder:
        text, root, overlay = (os.path.join(folder, name)
                               for name in ("txt", "c", "overlay.xml"))
        with open(text, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        subprocess.run([sys.executable, os.path.join(
            SOURCE, "tests", "tools", "mkvolume.py"), text, root, overlay],
            check=True)
        scanned = run(["scan", "--format", "json", "--at",
                       "2013-02-04T00:00:00Z", "--overlay", overlay, root], {})
    host = json.loads(scanned.stdout)["hosts"][0]
    valid = [u for u in host["exchange"][0]["updates"]
             if u["package"]["verdict"] == "valid"]
    if len(valid) != PATCHES:
        yield "%d packages are valid" % len(valid)
    if len(scanned.stdout) > MOST_BYTES:
        yield "%d updates take %d bytes" % (PATCHES, len(scanned.stdout))


def main(names):
    tap = Tap()
    words, day, result, root = sample()
    if not names:
        for name, check, *more in sampled((
                ("what cannot be judged again is refused", check_refused,
                 words, day, result),
                ("many results", check_many, words, day, result),
                ("what is lost earns nothing", check_lost, words, day,
                 result),
                ("what another catalogue would have looked for",
                 check_elsewhere, words, day, result),
                ("what another catalogue takes trust from",
                 check_takes_trust, words, day, result),
                ("what is pinned", check_pins, words, day, result, root),
                ("thousands of files", check_deep),
                ("thirty updates", check_size),
                ("a target whose file is gone", check_package)), first_of):
            tap.point(name, check(*more))
        names = sampled(sorted(
            n[:-len(".expect")] for n in os.listdir(os.path.join(
                SOURCE, "tests", "cli", "volumes"))
            if n.endswith(".expect")), short=1 / 3)
    for nth, name in enumerate(names):
        tap.point(name, check_volume(name, nth))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
