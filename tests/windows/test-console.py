#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""rollcall.exe as a program of Windows: paths, files in use, consoles, exits.

Under Wine 8. What only Windows itself could show is not claimed here: consoles
older than Windows 10, and which libraries Windows takes as known (test-exe.py
has the list).
"""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

import kit
from tap import Tap

AT = ["--at", "2026-11-01T00:00:00Z"]
PACKAGE = os.path.join(kit.FIXTURES, "msi-rollup.msp")
COLUMNS = 80

MARKER = """
#include <windows.h>
BOOL WINAPI DllMain(HINSTANCE i, DWORD why, LPVOID r)
{
	char path[MAX_PATH + 8];
	GetModuleFileNameA(i, path, MAX_PATH);
	lstrcatA(path, ".loaded");
	if (why == DLL_PROCESS_ATTACH)
		CloseHandle(CreateFileA(path, GENERIC_WRITE, 0, NULL,
		    CREATE_ALWAYS, 0, NULL));
	return TRUE;
}
"""

# Imported, or loaded later by those that are.
PLANTED = ("bcrypt", "bcryptprimitives", "cryptbase", "cryptsp", "crypt32",
           "dnsapi", "iphlpapi", "mswsock", "profapi", "rsaenh", "secur32",
           "shell32", "userenv", "version", "ws2_32")
# Windows takes the first two from System32 whoever wants them: see
# test-exe.py. Wine's user32.dll, which it takes from there as well, imports
# the third.
KNOWN = ("shell32", "ws2_32", "version")


class Terminal:
    """A terminal of 80 columns, which Wine makes a console of."""

    def __init__(self, wine, words, cwd):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execve(kit.WINE, [kit.WINE, kit.EXE] + words,
                      dict(wine.env, TERM="xterm"))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 25, COLUMNS, 0, 0))

    def read(self, seconds=kit.TIMEOUT, until=None):
        """All that is shown, up to the end of the program."""
        shown, end = b"", time.time() + seconds
        while time.time() < end:
            if not select.select([self.fd], [], [], 0.5)[0]:
                continue
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                break
            if not more:
                break
            shown += more
            # A terminal answers when it is asked where the cursor is.
            if b"\x1b[6n" in more:
                os.write(self.fd, b"\x1b[1;1R")
            if until and until in shown:
                break
        return shown.decode("utf-8", "replace")

    def end(self):
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return status


def same(words, cwd):
    """The two programs agree, and the exe's output has no CR."""
    ours, theirs = kit.native(words, cwd), kit.Wine().rollcall(words, cwd)
    if ours.code != theirs.code:
        yield "exit %d natively, %d of the exe" % (ours.code, theirs.code)
    yield from kit.first_difference("output", ours.out, theirs.out)
    yield from kit.first_difference("messages", ours.err, theirs.err)
    if b"\r" in theirs.out + theirs.err:
        yield "a CR in the output"


# ------------------------------------------------------------------ paths
def names(folder):
    for name in ("Übung-日本.msp", "beyond-𝄞-😀.msp"):
        shutil.copy(PACKAGE, os.path.join(folder, name))
        yield from same(["inspect", "--format", "json", *AT, name], folder)
        yield from same(["inspect", *AT, name], folder)
    yield from same(["inspect", *AT, "nicht-da-ü.msp"], folder)
    done = kit.Wine().rollcall(["which", "14.2.318.4", "--format", "json",
                                *AT, "--output", "größe.json"], folder)
    path = os.path.join(folder, "größe.json")
    if done.code != 0 or not os.path.exists(path):
        yield "no output file: %r" % done.err


def long_path(folder):
    parts = ["p%02d" % n + "x" * 56 for n in range(5)]
    deep = os.path.join(folder, *parts)
    os.makedirs(deep)
    shutil.copy(PACKAGE, os.path.join(deep, "rollup.msp"))
    path = os.path.join(*parts, "rollup.msp")
    if len(path) < 300:
        yield "only %d characters" % len(path)
    yield from same(["inspect", "--format", "json", *AT, path], folder)
    out = os.path.join(*parts, "result.json")
    done = kit.Wine().rollcall(["inspect", "--format", "json", *AT,
                                "--output", out, path], folder)
    if not os.path.exists(os.path.join(folder, out)):
        yield "no output below a long path: %r" % done.err


def wildcard(folder):
    for name in ("a.msp", "b.msp", "c.txt"):
        shutil.copy(PACKAGE, os.path.join(folder, name))
    done = kit.Wine().rollcall(["inspect", *AT, "*.msp"], folder)
    text = done.out.decode()
    if not (".\\a.msp" in text and ".\\b.msp" in text and
            "c.txt" not in text):
        yield "*.msp is %r, %r" % (text, done.err)


