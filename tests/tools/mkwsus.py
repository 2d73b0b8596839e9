# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Write files like wsusscn2.cab: cabinets in a cabinet, stored, MSZIP or LZX.

    mkwsus.py OUT.cab [COUNT]     a sound one, with COUNT updates of others

A Scan is made of Updates; what is to be wrong with it is changed in its
pieces (package(), files()) before pack() puts them together.
"""

import base64
import hashlib
import struct
import sys
import uuid

from mkcab import MSZIP, STORED, data_block, packed_blocks

FAMILY = "352f9494-d516-4b40-a21a-cd2416098982"
EXCHANGE_2010 = "9b135dd5-fc75-4609-a6ae-fb5d22333ef0"
EXCHANGE_2019 = "f7fcd7d7-a163-4b27-970a-48bc02023df1"
ANTI_SPAM = "ab62c5bd-5539-49f6-8aea-5a114dd42314"
WINDOWS = "ba0ae9cc-5f01-40b4-ac3f-50192b5d6aaf"
NAMESPACE = "http://schemas.microsoft.com/msus/2004/02/OfflineSync"


# ---------------------------------------------------------------- cabinets
def cabinet(files, method=MSZIP, folder_of=None):
    """FILES: [(name, bytes)]; FOLDER_OF(index, name) tells the folder of each,
    which has to grow with them."""
    folders = []                        # [(files, bytes)]
    entries = []
    for i, (name, data) in enumerate(files):
        n = folder_of(i, name) if folder_of else 0
        while len(folders) <= n:
            folders.append(bytearray())
        entries.append(struct.pack("<IIHHHH", len(data), len(folders[n]), n,
                                   0x5A21, 0x6000, 0x20) +
                       name.replace("/", "\\").encode() + b"\0")
        folders[n] += data
    entries = b"".join(entries)
    files_at = 36 + 8 * len(folders)
    at = files_at + len(entries)
    table, body = b"", []
    for data in folders:
        blocks = [data_block(b, n) for b, n in packed_blocks(bytes(data), method)]
        table += struct.pack("<IHH", at, len(blocks), method)
        at += sum(map(len, blocks))
        body += blocks
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, at, 0, files_at, 0, 3, 1,
                       len(folders), len(files), 0, 17, 0)
    return head + table + entries + b"".join(body)


# ----------------------------------------------------------------- updates
def guid(seed):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, str(seed)))


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(
        '"', "&quot;")


class File:
    def __init__(self, name, data=None):
        data = name.encode() if data is None else data
        self.name, self.size = name, len(data)
        self.sha1 = hashlib.sha1(data).digest()
        self.sha256 = hashlib.sha256(data).digest()

    @property
    def id(self):
        return base64.b64encode(self.sha1).decode()

    def url(self):
        stem, _, end = self.name.rpartition(".")
        return "http://download.example/%s_%s.%s" % (stem, self.sha1.hex(),
                                                     end)


class Update:
    """Everything that a scan file says of one revision."""

    def __init__(self, number, **is_):
        self.id = number
        self.guid = is_.get("guid") or guid(number)
        self.revision = is_.get("revision", "200")
        self.products = is_.get("products", [])
        self.family = is_.get("family")
        self.bundled_by = is_.get("bundled_by", [])
        self.superseded_by = is_.get("superseded_by", [])
        self.supersedes = is_.get("supersedes", [])
        self.files = is_.get("files", [])
        self.kb = is_.get("kb")
        self.title = is_.get("title")
        self.bulletin = is_.get("bulletin")
        self.cves = is_.get("cves", [])
        self.patch = is_.get("patch")
        self.language = is_.get("language", "en")
        self.silent = is_.get("silent", False)  # it has no files
        self.prerequisites = is_.get("prerequisites", [])
        self.category = is_.get("category", False)

    def element(self):
        out = ['<Update CreationDate="2012-08-14T17:00:00Z" '
               'DefaultLanguage="%s" UpdateId="%s" RevisionNumber="%s" '
               'RevisionId="%d" %s>' % (
                   self.language, self.guid, self.revision, self.id,
                   'DeploymentAction="Evaluate" IsSoftware="false"'
                   if self.category else 'IsLeaf="true"')]
        if self.prerequisites:
            out.append("<Prerequisites>%s<Or>%s</Or></Prerequisites>" % ((
                "".join('<UpdateId Id="%s"/>' % g
                        for g in self.prerequisites),) * 2))
        if self.products or self.family:
            out.append("<Categories>" + "".join(
                '<Category Type="Product" Id="%s"/>' % p
                for p in self.products) + (
                '<Category Type="ProductFamily" Id="%s"/>' % self.family
                if self.family else "") + "</Categories>")
        if self.files:
            out.append("<PayloadFiles>" + "".join(
                '<File Id="%s"/>' % f.id for f in self.files) +
                "</PayloadFiles>")
        for name, ids in (("BundledBy", self.bundled_by),
                          ("SupersededBy", self.superseded_by)):
            if ids:
                out.append("<%s>%s</%s>" % (name, "".join(
                    '<Revision Id="%d"/>' % i for i in ids), name))
        return "".join(out) + "</Update>"

    def core(self):
        superseded = "".join('<UpdateIdentity UpdateID="%s"/>' % g
                             for g in self.supersedes)
        return ('<UpdateIdentity UpdateID="%s" RevisionNumber="%s" />'
                '<Properties UpdateType="Software" /><Relationships>%s'
                '</Relationships><ApplicabilityRules><IsInstalled><b.WindowsV'
                'ersion Comparison="EqualTo"/></IsInstalled>'
                '</ApplicabilityRules>' % (
                    self.guid, self.revision, superseded and
                    "<SupersededUpdates>%s</SupersededUpdates>" % superseded))

    def extended(self):
        out = ['<ExtendedProperties DefaultPropertiesLanguage="en">'
               '<SupportUrl>http://support.example</SupportUrl>']
        if self.bulletin:
            out.append("<SecurityBulletinID>%s</SecurityBulletinID>" %
                       self.bulletin)
        if self.kb:
            out.append("<KBArticleID>%s</KBArticleID>" % self.kb)
        out += ["<CveID>%s</CveID>" % c for c in self.cves]
        out.append("</ExtendedProperties>")
        if self.files:
            out.append("<Files>" + "".join(
                '<File Digest="%s" DigestAlgorithm="SHA1" FileName="%s" '
                'Size="%d" Modified="2012-08-01T10:00:00Z" PatchingType='
                '"SelfContained"><AdditionalDigest Algorithm="SHA256">%s'
                '</AdditionalDigest></File>' % (
                    f.id, escape(f.name), f.size,
                    base64.b64encode(f.sha256).decode())
                for f in self.files) + "</Files>")
        if self.patch:
            out.append('<HandlerSpecificData type="msp:WindowsInstaller">'
                       '<MspData CommandLine="REBOOT=ReallySuppress" '
                       'FullFilePatchCode="%s" /></HandlerSpecificData>' %
                       self.patch)
        return "".join(out)

    def localized(self):
        return ("<LocalizedProperties><Language>%s</Language><Title>%s"
                "</Title><Description>An issue.</Description>"
                "</LocalizedProperties>" % (
                    self.language, escape(self.title or "Update")))


def bundle(number, product=EXCHANGE_2010, **is_):
    """A bundle, and in it, numbered one less, what has the package."""
    files = is_.pop("files", [])
    patch = is_.pop("patch", None)
    return [Update(number, products=[product], family=FAMILY, **is_),
            Update(number - 1, bundled_by=[number], files=files, patch=patch)]


# -------------------------------------------------------------------- scan
class Scan:
    def __init__(self, updates, starts=(0,), method=MSZIP, outer=STORED):
        self.updates = updates
        self.starts = starts            # of package2.cab, package3.cab, ...
        self.method, self.outer = method, outer
        self.changes = []               # functions of the dict of pieces
        self.locations = True

    def package(self):
        out = ['\ufeff<?xml version="1.0" encoding="utf-8"?>\n'
               '<OfflineSyncPackage xmlns="%s" PackageVersion="1.1">\n'
               '<Updates>\n' % NAMESPACE]
        out += [u.element() + "\n" for u in self.updates]
        out.append("</Updates>\n")
        if self.locations:
            seen = {f.id: f for u in self.updates for f in u.files}
            out.append("<FileLocations>\n")
            out += ['<FileLocation Id="%s" Url="%s"/>\n' % (
                f.id, escape(f.url())) for f in seen.values()]
            out.append("</FileLocations>\n")
        return "".join(out) + "</OfflineSyncPackage>\n"

    def index(self):
        return ('<INDEX VERSION="1"><CABLIST XOR="0">'
                '<CAB NAME="package.cab"/>' + "".join(
                    '<CAB NAME="package%d.cab" RANGESTART="%d"/>' % (i, at)
                    for i, at in enumerate(self.starts, 2)) +
                "</CABLIST></INDEX>")

    def pieces(self):
        """{"index.xml": text, "package.xml": text, cabinet: {name: text}}"""
        out = {"index.xml": self.index(), "package.xml": self.package()}
        for i in range(len(self.starts)):
            out["package%d.cab" % (i + 2)] = {}
        for u in self.updates:
            if u.silent:
                continue
            at = max(i for i, s in enumerate(self.starts) if s <= u.id)
            files = out["package%d.cab" % (at + 2)]
            files["c/%d" % u.id] = u.core()
            files["x/%d" % u.id] = u.extended()
            files["l/%s/%d" % (u.language, u.id)] = u.localized()
        return out

    def pack(self):
        pieces = self.pieces()
        for change in self.changes:
            change(pieces)
        members = [("index.xml", pieces["index.xml"].encode()),
                   ("package.cab", cabinet(
                       [("package.xml", pieces["package.xml"].encode())],
                       self.method))]
        for name, files in pieces.items():
            if name.endswith(".cab"):
                members.append((name, files if isinstance(files, bytes) else
                                cabinet([(n, t.encode()) for n, t in
                                         sorted(files.items())],
                                        self.method)))
        for name, change in pieces.get("bytes", {}).items():
            members = [(n, change(d) if n == name else d)
                       for n, d in members]
        return cabinet(members, self.outer, lambda i, name: min(i, 1))


def sound():
    """Rollup 4 of 2010 SP2 and the one after it, one of 2019, and others."""
    return (
        bundle(10001, kb="2706690", bulletin="MS12-058",
               title="Update Rollup 4 for Exchange Server 2010 Service Pack "
                     "2 (KB2706690)", cves=["CVE-2012-1766"],
               superseded_by=[10011], guid=guid("ru4"),
               files=[File("exchange2010-kb2706690-x64-en.cab")],
               patch="{11111111-2222-3333-4444-55555555abcd}") +
        bundle(10011, kb="2785908",
               title="Update Rollup 5 v2 for Exchange Server 2010 Service "
                     "Pack 2 (KB2785908)", supersedes=[guid("ru4")],
               files=[File("exchange2010-kb2785908-x64-en.cab")],
               patch="{99999999-2222-3333-4444-55555555ABCD}") +
        bundle(20001, EXCHANGE_2019, kb="5044062",
               title="Security Update For Exchange Server 2019 CU14 "
                     "(KB5044062)",
               files=[File("exchange2019-kb5044062-x64-en.cab")],
               patch="{77777777-2222-3333-4444-55555555ABCD}") +
        [Update(500, products=[WINDOWS], title="An update for Windows"),
         Update(600, products=[ANTI_SPAM], family=FAMILY, kb="907747",
                title="Update for Standard Anti-spam Filtering")])


def others(count, first=1000000):
    """Of which no cabinet has anything, for nobody asks."""
    return (Update(first + i, products=[WINDOWS], silent=True,
                   superseded_by=[first + i - 1] if i % 10 == 1 else [],
                   bundled_by=[first + i - 1] if i % 2 else [],
                   files=[File("windows-kb%d.cab" % i)] if i % 2 else [])
            for i in range(count))


def main(out, count="0"):
    updates = sound() + list(others(int(count)))
    with open(out, "wb") as f:
        f.write(Scan(updates, starts=(0, 20000, 1000000)).pack())


if __name__ == "__main__":
    main(*sys.argv[1:])
