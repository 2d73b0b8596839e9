#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Build synthetic Windows volumes, with Exchange on them, from text.

usage: mkvolume.py FILE.volume.txt FOLDER [OVERLAY.xml]
                                             one volume; FOLDER is drive C:.
                                             OVERLAY knows its signer, and
                                             digests of "listed" packages
       mkvolume.py --all TEXTS FOLDER        each TEXTS/NAME.volume.txt, to
                                             FOLDER/NAME/c, FOLDER/NAME/d, ...
                                             one a drive, unless it is newer
                                             than its text and the writers;
                                             FOLDER/NAME/overlay.xml as above.
                                             What has no text is removed

Nothing in a volume comes from Microsoft: hives, programs and packages are
made here, and signed by mksign.py, which says what HOW may be below ("good"
if not given).

A volume text is a list of directives, one a line; "#" begins a comment line,
"..." holds blanks (a backslash is a backslash). They expand to the registry
layout of real machines:

windows NAME HOST [fixed] [x86] [core] [controlset N] [language HEX]
      [ubr N]
    Hives SYSTEM and SOFTWARE, wintrust.dll (and SysWOW64 on 64 bit). "x86":
    a 32-bit Windows with 32-bit programs.
    NAME is a row of WINDOWS below. "fixed": the two byte marks are in
    wintrust.dll, and the KB that carries the fix is listed. "language": the
    one that Windows was installed in, 0409 or 0407. "core": a Server Core.
    "ubr": how far its own updates are, of Windows 10 and later.
wintrust System32|SysWOW64 VERSION marks|nomarks
    Another wintrust.dll in one of the folders.
kb KBnnnnnnn [state N]
    An update of Windows, as its generation lists it; N is the CurrentState
    of component based servicing (0x70, installed, if not given).

exchange PRODUCT base BUILD [roles A,B] [path DIR] [msi HOW|missing]
      [registered BUILD] [installed YYYYMMDD] [owa BUILD] [files A,B]
      [inside {GUID}]
    Setup, role, Uninstall and Windows Installer keys, the cached .msi,
    ExSetup.exe and (client access role of 2007 to 2013)
    TranscodingService.exe of the base build, the services of its roles. PRODUCT is a row of EXCHANGE
    below, which has the roles that it gets if none are said; "roles none":
    no role key at all. "files": paths below its folder that the tables of its
    .msi have, each with "@FEATURE" behind it for those that it comes with; the
    features of which a file is there that no other one has are those that
    Windows Installer has as installed. What follows belongs to it. AdminTools of 2007 never have a
    ConfiguredVersion. A .msi of Windows before 6.1 has lost its
    signature, if nothing is said. "registered": the version that Windows
    Installer has, which updates may raise to that of ExSetup.exe; the .msi
    keeps the base's. With it comes what its setup asks for: the .NET
    Framework, and of 2016 and later programs. "installed": its InstallDate. "owa": OwaVersion, which
    2013 and later have and updates leave alone or not.
exsetup BUILD|none [string TEXT] [signed HOW] [says BUILD]
    Another ExSetup.exe (or none); TEXT is what its version text says. "says":
    a signed one, with a certificate table in the middle that moves its version
    resource and puts one that says this in its place. An update that is known
    to bring a TranscodingService.exe (BROUGHT below) replaces that, too.
transcoding BUILD|none [signed HOW]
    Another TranscodingService.exe (or none), whatever ExSetup.exe is.
feature NAME installed|absent|unknown
    What the record of Windows Installer says of a feature, whatever is there;
    "unknown": nothing. "feature record none": there is no record.
dotnet RELEASE|none
    Another .NET Framework 4, by its number.
program "NAME" VERSION|none
    An entry of Programs and Features, or none.
pending "FROM" ["TO"]
    A file that is renamed, or deleted, when Windows starts next. What begins
    with a backslash, "!" or "*" stands as it is, and else behind "\\??\\".
uninstall "NAME" VERSION
    The entry of the product as Programs and Features has it. It may be of
    another cumulative update than the files.
services [disabled A,B]
    The services of all roles once more, as setup makes them, but those that an
    administrator has disabled. There are no others than "exchange" makes.
service NAME START [path PROGRAM]
    One more; START is 2 automatic, 3 on demand, 4 disabled.
patch "DISPLAYNAME" [kb KBnnn] [state N] [installed YYYYMMDD]
      [package FILENAME] [code {GUID}] [product {GUID}] [signed HOW]
      [inside {GUID}] [listed RELEASE] [fill BYTES] [user SID]
      [local PATH] [brings A=VERSION,B=VERSION] [missing] [unlisted]
      [keyless] [nolocal] [torn]
    A patch that Windows Installer knows, with its cached .msp. The patch
    code of a package of which none is known is made up from the KB.
    "inside": the code that the cached file itself has. "listed": the overlay
    has its digest as one of that release. "fill": bytes of a cabinet in it.
    "user": recorded for that user and not for the machine. "local": where
    LocalPackage says that it is; "nolocal": it does not say.
    "brings": files of its transform, paths as in "files" of the product;
    "torn": its table of files ends in the middle of a row.
    "missing": the cached file is gone. "unlisted": AllPatches does not name
    it, as it ceases to name what is superseded; "keyless": AllPatches names
    it, and there is no key.
marker "Exchange 2010\\SP1\\KBnnn" [name TEXT] [date TEXT]
    A key below Microsoft\\Updates; date is InstalledDate, locale text.
role NAME [unpacked BUILD] [configured BUILD] [action A] [watermark W]
    A role key as an interrupted setup leaves it; replaces the whole key. One
    more that was configured has its services.
product {GUID} "NAME" VERSION [missing] [inside {GUID}]
    Another product of Windows Installer, with its cached .msi (or without).
    "inside": the package code that the file itself has.

reg SOFTWARE|SYSTEM ... end   text in .reg form, keys relative to the hive
unreg SOFTWARE|SYSTEM KEY     take a key away again, with all below it
unvalue SOFTWARE|SYSTEM KEY NAME      take a value away again
keylink SOFTWARE|SYSTEM KEY TARGET    a key that is a link to another
break SOFTWARE|SYSTEM KEY [WHERE]     spoil a cell of that key: nk (if not
                              given), list, values, vk:NAME, data:NAME
text PATH ... end             a text file
setuplog [NAME] ... end       a log in C:\\ExchangeSetupLogs: ExchangeSetup.log,
                              or that of a helper; its lines are those of
                              mksetuplog.py, and holes stay holes
bytes PATH DATA               a file of bytes: hex or text, as in fixtures, or
                              "marks", those that are in a wintrust.dll