# Names that somebody may give to files, in the order of a pattern.
OPTIONS = ["--exit-style=zero", "--help", "--overlay=zz.msp", "-oVICTIM.msp",
           "-q"]
COMMANDS = ["scan", "judge", "which", "inspect", "registry", "probe",
            "catalogue check", "catalogue import", "catalogue learn",
            "catalogue list", "catalogue show", "catalogue update"]
NOTE = b"rollcall: command line: .\\--exit-style=zero and others, 5 in " \
    b'all, begin with "-": they are read as files, and are no options\n'


def option_files(folder):
    """What "*" brings in is no option, for no command: all of them do as if
    the files had been named."""
    for name in OPTIONS + ["a.msp"]:
        shutil.copy(PACKAGE, os.path.join(folder, name))
    before = sorted(os.listdir(folder))
    wine = kit.Wine()
    for command in COMMANDS:
        words = command.split()
        words += AT
        named = wine.rollcall(
            words + [".\\" + name for name in OPTIONS + ["a.msp"]], folder)
        done = wine.rollcall(words + ["*"], folder)
        if done.code != named.code or done.code == 0:
            yield "%s: exit %d, not %d" % (command, done.code, named.code)
        yield from kit.first_difference(command, NOTE + named.err, done.err)
        yield from kit.first_difference(command, named.out, done.out)
        if sorted(os.listdir(folder)) != before:
            yield "%s: %s" % (command, os.listdir(folder))


# ---------------------------------------------------------- files in use
def locked(folder):
    shutil.copy(PACKAGE, os.path.join(folder, "held.msp"))
    wine = kit.Wine()
    with kit.Holder(wine, folder, "alone", "held.msp") as holder:
        if holder.said != "ready":
            yield "the helper: " + holder.said
        done = wine.rollcall(["inspect", *AT, "held.msp"], folder)
        if done.code != 3 or b"in use by another program" not in done.out:
            yield "held alone: exit %d, %r" % (done.code, done.out)
    with kit.Holder(wine, folder, "shared", "held.msp") as holder:
        if holder.said != "ready":
            yield "the helper: " + holder.said
        yield from same(["inspect", *AT, "held.msp"], folder)


def killed(folder):
    """Output that is half written vanishes with its process."""
    wine = kit.Wine()
    old = os.path.join(folder, "out.txt")
    with open(old, "w") as f:
        f.write("old")
    holder = kit.Holder(wine, folder, "sink", "out.txt")
    during = sorted(os.listdir(folder))
    if holder.said != "ready" or len(during) != 2:
        yield "while it writes: %s, %s" % (holder.said, during)
    wine.run(["taskkill", "/f", "/im", "hold-win32.exe"])
    holder.__exit__()
    left = sorted(os.listdir(folder))
    if left != ["out.txt"] or open(old).read() != "old":
        yield "left behind: %s" % left


def replaced(folder):
    with open(os.path.join(folder, "out.json"), "w") as f:
        f.write("old")
    words = ["which", "14.2.318.4", "--format", "json", *AT]
    done = kit.Wine().rollcall(words + ["--output", "out.json"], folder)
    with open(os.path.join(folder, "out.json"), "rb") as f:
        yield from kit.first_difference(
            "file", kit.native(words, folder).out, f.read())
    if done.code != 0 or os.listdir(folder) != ["out.json"]:
        yield "exit %d, %s" % (done.code, os.listdir(folder))
    done = kit.Wine().rollcall(words + ["--output", "NUL"], folder)
    if done.code != 0 or os.listdir(folder) != ["out.json"]:
        yield "to NUL: exit %d, %r" % (done.code, done.err)


# ---------------------------------------------------------------- console
def plain(shown):
    """What a terminal shows, without the sequences that move about."""
    shown = re.sub(r"\x1b\[\d*;?\d*[Hf]", "\n", shown)
    shown = re.sub(r"\x1b\[(\d*)C", lambda m: " " * int(m[1] or 1), shown)
    shown = re.sub(r"\x1b\][^\x07]*\x07", "", shown)
    return re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", shown)


def console(folder):
    shutil.copy(PACKAGE, os.path.join(folder, "Übung-日本.msp"))
    terminal = Terminal(kit.Wine(), ["inspect", *AT, "Übung-日本.msp"],
                        folder)
    shown = plain(terminal.read())
    terminal.end()
    if "Übung-日本.msp" not in shown:
        yield "the name is not shown: %r" % shown
    # The fixture's signature is a made-up one.
    if "UNREADABLE  Übung" not in shown:
        yield "no verdict: %r" % shown
    for line in shown.splitlines():
        if len(line.rstrip()) > COLUMNS:
            yield "longer than the console: %r" % line


