# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What the tests of rollcall.exe share: Wine, and the two programs."""
import importlib.util
import os
import shutil
import subprocess
import sys

SRC = os.environ["ROLLCALL_SRC"]
EXE = os.environ["ROLLCALL"]
BUILD = os.path.dirname(EXE)
NATIVE = os.path.join(os.environ.get("NATIVE_BUILD", ""), "rollcall")
VOLUMES = os.environ["ROLLCALL_VOLUMES"]
FIXTURES = os.environ["ROLLCALL_FIXTURES"]

sys.path.insert(0, os.path.join(SRC, "tests", "tools"))

TIMEOUT = 120               # seconds for one program under Wine
HOLD = os.path.join(BUILD, "tests", "windows", "hold-win32.exe")
SHARED = []                 # the Wine that a test keeps running

# Debian's wrapper "wine" asks for a 32-bit one; see wine-run.
WINE = next(filter(None, map(shutil.which, (
    "wine64", "/usr/lib/wine/wine64", "wine"))), None)
WINESERVER = next(filter(None, map(shutil.which, (
    "wineserver", "/usr/lib/wine/wineserver"))), None)


def load(name, *path):
    """The Python file PATH below the source, as a module."""
    folder = os.path.dirname(os.path.join(SRC, *path))
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(
        name, os.path.join(SRC, *path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def volume_cases():
    """tests/cli/test-volumes.py, which reads the cases of the volumes."""
    return load("test_volumes", "tests", "cli", "test-volumes.py")


class Done:
    """How a program ended."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr


def run(words, cwd=None, env=None, stdin=None):
    return Done(subprocess.run(
        words, cwd=cwd, env=env, timeout=TIMEOUT, check=False,
        input=stdin, stdin=subprocess.DEVNULL if stdin is None else None,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE))


class Wine:
    """A Wine prefix, with nothing of the user's session in it."""

    def __init__(self, prefix=None):
        self.prefix = prefix or os.environ["WINEPREFIX"]
        self.client = None
        self.env = dict(os.environ, WINEPREFIX=self.prefix,
                        WINEDEBUG="-all",
                        WINEDLLOVERRIDES="mscoree,mshtml=")
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            self.env.pop(name, None)

    def run(self, words, cwd=None, stdin=None, **variables):
        """WORDS under Wine. Wine 8 fails to start a program once in some
        thousand times: with exit code 1, and not a word. A program that does
        so by itself does it again."""
        env = dict(self.env, **variables)
        done = run([WINE] + words, cwd, env, stdin)
        if (done.code, done.out, done.err) == (1, b"", b""):
            print("# started once more: %s" % " ".join(map(str, words))[:200],
                  flush=True)
            done = run([WINE] + words, cwd, env, stdin)
        return done

    def rollcall(self, words, cwd=None, stdin=None, **variables):
        return self.run([EXE] + words, cwd, stdin, **variables)

    def keep(self):
        """Keep Wine running until end(), or until we end: a program that
        waits for input holds the server, whoever has started that. Without,
        Wine starts anew for each program; and what it keeps running would
        hold a pipe of the first program open."""
        for _ in range(2):
            self.client = subprocess.Popen(
                [WINE, "cmd"], env=self.env, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if self.client.stdout.read(1):
                return
            self.release()
        raise OSError("Wine does not start")

    def release(self):
        self.client.stdin.close()
        self.client.stdout.close()
        self.client.wait(TIMEOUT)
        self.client = None

    def path(self, drive_path):
        """The file here that is C:\\DRIVE_PATH there."""
        return os.path.join(self.prefix, "drive_c",
                            drive_path.replace("\\", "/"))

    def end(self):
        if self.client:
            self.release()
        subprocess.run([WINESERVER, "-k"], env=self.env, check=False,
                       stderr=subprocess.DEVNULL)
        subprocess.run([WINESERVER, "-w"], env=self.env, check=False,
                       stderr=subprocess.DEVNULL)


class Holder:
    """The helper program, doing something to a file or key until it is let
    go: WORDS are its arguments."""

    def __init__(self, wine, cwd, *words):
        self.process = subprocess.Popen(
            [WINE, HOLD, *words], cwd=cwd, env=wine.env,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.said = self.process.stdout.readline().strip().decode()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.process.stdin.close()
        self.process.wait(TIMEOUT)
        self.process.stdout.close()


def native(words, cwd=None, stdin=None, **variables):
    return run([NATIVE] + words, cwd, dict(os.environ, **variables), stdin)


def need(native_too=True):
    """End the test as skipped where it cannot be run."""
    why = None
    if WINE is None or WINESERVER is None:
        why = "no Wine to run it with"
    elif native_too and not os.access(NATIVE, os.X_OK):
        why = "NATIVE_BUILD names no folder with a finished ./rollcall"
    if why:
        print("1..0 # SKIP " + why)
        sys.exit(0)
    SHARED.append(Wine())
    SHARED[0].keep()


def first_difference(name, ours, theirs):
    """A complaint that shows where two outputs part; nothing if equal."""
    if ours == theirs:
        return
    a, b = ours.splitlines(), theirs.splitlines()
    for n, (x, y) in enumerate(zip(a, b), 1):
        if x != y:
            yield "%s, line %d:\n  native: %r\n  exe:    %r" % (name, n, x, y)
            return
    yield "%s: %d lines natively, %d of the exe; %r" % (
        name, len(a), len(b), (a + b)[-1:])
