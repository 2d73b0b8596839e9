#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What rollcall.exe is: one file for Windows Server 2008 SP2 and later.

Its headers, imports and resources are read here with struct alone; objdump, if
it is there, is the witness. That the imports are no newer than Windows 6.0 is
said by imports-6.0.txt, and by the compiler: mingw-w64's headers hide what is
newer.
"""
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import kit
from tap import Tap

HERE = os.path.dirname(os.path.abspath(__file__))
MAX_BYTES = 10 * 1024 * 1024

# The libraries of Windows itself that are on every edition, Core as well, and
# among its "known DLLs" from 6.0 on: of all others, the import table would
# load what lies beside the program. (KnownDLLs below HKLM\SYSTEM\
# CurrentControlSet\Control\Session Manager; ntdll and kernel32 are loaded
# before anything is looked for.) Others are for src/cmd/late_win32.c.
KNOWN = {"advapi32.dll", "kernel32.dll", "msvcrt.dll", "ntdll.dll",
         "shell32.dll", "user32.dll", "ws2_32.dll"}

# IMAGE_DLLCHARACTERISTICS of the PE format.
HIGH_ENTROPY_VA, DYNAMIC_BASE, NX_COMPAT = 0x20, 0x40, 0x100
IMPORTS, RESOURCES, RELOCATIONS, DELAYED = 1, 2, 5, 13
RT_VERSION, RT_MANIFEST = 16, 24

HEADERS = ("winsock2.h", "ws2tcpip.h", "windows.h", "winternl.h",
           "wincrypt.h", "bcrypt.h", "aclapi.h", "sddl.h", "shlobj.h")
# Of later versions; the headers do not hide every one of those, so that the
# list is what counts.
NEWER = ("CreateFile2",)


class Pe:
    """A 64-bit image."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.data = f.read()
        at = self.u32(0x3c)
        assert self.data[at:at + 4] == b"PE\0\0"
        count, size, self.flags = self.u16(at + 6), self.u16(at + 20), \
            self.u16(at + 22)
        self.machine = self.u16(at + 4)
        self.opt = at + 24
        self.magic = self.u16(self.opt)
        table = self.opt + size
        self.sections = [self.section(table + 40 * i) for i in range(count)]

    def u16(self, at):
        return struct.unpack_from("<H", self.data, at)[0]

    def u32(self, at):
        return struct.unpack_from("<I", self.data, at)[0]

    def section(self, at):
        name = self.data[at:at + 8].rstrip(b"\0").decode()
        return (name,) + struct.unpack_from("<4I", self.data, at + 8)

    def directory(self, number):
        return struct.unpack_from("<II", self.data,
                                  self.opt + 112 + 8 * number)

    def offset(self, rva):
        for _, size, base, raw, at in self.sections:
            if base <= rva < base + max(size, raw):
                return rva - base + at
        raise ValueError("no section has 0x%x" % rva)

    def text(self, rva):
        at = self.offset(rva)
        return self.data[at:self.data.index(b"\0", at)].decode()

    def imports(self):
        """{library: {function}}"""
        found, at = {}, self.offset(self.directory(IMPORTS)[0])
        while any(self.data[at:at + 20]):
            names = self.u32(at) or self.u32(at + 16)
            found.setdefault(self.text(self.u32(at + 12)).lower(),
                             set()).update(self.thunks(self.offset(names)))
            at += 20
        return found

    def thunks(self, at):
        while True:
            value = struct.unpack_from("<Q", self.data, at)[0]
            if value == 0:
                return
            # By number only, which means nothing across versions.
            yield "#%d" % (value & 0xffff) if value >> 63 else \
                self.text((value & 0x7fffffff) + 2)
            at += 8

    def resource(self, kind):
        """The bytes of the first resource of a type."""
        root = self.offset(self.directory(RESOURCES)[0])
        at = root
        wanted = kind
        for _ in range(3):
            count = self.u16(at + 12) + self.u16(at + 14)
            rows = [(self.u32(at + 16 + 8 * i), self.u32(at + 20 + 8 * i))
                    for i in range(count)]
            to = next(v for k, v in rows if wanted in (None, k))
            at, wanted = root + (to & 0x7fffffff), None
        where = self.offset(self.u32(at))
        return self.data[where:where + self.u32(at + 4)]


# ----------------------------------------------------------------- checks
def headers(pe):
    wanted = HIGH_ENTROPY_VA | DYNAMIC_BASE | NX_COMPAT
    flags = pe.u16(pe.opt + 70)
    if (pe.machine, pe.magic) != (0x8664, 0x20b):
        yield "not a 64-bit program"
    if flags & wanted != wanted:
        yield "DllCharacteristics 0x%x" % flags
    if pe.flags & 1 or pe.directory(RELOCATIONS)[1] == 0:
        yield "no relocations: no ASLR"
    if pe.u16(pe.opt + 68) != 3:
        yield "no console program"
    for name, at in (("system", 40), ("subsystem", 48)):
        version = (pe.u16(pe.opt + at), pe.u16(pe.opt + at + 2))
        if version > (6, 0):
            yield "%s version %d.%d" % ((name,) + version)


def one_file(pe):
    if len(pe.data) > MAX_BYTES:
        yield "%d bytes" % len(pe.data)
    for name, *_ in pe.sections:
        if name.startswith((".debug", "/", ".symtab")):
            yield "not stripped: section " + name
    if pe.u32(pe.u32(0x3c) + 12) != 0:
        yield "not stripped: symbols"
    if pe.directory(DELAYED)[1] != 0:
        yield "libraries are loaded late, past the import table"