def colour(folder):
    """Wine 8 takes the mode for sequences, hands them on as they are, and
    counts their bytes as columns: how lines break is not looked at here."""
    volume = os.path.join(kit.VOLUMES, "ru4-v1")
    words = ["scan", "-q", "--at", "2012-10-20", "--overlay",
             os.path.join(volume, "overlay.xml"),
             os.path.join(volume, "c")]
    wine = kit.Wine()
    for variable, wanted in (("", True), ("1", False)):
        wine.env["NO_COLOR"] = variable
        terminal = Terminal(wine, words, folder)
        shown = terminal.read()
        terminal.end()
        if "ACTION REQUIRED" not in shown or \
                ("\x1b[1;31mACTION" in shown) != wanted:
            yield "NO_COLOR is %r: %r" % (variable, shown[:400])


def interrupted(folder):
    """Ctrl-C while it looks at many files."""
    terminal = Terminal(kit.Wine(), ["inspect", "--output", "out.txt", "/"],
                        folder)
    terminal.read(3)
    os.write(terminal.fd, b"\x03")
    started = time.time()
    terminal.read(20)
    if time.time() - started > 15:
        os.kill(terminal.pid, signal.SIGKILL)
        yield "it goes on"
    status = terminal.end()
    # STATUS_CONTROL_C_EXIT is 0xC000013A; Linux keeps its last byte.
    if not os.WIFEXITED(status) or os.WEXITSTATUS(status) != 0x3a:
        yield "wait status 0x%x" % status
    if os.listdir(folder):
        yield "left behind: %s" % os.listdir(folder)


# ------------------------------------------------------------------ exits
def exits(folder):
    rows = [(0, "which 14.2.318.4"), (1, "which 99.99.99.99"),
            (64, "nonsense"), (66, "registry nothing.hiv"),
            (74, "which 14.2.318.4 --output none\\x.json")]
    for code, words in rows:
        done = kit.Wine().run(
            ["cmd", "/v:on", "/c", kit.EXE.replace("/", "\\") + " " + words +
             " >NUL 2>NUL & echo code !errorlevel!"], folder)
        if b"code %d" % code not in done.out:
            yield "%s: %r, not %d" % (words, done.out, code)


# --------------------------------------------------------------- planting
def plant(folder, name):
    source = os.path.join(folder, "marker.c")
    with open(source, "w") as f:
        f.write(MARKER)
    subprocess.run(os.environ["CROSS_CC"].split() + [
        "-shared", "-o", os.path.join(folder, name + ".dll"), source],
        check=True)


def loaded(folder):
    """Which planted libraries were, since the last call."""
    traces = [name for name in os.listdir(folder)
              if name.endswith(".loaded")]
    for name in traces:
        os.remove(os.path.join(folder, name))
    return ", ".join(sorted(traces))


def plant_all(folder, names):
    plant(folder, "planted")
    for name in names:
        shutil.copy(os.path.join(folder, "planted.dll"),
                    os.path.join(folder, name + ".dll"))


LOADING = (["which", "14.2.318.4"], ["inspect", PACKAGE],
           ["probe", "--timeout", "1", "https://127.0.0.1:9/"])


def planting(folder):
    """Libraries in the current folder are left alone."""
    plant_all(folder, PLANTED)
    wine = kit.Wine()
    with kit.Holder(wine, folder, "load", "planted.dll") as holder:
        if holder.said != "ready" or not loaded(folder):
            yield "the marker does not work: " + holder.said
    for words in LOADING:
        wine.rollcall(words, folder)
        said = loaded(folder)
        if said:
            yield "%s: %s" % (words[0], said)


# Imports both libraries as any program does: what they would do to us.
IMPORTER = """
#include <windows.h>
#include <wincrypt.h>
LONG WINAPI BCryptGenRandom(void *a, UCHAR *b, ULONG n, ULONG flags);
int main(void)
{
	UCHAR b[1];
	return CertOpenSystemStoreA(0, "ROOT") == NULL ||
	    BCryptGenRandom(NULL, b, 1, 2) != 0;
}
"""


def importer(folder):
    source = os.path.join(folder, "importer.c")
    with open(source, "w") as f:
        f.write(IMPORTER)
    program = os.path.join(folder, "importer.exe")
    subprocess.run(os.environ["CROSS_CC"].split() + [
        "-o", program, source, "-lbcrypt", "-lcrypt32"], check=True)
    return program


