#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Write the registry of a synthetic volume for "reg import".

usage: mkreg.py FILE.volume.txt OUT.reg

FILE is what mkvolume.py builds a disk of; OUT is UTF-16, as regedit writes it.
The control set that Windows would start with becomes CurrentControlSet, where
a running machine has it. Keys that rollcall looks at are deleted first, so
that nothing of the machine's own is left in them.
"""
import sys

import mkhive
import mkvolume

ROOT = "HKEY_LOCAL_MACHINE"

# Looked at by rollcall, and filled in by Wine or by a real Windows.
CLEARED = [
    r"SOFTWARE\Microsoft\Exchange",
    r"SOFTWARE\Microsoft\ExchangeServer",
    r"SOFTWARE\Microsoft\Updates",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Installer",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"SOFTWARE\Wow6432Node\Microsoft\Exchange",
    r"SOFTWARE\Wow6432Node\Microsoft\Updates",
    r"SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
    r"SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName",
    r"SYSTEM\CurrentControlSet\Services\Tcpip\Parameters",
]

# Keys that Wine does not let go, or needs; so their values that are looked
# at.
VALUES = {
    r"SOFTWARE\Microsoft\Windows NT\CurrentVersion": [
        "CSDVersion", "CurrentBuild", "CurrentBuildNumber",
        "CurrentMajorVersionNumber", "CurrentMinorVersionNumber",
        "CurrentVersion", "ProductName", "UBR"],
    r"SYSTEM\CurrentControlSet\Control\Nls\Language": ["InstallLanguage"],
}


def literal(data):
    """A value as regedit writes it; hex for all but text and numbers."""
    kind, raw = mkhive.parse_data(data)
    if kind == mkhive.REG_DWORD and len(raw) == 4:
        return "dword:%08x" % int.from_bytes(raw, "little")
    return "hex(%x):%s" % (kind, ",".join("%02x" % b for b in raw))


def control_set(registry):
    """The name of the set that Windows would start with."""
    _, values = registry.keys.get("SELECT", ("", {}))
    number = values.get("Current", "dword:00000001")
    return "ControlSet%03d" % int(number.partition(":")[2], 16)


def keys(volume):
    """(path, {name: literal}) of all keys, where a live machine has them."""
    for _, (path, values) in sorted(volume.hives["SOFTWARE"].keys.items()):
        yield "SOFTWARE\\" + path, values
    system = volume.hives["SYSTEM"]
    current = control_set(system).upper()
    for up, (path, values) in sorted(system.keys.items()):
        if up == current or up.startswith(current + "\\"):
            yield ("SYSTEM\\CurrentControlSet" + path[len(current):], values)


def undone(volume, machine):
    """Lines that take away what VOLUME's file has put into a registry that
    was MACHINE before: {upper-case key: {upper-case name: literal}}, with the
    keys above each of them."""
    for path, values in keys(volume):
        there = machine.get(path.upper())
        if there is None:
            yield "[-%s\\%s]" % (ROOT, path)
            continue
        yield "[%s\\%s]" % (ROOT, path)
        for name in values:
            left = "@" if name == "@" else '"%s"' % name
            yield "%s=%s" % (left, there.get(name.upper(), "-"))


def text(volume, before=()):
    """BEFORE: lines that come first."""
    out = ["Windows Registry Editor Version 5.00", "", *before, ""]
    out += ["[-%s\\%s]\n" % (ROOT, key) for key in CLEARED]
    for key, names in VALUES.items():
        out.append("[%s\\%s]" % (ROOT, key))
        out += ['"%s"=-' % name for name in names] + [""]
    for path, values in keys(volume):
        out.append("[%s\\%s]" % (ROOT, path))
        for name, data in values.items():
            left = "@" if name == "@" else '"%s"' % name
            out.append("%s=%s" % (left, literal(data)))
        out.append("")
    return "\n".join(out).replace("\n", "\r\n")


def write(source, to, before=()):
    with open(to, "wb") as f:
        f.write(b"\xff\xfe" + text(mkvolume.read_volume(source), before)
                .encode("utf-16-le"))


if __name__ == "__main__":
    write(*sys.argv[1:])