link PATH TARGET              a symbolic link; TARGET as Unix writes it
pe PATH VERSION [signed HOW]  a program with a version resource
twin PATH VERSION [signed HOW]        the same, beside what has that name
                              but for its case
msp PATH {GUID} "TITLE" [signed HOW] [listed RELEASE] [target {GUID}]
                              a package beside the cache
folder PATH                   an empty folder, also where a file was
remove PATH                   take a file or a folder away again
cut PATH N|half               only the first bytes of a file that is there
flip PATH AT                  change its byte AT, from the end if negative
noise PATH                    as many bytes that look like nothing
certificates PATH LENGTH      what the first entry of a program's certificate
                              table says of its length
hive NAME missing             no hive file
hive NAME truncate N          only the first N bytes of it
hive NAME dirty               sequence numbers differ, log is not there
hive NAME log new|old [of NAME]
    What was said so far is in the hive file, which is dirty; what is said
    below is only in its log, of that format. "of": the log is another
    hive's, and what it says is lost.
hive NAME text TEXT           a file of that text in its place
hive NAME empty               a file of no bytes in its place
case lower|upper              all names of files and folders in that case
"""

import collections
import copy
import hashlib
import os
import re
import shutil
import sys

sys.dont_write_bytecode = True		# the source tree may be read only
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import fixturetext			# noqa: E402
import mkdirty				# noqa: E402
import mkhive				# noqa: E402
import mksetuplog			# noqa: E402
import mksign				# noqa: E402

# SHA-1 thumbprints in wintrust.dll of time stampers that it accepts without
# the extended key usage: two old ones always, two more with the fix.
MARKS_OLD = (
    "3873b699f35b9ccc3662b6483a96bd6eec97cfb7",
    "9a3ff05b4288526484a9fcb8bc147d53e15a43bb",
)
MARKS_FIX = (
    "a59ef772f586c630ba190f3304147c0347bac12e",
    "7eef4e81277c469fcd2c71c82601ac8b808816bf",
)


class Windows:
    """One generation: names, numbers, and wintrust.dll by branch."""

    def __init__(self, name, version, build, service_pack, without, fixed,
                 carrier, updates=None):
        self.name = name
        self.version = version		# CurrentVersion
        self.build = build
        self.service_pack = service_pack
        self.without = without		# wintrust.dll, last without the fix
        self.fixed = fixed		# first with it
        self.carrier = carrier		# KB of the fix, None: built in
        self.updates = updates		# key below Updates, before Vista


WINDOWS = {
    "xp": Windows("Microsoft Windows XP", "5.1", 2600, "Service Pack 3",
                  "5.131.2600.6198", "5.131.2600.6285", "KB2749655",
                  r"Windows XP\SP4"),
    "2003": Windows("Microsoft Windows Server 2003", "5.2", 3790,
                    "Service Pack 2", "5.131.3790.4970", "5.131.3790.5060",
                    "KB2749655", r"Windows Server 2003\SP3"),
    "2008": Windows("Windows Server (R) 2008 Standard", "6.0", 6002,
                    "Service Pack 2", "6.0.6002.18592", "6.0.6002.18686",
                    "KB2749655"),
    "7": Windows("Windows 7 Professional", "6.1", 7601, "Service Pack 1",
                 "6.1.7601.17787", "6.1.7601.17940", "KB2749655"),
    "2008r2": Windows("Windows Server 2008 R2 Standard", "6.1", 7601,
                      "Service Pack 1", "6.1.7601.17787", "6.1.7601.17940",
                      "KB2749655"),
    "2012": Windows("Windows Server 2012 Standard", "6.2", 9200, "",
                    "6.2.9200.16384", "6.2.9200.16666", "KB2756872"),
    "2012r2": Windows("Windows Server 2012 R2 Standard", "6.3", 9600, "",
                      None, "6.3.9600.17298", None),
    "2016": Windows("Windows Server 2016 Standard", "10.0", 14393, "",
                    None, "10.0.14393.953", None),
    "2019": Windows("Windows Server 2019 Standard", "10.0", 17763, "",
                    None, "10.0.17763.1", None),
    "2022": Windows("Windows Server 2022 Standard", "10.0", 20348, "",
                    None, "10.0.20348.1", None),
    "2025": Windows("Windows Server 2025 Standard", "10.0", 26100, "",
                    None, "10.0.26100.1", None),
}


# How far the updates of Windows itself are, where nobody says.
UBR = {14393: 7876, 17763: 7314, 20348: 3453, 26100: 4652}
# The .NET Framework 4 by Windows, and the first one where it has no row.
DOTNET = {"2022": 528449, "2025": 533509}
DOTNET_OTHERS = 528049
DOTNET_4 = r"Microsoft\NET Framework Setup\NDP\v4\Full"
DOTNET_35 = r"Microsoft\NET Framework Setup\NDP\v3.5"
PROGRAMS = (
    ("Microsoft Visual C++ 2012 Redistributable (x64) - 11.0.61030",
     "11.0.61030.0"),
    ("Microsoft Visual C++ 2013 Redistributable (x64) - 12.0.40664",
     "12.0.40664.0"),
)
UCMA = r"Microsoft\UCMA\{902F4F35-D5DC-4363-8671-D5EF0D26C21D}"
URL_REWRITE = r"Microsoft\IIS Extensions\URL Rewrite"


class Product:
    """One Exchange: where Setup and Windows Installer write about it."""

    def __init__(self, setup, roles_key, code, uninstall, title, path,
                 roles, transcoding):
        self.setup = setup
        self.roles_key = roles_key
        self.code = code
        self.uninstall = uninstall
        self.title = title
        self.path = path
        self.roles = roles
        self.transcoding = transcoding	# TranscodingService.exe comes along


CODE_2010_2013 = "{4934D1EA-BE46-48B1-8847-F1AF20E892C1}"
CODE_2016_2019 = "{CD981244-E9B8-405A-9026-6AEB9DCEF1F1}"
FILES = r"C:\Program Files\Microsoft\Exchange Server"
ROLES_2007 = ("Mailbox", "HubTransport", "ClientAccess")
# A 2013 server with both of its roles, as setup writes them: Mailbox has the
# first four keys, Client Access the last two. 2016 knows one role with all.
ROLES_2013 = ("Mailbox", "ClientAccess", "HubTransport", "UnifiedMessaging",
              "FrontendTransport", "Cafe")
# Unified messaging ended with 2016.
ROLES_2019 = tuple(r for r in ROLES_2013 if r != "UnifiedMessaging")


def product_v15(title, code, roles, transcoding=False):
    return Product(r"Microsoft\ExchangeServer\v15\Setup",
                   r"Microsoft\ExchangeServer\v15", code,
                   "Microsoft Exchange v15", title, FILES + r"\V15",
                   roles, transcoding)


EXCHANGE = {
    "2007": Product(r"Microsoft\Exchange\Setup", r"Microsoft\Exchange\v8.0",
                    "{24B2C164-DE66-44FE-B468-A46D9D5E6B31}",
                    "Microsoft Exchange", "Microsoft Exchange Server 2007",
                    FILES, ROLES_2007, True),
    "2010": Product(r"Microsoft\ExchangeServer\v14\Setup",
                    r"Microsoft\ExchangeServer\v14", CODE_2010_2013,
                    "Microsoft Exchange v14", "Microsoft Exchange Server 2010",
                    FILES + r"\V14", ROLES_2007, True),
    "2013": product_v15("Microsoft Exchange Server 2013", CODE_2010_2013,
                        ROLES_2013, True),
    "2016": product_v15("Microsoft Exchange Server 2016", CODE_2016_2019,
                        ROLES_2013),
    "2019": product_v15("Microsoft Exchange Server 2019", CODE_2016_2019,
                        ROLES_2019),
    # That SE keeps the product code of 2019 is likely, not confirmed.
    "SE": product_v15("Microsoft Exchange Server Subscription Edition",
                      CODE_2016_2019, ROLES_2019),
}

# ExSetup.exe and the TranscodingService.exe that came with it, where checks of
# other people tell. Other updates may have brought one or not.
BROUGHT = {
    "8.3.279.5": "8.3.279.4",
    "8.3.297.2": "8.3.283.0",
    "8.3.298.3": "8.3.298.0",
    "14.1.421.2": "14.1.421.2",
    "14.1.438.0": "14.1.438.0",
    "14.2.318.4": "14.2.318.4",
    "14.2.328.10": "14.2.328.9",
    "14.2.342.3": "14.2.341.0",
}

# Services by role: (name, from, to, START), the numbers being the major part
# of the version. POP3 and IMAP4 are started by those who want them.
SERVICES = {
    "Mailbox": (("MSExchangeIS", 8, 15, 2), ("MSExchangeSA", 8, 14, 2),
                ("MSExchangeMailSubmission", 8, 14, 2),
                ("MSExchangeSearch", 8, 14, 2),
                ("MSExchangeRepl", 8, 15, 2),
                ("MSExchangeMailboxAssistants", 8, 15, 2),
                ("MSExchangeThrottling", 14, 15, 2),
                ("MSExchangeServiceHost", 14, 15, 2),
                ("MSExchangeRPC", 15, 15, 2),
                ("MSExchangeMailboxReplication", 15, 15, 2),
                ("MSExchangeDelivery", 15, 15, 2),
                ("MSExchangeSubmission", 15, 15, 2),
                ("MSExchangeFastSearch", 15, 15, 2)),
    "HubTransport": (("MSExchangeTransport", 8, 15, 2),
                     ("MSExchangeServiceHost", 14, 15, 2),
                     ("MSExchangeTransportLogSearch", 8, 15, 2),
                     ("MSExchangeEdgeSync", 8, 15, 2),
                     ("MSExchangeAntispamUpdate", 8, 15, 2)),
    "ClientAccess": (("MSExchangeServiceHost", 8, 15, 2),
                     ("MSExchangeFDS", 8, 14, 2),
                     ("MSExchangeAB", 14, 14, 2),
                     ("MSExchangeRPC", 14, 15, 2),
                     ("MSExchangeMailboxReplication", 14, 15, 2),
                     ("MSExchangePOP3", 8, 14, 3),
                     ("MSExchangeIMAP4", 8, 14, 3),
                     ("MSExchangePOP3BE", 15, 15, 3),
                     ("MSExchangeIMAP4BE", 15, 15, 3)),
    "UnifiedMessaging": (("MSExchangeUM", 8, 15, 2),
                         ("MSExchangeServiceHost", 14, 15, 2),
                         ("MSExchangeUMCR", 15, 15, 2)),
    "FrontendTransport": (("MSExchangeFrontEndTransport", 15, 15, 2),
                          ("MSExchangeServiceHost", 15, 15, 2)),
    "Cafe": (("MSExchangeServiceHost", 15, 15, 2),
             ("MSExchangePop3", 15, 15, 3), ("MSExchangeImap4", 15, 15, 3)),
    "EdgeTransport": (("ADAM_MSExchange", 8, 15, 2),
                      ("MSExchangeEdgeCredential", 8, 15, 2),
                      ("MSExchangeTransport", 8, 15, 2),
                      ("MSExchangeTransportLogSearch", 8, 15, 2),
                      ("MSExchangeServiceHost", 14, 15, 2)),
}

# Roles that Internet Information Services works for, and its services: (name,
# first version of Windows).
WEB_ROLES = {"ClientAccess", "Cafe"}
WEB_SERVICES = (("W3SVC", 5.0), ("WAS", 6.0))

USER_DATA = r"Microsoft\Windows\CurrentVersion\Installer\UserData"
MACHINE = "S-1-5-18"
INSTALLER = USER_DATA + "\\" + MACHINE
CBS = (r"Microsoft\Windows\CurrentVersion\Component Based Servicing"
       r"\Packages")
UNINSTALL = r"Microsoft\Windows\CurrentVersion\Uninstall"
NT = r"Microsoft\Windows NT\CurrentVersion"
SYSTEM_ROOT = r"C:\Windows"
LOGS = r"C:\ExchangeSetupLogs"
CONFIG = SYSTEM_ROOT + r"\System32\config"


class VolumeError(Exception):
    """A volume text that cannot be built."""


def pack_guid(guid):
    """The form of a GUID in the names of Windows Installer's keys.

    The first three groups are written back to front, and in the rest the
    two digits of each byte change places.
    """
    digits = guid.strip("{}").replace("-", "").upper()
    if not re.fullmatch(r"[0-9A-F]{32}", digits):
        raise VolumeError("not a GUID: " + guid)
    head = digits[7::-1] + digits[11:7:-1] + digits[15:11:-1]
    return head + "".join(digits[i + 1] + digits[i] for i in range(16, 32, 2))


def made_up_guid(seed):
    """A GUID for a package whose real code is not known. "5A5A" in it tells
    a reader of the hive that it is made up."""
    h = hashlib.sha256(seed.encode()).hexdigest().upper()
    return "{%s-5A5A-4%s-8%s-%s}" % (h[:8], h[8:11], h[11:14], h[14:26])


def sz(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def dword(number):
    return "dword:%08x" % number


def expand_sz(text):
    return "expand:" + sz(text)


def multi_sz(items):
    return "multi:" + ",".join(map(sz, items))


class Registry:
    """The keys of one hive, as .reg text has them."""

    def __init__(self):
        self.keys = {}		# upper-case path -> (path, {name: literal})
        self.links = set()	# upper-case paths of keys that are links
        self.broken = []	# (path, cell)

    def key(self, path):
        """The values of a key, made with all keys above it."""
        parts = path.split("\\")
        for i in range(1, len(parts)):
            self._one("\\".join(parts[:i]))
        return self._one(path)

    def _one(self, path):
        return self.keys.setdefault(path.upper(), (path, {}))[1]

    def set(self, path, **values):
        self.key(path).update(values)

    def drop(self, path):
        """Take a key away, with all below it."""
        up = path.upper()
        for k in [k for k in self.keys if (k + "\\").startswith(up + "\\")]:
            del self.keys[k]

    def unset(self, path, name):
        """Take a value away; it must be there."""
        values = self.keys[path.upper()][1]
        del values[{n.upper(): n for n in values}[name.upper()]]

    def merge(self, text):
        """Take over .reg text; keys are relative to the hive."""
        values = None
        for line in re.sub(r"\\\n\s*", "", text).splitlines():
            line = line.strip()
            if not line or line.startswith(";"):
                continue
            if line.startswith("["):
                values = self.key(line.strip("[]"))
                continue
            m = re.fullmatch(r'(@|"(?:[^"\\]|\\.)*")=(.*)', line)
            if not m or values is None:
                raise VolumeError("reg: " + line)
            name = m[1] if m[1] == "@" else m[1][1:-1]
            values[name] = m[2]

    def text(self, hive, directives):
        out = ["Windows Registry Editor Version 5.00"]
        out += [";! " + d for d in directives]
        out += [";! poke @[%s]%s 5858" % b for b in self.broken]
        prefix = "HKEY_LOCAL_MACHINE\\" + hive
        out += ["", "[%s]" % prefix]
        for up, (path, values) in sorted(self.keys.items()):
            out += ["", "[%s\\%s]" % (prefix, path)]
            if up in self.links:
                out.append(";! flags 10")
            for name, literal in values.items():
                left = "@" if name == "@" else '"%s"' % name
                out.append("%s=%s" % (left, literal))
        return "\n".join(out) + "\n"


def tokens(line):
    return [q or w for q, w in re.findall(r'"([^"]*)"|(\S+)', line)]


def options(words, with_value=(), flags=()):
    """Split WORDS into a dict: options with a value, and flags."""
    found = {}
    it = iter(words)
    for word in it:
        if word in flags:
            found[word] = True
        elif word in with_value:
            found[word] = next(it)
        else:
            raise VolumeError("unknown word: " + word)
    return found


def file_tables(paths, version):
    """The tables that say where a product puts these files, and with which
    features: "PATH@FEATURE", or "PATH@ONE@TWO"."""
    features = [(no, feature) for no, path in enumerate(paths, 1)
                for feature in path.split("@")[1:]]
    paths = [path.split("@")[0] for path in paths]
    folders = {("TARGETDIR",): "SourceDir"}
    files, components = [], []
    for no, path in enumerate(paths, 1):
        *way, name = path.split("\\")
        for i, folder in enumerate(way, 1):
            folders[("TARGETDIR", *way[:i])] = folder
        files.append("row: %s | C%d | %s | 1 | %s | 1033 | 512 | %d" % (
            name, no, name, version, no))
        components.append("row: C%d | | %s | 0 | |" % (
            no, ".".join(("TARGETDIR", *way))))
    with_features = ["table: FeatureComponents Feature_:s38* "
                     "Component_:s72*"] + [
        "row: %s | C%d" % (feature, no) for no, feature in features]
    return (with_features if features else []) + [
        "table: File File:s72* Component_:s72 FileName:l255 FileSize:i4 "
            "Version:S72 Language:S20 Attributes:I2 Sequence:i2", *files,
            "table: Component Component:s72* ComponentId:S38 Directory_:s72 "
            "Attributes:i2 Condition:S255 KeyPath:S72", *components,
            "table: Directory Directory:s72* Directory_Parent:S72 "
            "DefaultDir:l255"] + [
            "row: %s | %s | %s" % (".".join(way), ".".join(way[:-1]), name)
            for way, name in folders.items()]


class Link(str):
    """Where a symbolic link leads, in place of a file's bytes."""