def beside(folder):
    """Libraries in the program's own folder are left alone, where Wine is
    told to take those before its own: as Windows does."""
    program = shutil.copy(kit.EXE, folder)
    control = importer(folder)
    names = [name for name in PLANTED if name not in KNOWN]
    plant_all(folder, names)
    wine = kit.Wine()
    order = "%s;%s=n,b" % (wine.env["WINEDLLOVERRIDES"], ",".join(names))
    wine.run([control], folder, WINEDLLOVERRIDES=order)
    if "bcrypt.dll" not in loaded(folder):
        yield "the test is none: a program that imports them is not touched"
    for words in LOADING:
        done = wine.run([program] + words, folder, WINEDLLOVERRIDES=order)
        said = loaded(folder)
        if said:
            yield "%s: %s" % (words[0], said)
        want = wine.rollcall(words, folder).code
        if done.code != want:
            yield "%s: exit %d, not %d: %r, %r" % (
                words[0], done.code, want, done.out, done.err)


# ---------------------------------------------------------------- refresh
def signed_catalogue(folder):
    sign = os.path.join(kit.SRC, "tests", "tools", "mkminisign.py")
    with open(os.path.join(kit.SRC, "data", "exchange.xml")) as f:
        text = f.read()
    serial = int(re.search(r'serial="(\d+)"', text)[1])
    new = os.path.join(folder, "new.xml")
    with open(new, "w") as f:
        f.write(text.replace('serial="%d"' % serial,
                             'serial="%d"' % (serial + 1), 1))
    for words in ([new, new + ".minisig"],
                  ["--public", os.path.join(folder, "key.pub")]):
        subprocess.run([sys.executable, sign] + words, check=True)
    return serial + 1


def refreshed(folder):
    serial = b"%d" % signed_catalogue(folder)
    wine = kit.Wine()
    words = ["catalogue", "update", "--from", "new.xml", "--key", "key.pub",
             "--at", "2026-11-25T00:00:00Z"]
    for turn in ("first", "second"):
        done = wine.rollcall(words, folder, ROLLCALL_CATALOGUE_DIR="kept")
        if done.code != 0 or serial not in done.out:
            yield "%s update: exit %d, %r, %r" % (turn, done.code, done.out,
                                                  done.err)
    kept = os.listdir(os.path.join(folder, "kept"))
    if kept != ["catalogue.set"]:
        yield "kept: %s" % kept
    done = wine.rollcall(["which", "14.2.318.4", "--format", "json"], folder,
                         ROLLCALL_CATALOGUE_DIR="kept",
                         ROLLCALL_CATALOGUE_KEY="key.pub")
    if serial not in done.out:
        yield "it is not used: %r, %r" % (done.out[:300], done.err)


def distrusted(folder):
    """A set that others than administrators could have put there. Wine keeps
    no access lists of folders, so that ours looks like one of these."""
    serial = b"%d" % signed_catalogue(folder)
    wine = kit.Wine()
    words = ["catalogue", "update", "--from", "new.xml", "--key", "key.pub",
             "--at", "2026-11-25T00:00:00Z"]
    done = wine.rollcall(words, folder, ROLLCALL_CATALOGUE_DIR="")
    if done.code != 74 or b"administrators may write" not in done.err:
        yield "update: exit %d, %r" % (done.code, done.err)
    machine = wine.path("ProgramData/rollcall")
    wine.rollcall(words, folder, ROLLCALL_CATALOGUE_DIR="kept")
    shutil.copytree(os.path.join(folder, "kept"), machine,
                    dirs_exist_ok=True)
    done = wine.rollcall(["which", "14.2.318.4", "--format", "json"], folder,
                         ROLLCALL_CATALOGUE_DIR="")
    shutil.rmtree(machine)
    if serial in done.out or b"not used: others" not in done.err:
        yield "used: %r, %r" % (done.out[:300], done.err)


CASES = [
    ("names outside ASCII", names),
    ("a path of 300 characters", long_path),
    ("wildcards", wildcard),
    ("names of files as options", option_files),
    ("a file that another program holds", locked),
    ("output of a killed program", killed),
    ("output in place of a file", replaced),
    ("a console of 80 columns", console),
    ("colour on a console", colour),
    ("Ctrl-C", interrupted),
    ("exit codes in cmd", exits),
    ("libraries in the current folder", planting),
    ("libraries beside the program", beside),
    ("a refreshed catalogue", refreshed),
    ("a refreshed catalogue that anybody may have made", distrusted),
]


def main(wanted):
    kit.need()
    tap = Tap()
    for name, case in CASES:
        if wanted and name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            tap.point(name, case(folder))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
