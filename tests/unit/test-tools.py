#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The writer of synthetic volumes, tested by other witnesses (TAP).

A fault in a writer could hide the same fault in a reader, so what it writes
is looked at here by hivex, or byte by byte.
"""

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
SOURCE = os.environ["ROLLCALL_SRC"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))

import mksign				# noqa: E402
import mkvolume				# noqa: E402
from tap import first_of, sampled	# noqa: E402

# Of Debian's package unicode-data.
UNICODE = "/usr/share/unicode/UnicodeData.txt"

# Codes and their packed forms as registries of real machines show them.
PACKED = {
    "{24B2C164-DE66-44FE-B468-A46D9D5E6B31}":
        "461C2B4266EDEF444B864AD6D9E5B613",
    "{4934D1EA-BE46-48B1-8847-F1AF20E892C1}":
        "AE1D439464EB1B8488741FFA028E291C",
    "{CD981244-E9B8-405A-9026-6AEB9DCEF1F1}":
        "442189DC8B9EA5040962A6BED9EC1F1F",
    "{A93DA06F-A5B8-4DF8-8B3F-B285E014C659}":
        "F60AD39A8B5A8FD4B8F32B580E416C95",
    "{9B55849A-D0A7-4F16-978B-D4D389ADD022}":
        "A94855B97A0D61F479B84D3D98DA0D22",
    "{C3E4DD1C-13B7-4378-ACB9-808516A235B2}":
        "C1DD4E3C7B318734CA9B0858612A532B",
}

VOLUME = r"""
windows 2008r2 HOST1
wintrust SysWOW64 6.1.7601.17940 marks
exchange 2010 base 14.2.247.5 path "D:\Exchange"
exsetup 14.2.318.10 string 14.02.0318.002
link "C:\Exchange" ../d/Exchange
patch "Update (KB2706690) 14.2.318.10" installed 20120820 package A.msp
marker "Exchange 2010\SP1\KB2706690" date "8/20/2012"
patch "Update (KB2685289)" state 2 missing
reg SOFTWARE
[Microsoft\ExchangeServer\v14\Setup]
"InterimUpdate"="a \"quoted\" \\ value"
end
unreg SOFTWARE Microsoft\ExchangeServer\v14\MailboxRole
remove "D:\Exchange\ClientAccess"
text "C:\Users\readme.txt"
# no comment: a line of the file
end
"""
# What servers are like, as facts have it, and damage.
ROLES = {
    "2007": ("MailboxRole", "HubTransportRole", "ClientAccessRole"),
    "2010": ("MailboxRole", "HubTransportRole", "ClientAccessRole"),
    "2013": ("MailboxRole", "ClientAccessRole", "HubTransportRole",
             "UnifiedMessagingRole", "FrontendTransportRole", "CafeRole"),
    "2016": ("MailboxRole", "ClientAccessRole", "HubTransportRole",
             "UnifiedMessagingRole", "FrontendTransportRole", "CafeRole"),
    "2019": ("MailboxRole", "ClientAccessRole", "HubTransportRole",
             "FrontendTransportRole", "CafeRole"),
    "SE": ("MailboxRole", "ClientAccessRole", "HubTransportRole",
           "FrontendTransportRole", "CafeRole"),
}
BASES = {"2007": "8.3.83.6", "2010": "14.2.247.5", "2013": "15.0.1497.2",
         "2016": "15.1.2507.6", "2019": "15.2.1544.4", "SE": "15.2.2562.17"}
ODD = r"""
windows 2019 HOST2
exchange 2019 base 15.2.1544.4 registered 15.2.1544.14 owa 15.2.1118.7
exsetup 15.2.1544.11 says 15.2.1544.14
uninstall "Microsoft Exchange Server 2019 Cumulative Update 12" 15.2.1118.7
services disabled MSExchangePop3
service Other 3 path "C:\Other\other.exe"
patch "Listed (KB1000001)" code {A0000001-5A5A-4A5A-8A5A-000000000001}
patch "Old (KB1000002)" code {A0000002-5A5A-4A5A-8A5A-000000000002} unlisted
patch "Lost (KB1000003)" code {A0000003-5A5A-4A5A-8A5A-000000000003} keyless
patch "Own (KB1000004)" code {A0000004-5A5A-4A5A-8A5A-000000000004} user S-1-5-21-1 nolocal
text "C:\a"
0123456789
end
text "C:\b"
0123456789
end
cut "C:\a" half
flip "C:\b" -1
twin "C:\B" 1.0.0.0
unvalue SOFTWARE Microsoft\ExchangeServer\v15\Setup services
"""
INSTALLER = (r"Microsoft\Windows\CurrentVersion\Installer\UserData"
             r"\S-1-5-18")
FIXED_INFO = struct.pack("<I", 0xFEEF04BD)


def file_version(data):
    """The quad of VS_FIXEDFILEINFO, found by its signature alone."""
    at = data.index(FIXED_INFO) + 8
    ms, ls = struct.unpack_from("<II", data, at)
    return "%d.%d.%d.%d" % (ms >> 16, ms & 0xFFFF, ls >> 16, ls & 0xFFFF)


def content(volume, path):
    return volume.files[path.upper()][1]


def refused(text):
    try:
        mkvolume.parse(text)
    except (mkvolume.VolumeError, KeyError, TypeError, StopIteration):
        return True
    return False


class Tests:
    def __init__(self, folder):
        self.folder = folder
        self.volume = mkvolume.parse(VOLUME)
        self.count = self.failed = 0

    def ok(self, good, name):
        self.count += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.count, name))

    def skip(self, name, why):
        self.count += 1
        print("ok %d - %s # SKIP %s" % (self.count, name, why))

    def guids(self):
        for guid, packed in PACKED.items():
            self.ok(mkvolume.pack_guid(guid) == packed, "packed " + guid)
        made_up = mkvolume.made_up_guid("x")
        self.ok(made_up == mkvolume.made_up_guid("x") and
                made_up != mkvolume.made_up_guid("y"),
                "a made-up code is the same on each run")
        self.ok(len(mkvolume.pack_guid(made_up)) == 32, "and is a GUID")
        for bad in ("{4934D1EA}", "{4934D1EA-BE46-48B1-8847-F1AF20E892CZ}"):
            try:
                mkvolume.pack_guid(bad)
                self.ok(False, "refused: " + bad)
            except mkvolume.VolumeError:
                self.ok(True, "refused: " + bad)

    def programs(self):
        exsetup = content(self.volume, r"D:\Exchange\Bin\ExSetup.exe")
        self.ok(file_version(exsetup) == "14.2.318.10", "ExSetup's version")
        self.ok("14.02.0318.002".encode("utf-16-le") in exsetup,
                "and the text that contradicts it")
        marks = [bytes.fromhex(m) for m in mkvolume.MARKS_FIX]
        for folder, there in (("System32", False), ("SysWOW64", True)):
            dll = content(self.volume,
                          r"C:\Windows\%s\wintrust.dll" % folder)
            self.ok(all((m in dll) == there for m in marks),
                    folder + (" has" if there else " lacks") + " the marks")

    def files(self):
        names = self.volume.files
        self.ok(not any("DOCUMENTVIEWING" in n for n in names),
                "remove takes a whole folder")
        self.ok(content(self.volume, r"C:\Users\readme.txt") ==
                b"# no comment: a line of the file\n", "text is verbatim")
        self.ok(sum(n.endswith(".MSP") for n in names) == 1,
                "a missing package is not written")
        to = os.path.join(self.folder, "volume")
        mkvolume.parse(VOLUME + "case upper\n").write(
            lambda letter: os.path.join(to, letter))
        self.ok(os.path.exists(to + "/d/EXCHANGE/BIN/EXSETUP.EXE"),
                "drive D: in upper case")
        self.ok(os.readlink(to + "/c/EXCHANGE") == "../d/Exchange",
                "a link is a link")

    def servers(self):
        for product, roles in ROLES.items():
            volume = mkvolume.parse("windows 2019 H\nexchange %s base %s" % (
                product, BASES[product]))
            keys = [path.split("\\")[-1] for path, _ in
                    volume.hives["SOFTWARE"].keys.values()]
            self.ok(sorted(k for k in keys if k.endswith("Role")) ==
                    sorted(roles), "roles of " + product)
            there = any("TRANSCODINGSERVICE" in n for n in volume.files)
            self.ok(there == (product < "2014"),
                    "and its TranscodingService.exe")
        tools = mkvolume.parse("windows 2008 H\nexchange 2007 base 8.3.83.6 "
                               "roles AdminTools")
        values = tools.hives["SOFTWARE"].key(
            r"Microsoft\Exchange\v8.0\AdminTools")
        self.ok(list(values) == ["UnpackedVersion"],
                "management tools of 2007 are never configured")

    def brought(self):
        server = ("windows 2008r2 H\nexchange 2010 base 14.2.247.5%s\n"
                  "%sexsetup 14.2.318.4\n")
        file = mkvolume.FILES + (r"\V14\ClientAccess\Owa\Bin"
                                 r"\DocumentViewing\TranscodingService.exe")
        volume = mkvolume.parse(server % ("", ""))
        self.ok(file_version(content(volume, file)) == "14.2.318.4",
                "RU4-v2 brings TranscodingService.exe")
        volume = mkvolume.parse(server % ("", "transcoding 14.2.318.2\n"))
        self.ok(file_version(content(volume, file)) == "14.2.318.2",
                "unless it is said which is there")
        volume = mkvolume.parse(server % (" roles Mailbox", ""))
        self.ok(file.upper() not in volume.files, "or none is to be there")

    def odd(self):
        volume = mkvolume.parse(ODD)
        reg, system = volume.hives["SOFTWARE"], volume.hives["SYSTEM"]
        packed = PACKED["{CD981244-E9B8-405A-9026-6AEB9DCEF1F1}"]
        product = r"%s\Products\%s" % (INSTALLER, packed)
        codes = [mkvolume.pack_guid(
            "{A000000%d-5A5A-4A5A-8A5A-00000000000%d}" % (i, i))
            for i in range(1, 5)]
        for key, name, want in (
                (r"Microsoft\ExchangeServer\v15\Setup", "OwaVersion",
                 '"15.2.1118.7"'),
                (product + r"\InstallProperties", "DisplayVersion",
                 '"15.2.1544.14"'),
                (mkvolume.UNINSTALL + r"\Microsoft Exchange v15",
                 "DisplayVersion", '"15.2.1118.7"'),
                (product + r"\Patches", "AllPatches",
                 'multi:"%s","%s"' % (codes[0], codes[2]))):
            self.ok(reg.key(key)[name] == want, "odd: %s = %s" % (
                name, reg.key(key)[name]))
        have = [(product + "\\Patches\\" + c).upper() in reg.keys
                for c in codes]
        self.ok(have == [True, True, False, False], "keys of patches")
        own = INSTALLER.replace("S-1-5-18", "S-1-5-21-1")
        self.ok(reg.key(own + "\\Patches\\" + codes[3]) == {} and
                (product.replace("S-1-5-18", "S-1-5-21-1") + "\\Patches\\" +
                 codes[3]).upper() in reg.keys, "a patch of a user")
        self.ok("Services" not in reg.key(
            r"Microsoft\ExchangeServer\v15\Setup"), "a value is taken away")
        starts = {k: system.key(r"ControlSet001\Services" + "\\" + k)["Start"]
                  for k in ("MSExchangeIS", "MSExchangePop3", "Other")}
        self.ok(starts == {"MSExchangeIS": "dword:00000002",
                           "MSExchangePop3": "dword:00000004",
                           "Other": "dword:00000003"}, "services")
        self.ok("MSExchangeUM" not in str(system.keys),
                "2019 has no unified messaging")

    def damage(self):
        volume = mkvolume.parse(ODD)
        self.ok(content(volume, r"C:\a") == b"01234", "half a file")
        self.ok(content(volume, r"C:\b") == b"0123456789\x0b", "a byte")
        self.ok([p for p, _ in volume.twins] == [r"C:\B"] and
                file_version(volume.twins[0][1]) == "1.0.0.0",
                "two names that differ in case")
        data = content(volume, volume.path + r"\Bin\ExSetup.exe")
        at = data.index(b".rsrc\0\0\0")
        at = struct.unpack_from("<I", data, at + 20)[0]
        self.ok(file_version(data[at:]) == "15.2.1544.14",
                "where .rsrc should be is another version")
        self.ok(file_version(data[at + 0x200:]) == "15.2.1544.11",
                "and the real one behind it")
        volume = mkvolume.parse('bytes "C:\\m" marks\nbytes "C:\\h" hex 00*2 '
                                '0a\nwindows 7 H language 0407')
        self.ok(content(volume, r"C:\m") == bytes.fromhex("".join(
            mkvolume.MARKS_OLD + mkvolume.MARKS_FIX)), "nothing but marks")
        self.ok(content(volume, r"C:\h") == b"\0\0\n", "bytes")
        self.ok(volume.hives["SYSTEM"].key(
            r"ControlSet001\Control\Nls\Language") == {
                "InstallLanguage": '"0407"'}, "a German Windows")
        whole, broken = (mkvolume.parse(ODD + more).hive_bytes("SOFTWARE")
                         for more in ("", "break SOFTWARE Microsoft\n"))
        self.ok(sum(a != b for a, b in zip(whole, broken)) <= 6 and
                whole != broken, "a cell is spoilt")

    def hive_value(self, key, name):
        done = subprocess.run(
            ["hivexget", os.path.join(self.folder, "SOFTWARE"), key, name],
            stdout=subprocess.PIPE, check=False)
        return done.stdout.decode().rstrip("\n")

    def hives(self):
        if not shutil.which("hivexget"):
            self.skip("hivex reads what was written", "hivexget is missing")
            return
        with open(os.path.join(self.folder, "SOFTWARE"), "wb") as f:
            f.write(self.volume.hive_bytes("SOFTWARE"))
        setup = r"Microsoft\ExchangeServer\v14\Setup"
        product = PACKED["{4934D1EA-BE46-48B1-8847-F1AF20E892C1}"]
        patches = r"%s\Products\%s\Patches" % (INSTALLER, product)
        code = mkvolume.pack_guid(mkvolume.made_up_guid(
            "{4934D1EA-BE46-48B1-8847-F1AF20E892C1}" "KB2706690" "A.msp"))
        for key, name, want in (
                (setup, "MsiInstallPath", "D:\\Exchange\\"),
                (setup, "InterimUpdate", 'a "quoted" \\ value'),
                (r"Microsoft\Updates\Exchange 2010\SP1\KB2706690",
                 "InstalledDate", "8/20/2012"),
                (patches + "\\" + code, "Installed", "20120820"),
                (r"Classes\Installer\Patches\%s\SourceList" % code,
                 "PackageName", "A.msp"),
                (r"Microsoft\Windows NT\CurrentVersion", "CurrentVersion",
                 "6.1")):
            have = self.hive_value(key, name)
            self.ok(have == want, "hivex: %s = %s" % (name, have))

    def same_bytes(self):
        again = mkvolume.parse(VOLUME)
        self.ok(again.files == self.volume.files,
                "the same text gives the same bytes")
        self.ok(not any("MAILBOXROLE" in key for key in
                        self.volume.hives["SOFTWARE"].keys),
                "unreg takes a key away")

    def keys(self):
        """Where the table says that a key's primes are, the search ends."""
        for seed, found in sampled(mksign.FOUND.items(), first_of):
            self.ok(mksign.find_primes(seed) == found, "the key of " + seed)

    def bad_texts(self):
        for text in ("windows 95 HOST", "exchange 2010", "nonsense",
                     "windows 2008r2 HOST huge", "windows 2008r2",
                     "hive SECURITY missing",
                     "windows 7 H\nexchange 2016 base 15.1.2507.6\nservices disabled X",
                     "windows 7 H\nunvalue SOFTWARE Microsoft Nothing",
                     "cut C:\\nothing 5", "reg SOFTWARE\n[A]\n",
                     'reg SOFTWARE\n"a"="b"\nend', "case mixed",
                     "windows 7 H\nexchange 2010 base"):
            self.ok(refused(text), "refused: " + text.replace("\n", " / "))

    def upcase(self):
        """The table that the program has is what its generator makes."""
        name = "build-aux/mkupcase.py makes src/base/upcase_table.h"
        if not os.path.exists(UNICODE):
            self.count += 1
            print("ok %d - %s # SKIP %s is not there" % (self.count, name,
                                                         UNICODE))
            return
        with open(os.path.join(SOURCE, "src", "base", "upcase_table.h"),
                  encoding="ascii") as f:
            there = f.read()
        version = re.search(r"^ \* ([0-9.]+) by build-aux", there, re.M)
        made = subprocess.run(
            [sys.executable, os.path.join(SOURCE, "build-aux", "mkupcase.py"),
             version.group(1), UNICODE], capture_output=True, text=True)
        # Letters of a later Unicode may be new.
        mine, theirs = (set(re.findall(r"^\t\{ .*", text, re.M))
                        for text in (there, made.stdout))
        self.ok(there == made.stdout or len(mine) > 100 and mine < theirs,
                name)

    def run(self):
        for test in (self.upcase, self.guids, self.programs, self.files, self.servers,
                     self.brought, self.odd, self.damage, self.hives,
                     self.same_bytes, self.keys, self.bad_texts):
            test()
        print("1..%d" % self.count)
        return 1 if self.failed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(Tests(scratch).run())