# A file's bytes where it has some: (offset, bytes) pairs.
Holes = collections.namedtuple("Holes", "pieces size")


class Volume:
    """A machine as the directives describe it: do_NAME is directive NAME."""

    def __init__(self):
        self.hives = {"SOFTWARE": Registry(), "SYSTEM": Registry()}
        self.hive_how = {"SOFTWARE": ("", ""), "SYSTEM": ("", "")}
        self.logged = {}	# hive -> (its keys in the file, format, of)
        self.files = {}		# upper-case path -> (path, what)
        self.twins = []		# (path, bytes), of a name that is taken
        self.windows = None
        self.features = {}	# name -> files that no other one has
        self.recorded = {}	# name -> what "feature" says
        self.dotnet = DOTNET_OTHERS
        self.renames = []	# texts of PendingFileRenameOperations
        self.x86 = False
        self.product = None
        self.path = None
        self.code = None
        self.roles = ()
        self.brings = False	# updates may replace TranscodingService.exe
        self.control = "ControlSet001"
        self.patches = {}	# product code -> packed patch codes
        self.listed = []	# (release, [(package name, bytes)])
        self.case = None

    # ---- files

    def put(self, path, data):
        self.files[path.upper()] = (path, data)

    def put_pe(self, path, version, x86=False, more=(), how="unsigned"):
        """A program; MORE are further lines for mkpe."""
        lines = ["format: " + ("pe32" if x86 or self.x86 else "pe32+"),
                 "version: " + version]
        self.put(path, mksign.program("\n".join(lines + list(more)), how))

    def put_patch(self, path, code, product, title, opt):
        """A .msp; the options are those of its directive."""
        lines = ["kind: msp", "code: " + code, "target: " + product]
        if title:
            lines += ["title: " + title, "metadata: DisplayName = " + title]
        if "brings" in opt:
            lines += ["transform: T"] + [
                "file-change: T | %s | %s" % (path.split("\\")[-1], version)
                for path, version in (one.split("=") for one in
                                      opt["brings"].split(","))]
        if "torn" in opt:
            lines.append("file-raw: T | 100001")
        if "fill" in opt:
            lines += ["version: 4", "fill: " + opt["fill"]]
        data = mksign.package("\n".join(lines), opt.get("signed", "good"))
        self.put(path, data)
        if "listed" in opt:
            name = opt.get("package", path.split("\\")[-1])
            self.listed.append((opt["listed"], [(name, data)]))

    def put_product(self, path, code, title, version, how, files=None,
                    inside=None):
        """A cached .msi."""
        self.put(path, mksign.package("\n".join((
            "kind: msi",
            "code: " + (inside or made_up_guid("package" + code)),
            "title: Installation Database", "property: ProductCode = " + code,
            "property: ProductName = " + title,
            "property: ProductVersion = " + version,
            *(file_tables(files.split(","), version) if files else ()))),
            how))

    def put_log(self, args, text):
        """A log of setup, in which holes stay holes."""
        pieces, size = mksetuplog.parts(text)
        whole = b"".join(data for _, data in pieces)
        self.put(LOGS + "\\" + (args or ["ExchangeSetup.log"])[0],
                 whole if len(whole) == size else Holes(pieces, size))

    def edit(self, path, change):
        """CHANGE makes new bytes of those of a file that is there."""
        name, data = self.files[path.upper()]
        self.put(name, change(data))

    def remove(self, path):
        up = path.upper()
        for k in [k for k in self.files if (k + "\\").startswith(up + "\\")]:
            del self.files[k]

    # ---- windows

    def do_windows(self, name, host, *rest):
        opt = options(rest, ("controlset", "language", "ubr"),
                      ("fixed", "x86", "core"))
        self.windows = w = WINDOWS[name]
        self.dotnet = DOTNET.get(name, DOTNET_OTHERS)
        self.x86 = "x86" in opt
        self._windows_software(w)
        if float(w.version) >= 6.1:
            self.hives["SOFTWARE"].set(NT, InstallationType=sz(
                "Server Core" if "core" in opt else
                "Server" if "Server" in w.name else "Client"))
        if w.build in UBR:
            self.hives["SOFTWARE"].set(NT, UBR=dword(
                int(opt.get("ubr", UBR[w.build]))))
        self._windows_system(host, int(opt.get("controlset", 1)))
        if "language" in opt:
            self.hives["SYSTEM"].set(self.control + r"\Control\Nls\Language",
                                     InstallLanguage=sz(opt["language"]))
        fixed = "fixed" in opt or w.carrier is None
        version = w.fixed if fixed else w.without
        marks = "marks" if fixed else "nomarks"
        for folder in ("System32",) if self.x86 else ("System32", "SysWOW64"):
            self.do_wintrust(folder, version, marks)
        if "fixed" in opt and w.carrier:
            self.do_kb(w.carrier)

    def _windows_software(self, w):
        values = {
            "ProductName": sz(w.name),
            "CurrentVersion": sz("6.3" if w.version == "10.0" else w.version),
            "CurrentBuild": sz(str(w.build)),
            "CurrentBuildNumber": sz(str(w.build)),
            "SystemRoot": sz(SYSTEM_ROOT),
        }
        if w.service_pack:
            values["CSDVersion"] = sz(w.service_pack)
        if w.version == "10.0":
            values.update(CurrentMajorVersionNumber=dword(10),
                          CurrentMinorVersionNumber=dword(0))
        self.hives["SOFTWARE"].set(NT, **values)

    def _windows_system(self, host, n):
        reg = self.hives["SYSTEM"]
        reg.set("Select", Current=dword(n), Default=dword(n),
                Failed=dword(0), LastKnownGood=dword(n))
        self.control = "ControlSet%03d" % n
        control = self.control + r"\Control"
        reg.set(control + r"\ComputerName\ComputerName",
                ComputerName=sz(host))
        reg.set(control + r"\Session Manager\Environment",
                PROCESSOR_ARCHITECTURE=sz("x86" if self.x86 else "AMD64"))
        services = self.control + "\\Services\\"
        reg.set(services + r"Tcpip\Parameters", Hostname=sz(host))
        reg.set(services + "msiserver", Start=dword(3), Type=dword(0x10),
                ImagePath=expand_sz(r"%systemroot%\system32\msiexec /V"))

    def do_wintrust(self, folder, version, marks):
        # One table with the fix; without it the two old ones lie apart.
        table = MARKS_OLD
        if marks == "marks":
            table = ("".join(MARKS_OLD + MARKS_FIX),)
        self.put_pe(r"%s\%s\wintrust.dll" % (SYSTEM_ROOT, folder), version,
                    folder == "SysWOW64", ["marks: " + m for m in table])

    def do_kb(self, kb, *rest):
        state = int(options(rest, ("state",)).get("state", "0x70"), 0)
        reg = self.hives["SOFTWARE"]
        if self.windows.updates:
            reg.set(r"Microsoft\Updates\%s\%s" % (self.windows.updates, kb),
                    Description=sz("Update for Windows (%s)" % kb))
            reg.set(NT + "\\HotFix\\" + kb, Installed=dword(1))
            return
        tail = "~31bf3856ad364e35~%s~~%s.1.0" % (
            "x86" if self.x86 else "amd64", self.windows.version)
        for part in ("Package_for_", "Package_1_for_"):
            reg.set(CBS + "\\" + part + kb + tail, CurrentState=dword(state))

    # ---- exchange

    def do_exchange(self, product, *rest):
        opt = options(rest, ("base", "roles", "path", "msi", "registered",
                             "installed", "owa", "files", "inside"))
        self.product = p = EXCHANGE[product]
        self.path = opt.get("path", p.path)
        self.code = p.code
        self.roles = self._roles(opt.get("roles"))
        base = opt["base"]
        self._setup_key(base, opt.get("owa", base))
        for role in self.roles:
            self._installed_role(product, role, base)
        self.do_uninstall(p.title, base)
        self._product(p.code, p.title, base, opt, "exchangeserver.msi")
        for file in opt.get("files", "").split(","):
            path, *features = file.split("@")
            for feature in features:
                self.features.setdefault(feature, []).extend(
                    [path] if len(features) == 1 else [])
        self.brings = False
        self.do_exsetup(base)
        self.brings = p.transcoding and "ClientAccess" in self.roles
        if self.brings:
            self._transcoding(base, {})
        self._prerequisites(product, int(base.split(".")[0]))
        self.do_services()

    def _prerequisites(self, product, major):
        """What setup of that product asks for."""
        reg = self.hives["SOFTWARE"]
        if major == 14:
            reg.set(DOTNET_35, Install=dword(1), SP=dword(1))
        if major < 15:
            return
        self.do_dotnet(self.dotnet)
        if product == "2013":
            return
        for name, version in PROGRAMS:
            self.do_program(name, version)
        reg.set(UCMA, Version=sz("5.0.8308.0"))
        reg.set(URL_REWRITE, Version=sz("7.1.1993.2351"), Install=dword(1))

    def do_feature(self, name, says):
        self.recorded[name] = says

    def _record_features(self):
        """As ACTION_PublishFeatures() of Wine's msi.dll writes it."""
        if self.recorded.get("record") == "none":
            return
        for name, paths in self.features.items():
            here = any((self.path + "\\" + path).upper() in self.files
                       for path in paths)
            says = self.recorded.get(name, "installed" if here else "absent")
            if says != "unknown":
                self.hives["SOFTWARE"].set(
                    r"Classes\Installer\Features" + "\\" +
                    pack_guid(self.code),
                    **{name: sz("" if says == "installed" else "\x06")})

    def do_dotnet(self, release):
        if release == "none":
            self.hives["SOFTWARE"].drop(DOTNET_4)
        else:
            self.hives["SOFTWARE"].set(DOTNET_4, Release=dword(int(release)),
                                       Install=dword(1))

    def do_program(self, name, version):
        key = UNINSTALL + "\\" + made_up_guid("program" + name)
        if version == "none":
            self.hives["SOFTWARE"].drop(key)
        else:
            self.hives["SOFTWARE"].set(key, DisplayName=sz(name),
                                       DisplayVersion=sz(version))

    def do_pending(self, path, to=""):
        for text in (path, to):
            self.renames.append(text if not text or text[0] in "\\!*"
                                else "\\??\\" + text)
        self.hives["SYSTEM"].set(
            self.control + r"\Control\Session Manager",
            PendingFileRenameOperations=multi_sz(self.renames))

    def _roles(self, said):
        if said == "none":
            return ()
        return tuple(said.split(",")) if said else self.product.roles

    def _setup_key(self, base, owa):
        major, minor, build, revision = map(int, base.split("."))
        reg, key = self.hives["SOFTWARE"], self.product.setup
        reg.set(key, MsiInstallPath=sz(self.path + "\\"),
                MsiProductMajor=dword(major), MsiProductMinor=dword(minor),
                MsiBuildMajor=dword(build), MsiBuildMinor=dword(revision))
        if self.roles != ("AdminTools",):
            reg.set(key, Services=sz(self.path))
        if major == 15:
            reg.set(key, OwaVersion=sz(owa))

    def _installed_role(self, product, role, base):
        values = {"UnpackedVersion": sz(base), "ConfiguredVersion": sz(base)}
        if (product, role) == ("2007", "AdminTools"):
            del values["ConfiguredVersion"]
        self._role_key(role, **values)

    def do_uninstall(self, title, version):
        self.hives["SOFTWARE"].set(
            UNINSTALL + "\\" + self.product.uninstall, DisplayName=sz(title),
            DisplayVersion=sz(version), InstallLocation=sz(self.path))

    def do_services(self, *rest):
        disabled = options(rest, ("disabled",)).get("disabled", "").split(",")
        self._services(self.roles, set(filter(None, disabled)))

    def _services(self, roles, disabled=frozenset()):
        setup = self.hives["SOFTWARE"].key(self.product.setup)
        major = int(setup["MsiProductMajor"].split(":")[1], 16)
        rows = [("MSExchangeADTopology", 8, 15, 2)] * bool(
            set(roles) & (set(SERVICES) - {"EdgeTransport"}))
        rows += [row for role in roles for row in SERVICES.get(role, ())]
        starts = [(name, start) for name, first, last, start in rows
                  if first <= major <= last]
        web = [name for name, first in WEB_SERVICES
               if starts and WEB_ROLES & set(roles) and
               float(self.windows.version) >= first]
        if not disabled <= {*web, *(name for name, _ in starts)}:
            raise VolumeError("no such services: %s" % disabled)
        for name, start in starts:
            self.do_service(name, 4 if name in disabled else start)
        for name in web:
            self.do_service(name, 4 if name in disabled else 2, "path",
                            SYSTEM_ROOT + r"\System32\svchost.exe")

    def do_service(self, name, start, *rest):
        path = options(rest, ("path",)).get(
            "path", r"%s\Bin\%s.exe" % (self.path, name))
        self.hives["SYSTEM"].set(
            r"%s\Services\%s" % (self.control, name), Type=dword(0x10),
            Start=dword(int(start)), ErrorControl=dword(1),
            ImagePath=expand_sz('"%s"' % path), ObjectName=sz("LocalSystem"))

    def _role_key(self, role, **values):
        name = role if role in ("AdminTools", "Language") else role + "Role"
        key = self.product.roles_key + "\\" + name
        self.hives["SOFTWARE"].drop(key)
        self.hives["SOFTWARE"].set(key, **values)

    def do_role(self, role, *rest):
        names = {"unpacked": "UnpackedVersion",
                 "configured": "ConfiguredVersion",
                 "action": "Action", "watermark": "Watermark"}
        opt = options(rest, tuple(names))
        self._role_key(role, **{names[k]: sz(v) for k, v in opt.items()})
        if "configured" in opt and role not in self.roles:
            self._services((role,))

    def _program(self, path, version, opt):
        self.remove(path)
        if "says" in opt:
            self.put(path, mksign.shifted("version: " + version,
                                          "version: " + opt["says"]))
        elif version != "none":
            more = ["string-version: " + opt["string"]] \
                if "string" in opt else []
            self.put_pe(path, version, more=more,
                        how=opt.get("signed", "good"))

    def do_exsetup(self, version, *rest):
        self._program(self.path + r"\Bin\ExSetup.exe", version,
                      options(rest, ("string", "signed", "says")))
        if version == "none":	# the folder itself is still there
            self.put(self.path + r"\Bin", None)
        if self.brings and version in BROUGHT and \
                self._viewer().upper() in self.files:
            self._transcoding(BROUGHT[version], {})

    def do_transcoding(self, version, *rest):
        self.brings = False
        self._transcoding(version, options(rest, ("signed",)))

    def _viewer(self):
        return (self.path + r"\ClientAccess\Owa\Bin\DocumentViewing"
                r"\TranscodingService.exe")

    def _transcoding(self, version, opt):
        self._program(self._viewer(), version, opt)

    # ---- windows installer

    @staticmethod
    def _cached(code, suffix):
        digest = hashlib.sha256(code.encode()).hexdigest()
        return r"%s\Installer\%s.%s" % (SYSTEM_ROOT, digest[:7], suffix)

    def _msi_how(self, how):
        if how and how != "missing":
            return how
        return "good" if float(self.windows.version) >= 6.1 else "unsigned"

    def do_product(self, code, title, version, *rest):
        opt = options(rest, ("inside",), ("missing",))
        if opt.pop("missing", False):
            opt["msi"] = "missing"
        self._product(code, title, version, opt)

    def _product(self, code, title, version, opt, msi="setup.msi"):
        packed = pack_guid(code)
        local = self._cached(code, "msi")
        shown = opt.get("registered", version)
        major, minor, build = map(int, shown.split(".")[:3])
        number = dword(major << 24 | minor << 16 | build)
        values = {"InstallDate": sz(opt["installed"])} \
            if "installed" in opt else {}
        reg = self.hives["SOFTWARE"]
        reg.set(r"%s\Products\%s\InstallProperties" % (INSTALLER, packed),
                DisplayName=sz(title), DisplayVersion=sz(shown),
                LocalPackage=sz(local),
                Publisher=sz("Microsoft Corporation"), Version=number,
                VersionMajor=dword(major), VersionMinor=dword(minor),
                Language=dword(1033), WindowsInstaller=dword(1), **values)
        classes = r"Classes\Installer\Products" + "\\" + packed
        reg.set(classes, ProductName=sz(title), Version=number,
                PackageCode=sz(pack_guid(made_up_guid("package" + code))),
                Language=dword(1033), Assignment=dword(1))
        reg.set(classes + r"\SourceList", PackageName=sz(msi))
        reg.set("%s\\%s" % (UNINSTALL, code), DisplayName=sz(title),
                DisplayVersion=sz(shown), WindowsInstaller=dword(1))
        self.put_product(local, code, title, version,
                         self._msi_how(opt.get("msi")), opt.get("files"),
                         opt.get("inside"))
        if opt.get("msi") == "missing":
            self.remove(local)

    def do_patch(self, display_name, *rest):
        opt = options(rest, ("kb", "state", "installed", "package", "code",
                             "product", "signed", "inside", "listed", "fill",
                             "user", "local", "brings"),
                      ("missing", "unlisted", "keyless", "nolocal", "torn"))
        kb = opt.get("kb") or (re.findall(r"KB\d+", display_name) or [""])[0]
        product = opt.get("product", self.code)
        code = opt.get("code") or made_up_guid(
            product + kb + opt.get("package", ""))
        self._patch_state(product, code, display_name, kb, opt)
        self._patch_source(code, opt.get("package"))
        cached = self._cached(code, "msp")
        where = USER_DATA + "\\" + opt.get("user", MACHINE)
        values = {} if "nolocal" in opt else {
            "LocalPackage": sz(opt.get("local", cached))}
        self.hives["SOFTWARE"].set(
            r"%s\Patches\%s" % (where, pack_guid(code)), **values)
        self.put_patch(cached, opt.get("inside", code), product,
                       display_name, opt)
        if "missing" in opt:
            self.remove(cached)

    def _patch_state(self, product, code, display_name, kb, opt):
        packed, packed_product = pack_guid(code), pack_guid(product)
        user = opt.get("user", MACHINE)
        known = self.patches.setdefault((product, user), [])
        if "unlisted" not in opt:
            known.append(packed)
        reg = self.hives["SOFTWARE"]
        key = r"%s\%s\Products\%s\Patches" % (USER_DATA, user,
                                              packed_product)
        reg.set(key, AllPatches=multi_sz(known))
        if "keyless" not in opt:
            reg.set(key + "\\" + packed,
                    **self._patch_values(display_name, kb, opt))
        if user != MACHINE:
            return
        classes = r"Classes\Installer\Products\%s\Patches" % packed_product
        reg.set(classes, Patches=multi_sz(known),
                **{packed: sz(":oldToCurrent;:#oldToCurrent")})

    @staticmethod
    def _patch_values(display_name, kb, opt):
        values = {"State": dword(int(opt.get("state", "1"), 0)),
                  "Uninstallable": dword(1), "MSI3": dword(1),
                  "PatchType": dword(0), "LUAEnabled": dword(0)}
        if display_name:
            values["DisplayName"] = sz(display_name)
        if kb:
            values["MoreInfoURL"] = sz("http://support.microsoft.com/kb/"
                                       + kb[2:])
        if "installed" in opt:
            values["Installed"] = sz(opt["installed"])
        return values

    def _patch_source(self, code, package):
        if not package:
            return
        key = r"Classes\Installer\Patches\%s\SourceList" % pack_guid(code)
        self.hives["SOFTWARE"].set(
            key, PackageName=sz(package),
            LastUsedSource=expand_sz("n;1;c:\\updates\\"))

    def do_marker(self, path, *rest):
        opt = options(rest, ("name", "date"))
        values = {"PackageVersion": sz("1"),
                  "Publisher": sz("Microsoft Corporation"),
                  "InstallerName": sz("MSI"), "InstalledBy": sz("SYSTEM")}
        if "name" in opt:
            values["PackageName"] = sz(opt["name"])
        if "date" in opt:
            values["InstalledDate"] = sz(opt["date"])
        self.hives["SOFTWARE"].set(r"Microsoft\Updates" + "\\" + path,
                                   **values)

    # ---- odd cases

    def do_pe(self, path, version, *rest):
        self.put_pe(path, version, how=options(rest, ("signed",)).get(
            "signed", "unsigned"))

    def do_twin(self, path, version, *rest):
        taken = self.files[path.upper()]
        self.do_pe(path, version, *rest)
        self.twins.append(self.files[path.upper()])
        self.files[path.upper()] = taken

    def do_msp(self, path, code, title, *rest):
        opt = options(rest, ("signed", "listed", "target"))
        self.put_patch(path, code, opt.get("target", self.code), title, opt)

    def do_folder(self, path):
        self.put(path, None)

    def do_bytes(self, path, *data):
        if data == ("marks",):
            data = ("".join(MARKS_OLD + MARKS_FIX),)
        self.put(path, fixturetext.data_of(" ".join(data)))

    def do_link(self, path, target):
        self.put(path, Link(target))

    def do_unreg(self, hive, key):
        self.hives[hive].drop(key)

    def do_unvalue(self, hive, key, name):
        self.hives[hive].unset(key, name)

    def do_keylink(self, hive, key, target):
        wide = ("\\Registry\\Machine\\%s\\%s" % (hive, target)).encode(
            "utf-16-le")
        self.hives[hive].set(key, SymbolicLinkValue="hex(6):" + wide.hex(","))
        self.hives[hive].links.add(key.upper())

    def do_break(self, hive, key, where="nk"):
        self.hives[hive].broken.append((key, where))

    def do_remove(self, path):
        self.remove(path)

    def do_cut(self, path, size):
        self.edit(path, lambda data: data[:len(data) // 2 if size == "half"
                                          else int(size, 0)])

    def do_flip(self, path, at):
        self.edit(path, lambda data: mksign.flip(
            data, int(at, 0) % len(data)))

    def do_noise(self, path):
        self.edit(path, lambda data: fixturetext.filler(len(data)))

    def do_certificates(self, path, length):
        self.edit(path, lambda data: mksign.lengthen(data, int(length, 0)))

    def do_hive(self, name, how, arg="", *rest):
        if name not in self.hives:
            raise VolumeError("no such hive: " + name)
        if how == "log":
            opt = options(rest, ("of",))
            self.logged[name] = (copy.deepcopy(self.hives[name]), arg,
                                 opt.get("of", name))
        else:
            self.hive_how[name] = (how, arg)

    def do_case(self, case):
        self.case = {"lower": str.lower, "upper": str.upper}[case]

    # ---- output

    def hive_bytes(self, name):
        """The hive file, None when there is to be none."""
        how, arg = self.hive_how[name]
        reg = self.hives[name]
        if how == "missing" or not reg.keys:
            return None
        if how == "text":
            return arg.encode() + b"\n"
        if how == "empty":
            return b""
        directives = ["sequence 5 4"] if how == "dirty" else []
        data = mkhive.build(reg.text(name, directives), strip=2)
        return data[:int(arg)] if how == "truncate" else data

    def hive_files(self, name):
        """A hive that is dirty, and its log."""
        before, kind, owner = self.logged[name]
        images = [mkhive.build(reg.text(name, []), strip=2)
                  for reg in (before, self.hives[name])]
        files = mkdirty.dirty(kind, *images, CONFIG + "\\" + name)
        if owner != name:
            other = mkdirty.dirty(kind, *images, CONFIG + "\\" + owner)
            files = {**other, "": files[""]}
        return files

    def finish(self):
        self._record_features()
        for name in self.logged:
            for suffix, data in self.hive_files(name).items():
                self.put(CONFIG + "\\" + name + ("." + suffix if suffix
                                                 else ""), data)
        for name in set(self.hives) - set(self.logged):
            data = self.hive_bytes(name)
            if data is not None:
                self.put(CONFIG + "\\" + name, data)

    def write(self, drives):
        """Write all files; DRIVES gives the folder of each letter."""
        os.makedirs(drives("c"), exist_ok=True)
        for path, data in [*self.files.values(), *self.twins]:
            letter, rest = path.split(":\\", 1)
            if self.case:
                rest = self.case(rest)
            write_entry(os.path.join(drives(letter.lower()),
                                     *rest.split("\\")), data)