def libraries(pe):
    for name in sorted(set(pe.imports()) - KNOWN):
        yield "%s may be taken from beside the program: %s" % (
            name, ", ".join(sorted(pe.imports()[name])))


def listed():
    found, functions = {}, None
    with open(os.path.join(HERE, "imports-6.0.txt")) as f:
        for line in map(str.strip, f):
            if line.startswith("["):
                functions = found.setdefault(line.strip("[]"), set())
            elif line and not line.startswith("#"):
                functions.add(line)
    return found


def functions(pe):
    known = listed()
    for library, names in sorted(pe.imports().items()):
        for name in sorted(names - known.get(library, set())):
            yield "%s: %s is not in imports-6.0.txt" % (library, name)


def late():
    """{library: {function}} of what is loaded by hand."""
    with open(os.path.join(kit.SRC, "src", "cmd", "late_win32.c")) as f:
        found = {}
        for library, name in re.findall(r'LATE\("(.*?)",\s*(\w+)\)',
                                        f.read()):
            found.setdefault(library, set()).add(name)
    return found


def late_functions():
    known = listed()
    if len(late()) != 2:
        yield "libraries: %s" % sorted(late())
    for library, names in sorted(late().items()):
        for name in sorted(names - known.get(library, set())):
            yield "%s: %s is not in imports-6.0.txt" % (library, name)


def compiles(names):
    """Does the compiler know NAMES when it is to forget what is newer?"""
    source = "".join("#include <%s>\n" % h for h in HEADERS)
    source += "const void *const all[] = {\n%s};\n" % "".join(
        "\t(const void *)&%s,\n" % n for n in names)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "all.c")
        with open(path, "w") as f:
            f.write(source)
        done = subprocess.run(
            os.environ["CROSS_CC"].split() + [
                "-D_WIN32_WINNT=0x0600", "-w", "-fsyntax-only", path],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            text=True)
    return done.returncode == 0, done.stdout


def compiler(pe):
    names = sorted(n for library, names in [*pe.imports().items(),
                                            *late().items()]
                   if library != "msvcrt.dll" for n in names)
    ok, said = compiles(names)
    if not ok:
        yield said
    for name in NEWER:
        if compiles([name])[0]:
            yield "the compiler would not notice " + name


def objdump(pe):
    """Another reader of import tables says the same."""
    done = subprocess.run([os.environ["OBJDUMP"], "-p", kit.EXE],
                          stdout=subprocess.PIPE, check=True, text=True)
    theirs, library = {}, None
    for line in done.stdout.splitlines():
        m = re.match(r"\s+DLL Name: (\S+)", line)
        if m:
            library = theirs.setdefault(m[1].lower(), set())
        m = re.match(r"\s+[0-9a-f]+\s+\d+\s+(\S+)$", line)
        if m and library is not None:
            library.add(m[1])
        if line.startswith("The Export Tables") or "PE File Base" in line:
            break
    ours = pe.imports()
    if set(theirs) != set(ours):
        yield "libraries: %s" % sorted(set(theirs) ^ set(ours))
    for name in sorted(set(theirs) & set(ours)):
        if not ours[name] <= theirs[name]:
            yield "%s: %s" % (name, sorted(ours[name] - theirs[name]))


def manifest(pe):
    root = ET.fromstring(pe.resource(RT_MANIFEST).decode())
    text = {e.tag.split("}")[1]: e for e in root.iter()}
    if text["longPathAware"].text != "true":
        yield "no long paths"
    level = text["requestedExecutionLevel"].attrib
    if level != {"level": "asInvoker", "uiAccess": "false"}:
        yield "runs as %s" % level
    systems = [e for e in root.iter() if e.tag.endswith("}supportedOS")]
    if len(systems) != 5:
        yield "%d systems" % len(systems)


def package_version():
    with open(os.path.join(kit.SRC, "configure.ac")) as f:
        return re.search(r"AC_INIT\(\[rollcall\], \[([^]]+)\]", f.read())[1]


def version(pe):
    data = pe.resource(RT_VERSION)
    wanted = [int(n) for n in package_version().split(".")]
    at = data.index(struct.pack("<I", 0xfeef04bd))
    high, low = struct.unpack_from("<II", data, at + 8)
    have = [high >> 16, high & 0xffff, low >> 16, low & 0xffff]
    if have != (wanted + [0, 0, 0])[:4]:
        yield "file version %s" % have
    for word in (package_version(), "rollcall.exe",
                 "the rollcall authors"):
        if word.encode("utf-16-le") not in data:
            yield "no " + word
    done = kit.native(["inspect", "--format", "json", kit.EXE])
    read = json.loads(done.out)["files"][0]["version"]
    if read.split(".") != list(map(str, (wanted + [0])[:4])):
        yield "rollcall inspect reads version %s" % read


def main():
    kit.need()
    tap = Tap()
    pe = Pe(kit.EXE)
    tap.point("a 64-bit console program with ASLR and DEP", headers(pe))
    tap.point("one stripped file", one_file(pe))
    tap.point("no library but those that Windows knows", libraries(pe))
    tap.point("every function is in Windows 6.0: the list", functions(pe))
    tap.point("every function that is loaded late, too", late_functions())
    tap.point("every function is in Windows 6.0: the compiler",
              compiler(pe))
    tap.point("objdump reads the same imports", objdump(pe))
    tap.point("the manifest", manifest(pe))
    tap.point("the version resource", version(pe))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