def write_entry(to, data):
    """A folder (DATA is None), a link, or a file."""
    if data is None:
        os.makedirs(to, exist_ok=True)
        return
    os.makedirs(os.path.dirname(to), exist_ok=True)
    if isinstance(data, Link):
        os.symlink(data, to)
        return
    if isinstance(data, Holes):
        with open(to, "wb") as f:
            for at, piece in data.pieces:
                f.seek(at)
                f.write(piece)
            f.truncate(data.size)
        return
    with open(to, "wb") as f:
        f.write(data)


def block(lines):
    """The lines of a block, up to its "end"."""
    out = []
    for line in lines:
        if line.strip() == "end":
            return "\n".join(out) + "\n"
        out.append(line)
    raise VolumeError('a block without its "end"')


def parse(text):
    volume = Volume()
    lines = iter(text.splitlines())
    for line in lines:
        words = tokens(line)
        if not words or words[0].startswith("#"):
            continue
        name, args = words[0], words[1:]
        if name == "reg":
            volume.hives[args[0]].merge(block(lines))
        elif name == "text":
            volume.put(args[0], block(lines).encode())
        elif name == "setuplog":
            volume.put_log(args, block(lines))
        elif hasattr(volume, "do_" + name):
            getattr(volume, "do_" + name)(*args)
        else:
            raise VolumeError("unknown directive: " + name)
    volume.finish()
    return volume


def read_volume(source):
    with open(source, encoding="utf-8") as f:
        text = f.read()
    try:
        return parse(text)
    except (VolumeError, TypeError, KeyError, StopIteration) as e:
        raise SystemExit("mkvolume: %s: %r" % (source, e)) from None


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def build_one(source, folder, overlay=None):
    """The volume alone: its drive C: is FOLDER, and it has no other."""
    volume = read_volume(source)
    if any(not path.startswith("C:") for path in volume.files):
        raise SystemExit("mkvolume: %s: only C: can be built alone" % source)
    shutil.rmtree(folder, ignore_errors=True)
    volume.write(lambda letter: folder)
    if overlay:
        write_text(overlay, mksign.overlay("synthetic", volume.listed))


def newest_writer():
    """The time of the youngest of all modules here that have a part in it."""
    here = os.path.realpath(os.path.join(os.path.dirname(__file__), ".."))
    files = [os.path.realpath(m.__file__) for m in sys.modules.values()
             if getattr(m, "__file__", None)]
    return max(os.path.getmtime(f) for f in files
               if f.startswith(here + os.sep))


def build_all(texts, folder):
    writers = newest_writer()
    suffix = ".volume.txt"
    names = sorted(entry[:-len(suffix)] for entry in os.listdir(texts)
                   if entry.endswith(suffix))
    for gone in sorted(set(os.listdir(folder)) - set(names)):
        if os.path.isdir(os.path.join(folder, gone)):
            shutil.rmtree(os.path.join(folder, gone))
    for name in names:
        source = os.path.join(texts, name + suffix)
        to = os.path.join(folder, name)
        stamp = os.path.join(to, "stamp")
        wanted = max(writers, os.path.getmtime(source))
        if os.path.exists(stamp) and os.path.getmtime(stamp) >= wanted:
            continue
        volume = read_volume(source)
        shutil.rmtree(to, ignore_errors=True)
        volume.write(lambda letter: os.path.join(to, letter))
        write_text(os.path.join(to, "overlay.xml"),
                   mksign.overlay("synthetic", volume.listed))
        write_text(stamp, "")


def main(argv):
    if len(argv) == 4 and argv[1] == "--all":
        build_all(argv[2], argv[3])
    elif len(argv) in (3, 4):
        build_one(*argv[1:])
    else:
        raise SystemExit(__doc__.split("\n\n")[1].strip())


if __name__ == "__main__":
    main(sys.argv)
