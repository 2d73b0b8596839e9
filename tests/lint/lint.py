#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""House rules that a compiler does not check.

    lint.py [--root DIR] [--tap] [RULE...]

Prints "FILE:LINE: RULE: what" per complaint and ends with 1 if there was
one; --tap prints one TAP line a rule instead, complaints as comments. Each
rule has a tree that breaks it in tests/lint/bad/RULE, with the complaints
expected of it (test-lint.py).
"""
import argparse
import math
import os
import re
import shlex
import shutil
import subprocess
import sys

# No __pycache__ beside the sources.
sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)),
                             "..", "tools"))
import calls  # noqa: E402
from tap import sampled  # noqa: E402

# What each layer may include besides itself: DESIGN in HACKING.md, "Layers".
BELOW_HOST = "base io formats trust xml json"
LAYERS = {
    "base": "",
    "io": "base",
    "formats": "base",
    "trust": "base io formats",
    "xml": "base io formats",
    "json": "base io",
    "catalogue": BELOW_HOST,
    "host": BELOW_HOST,
    "inventory": BELOW_HOST + " catalogue host",
    "assessment": BELOW_HOST + " catalogue host inventory",
    "report": BELOW_HOST + " catalogue host inventory assessment",
    "fetch": BELOW_HOST + " catalogue",
    "cmd": BELOW_HOST + " catalogue host inventory assessment report fetch",
}

# Headers of third parties and of one system, and the only places where they
# are welcome.
FENCES = [
    (r"openssl/", r"src/trust/|tests/"),
    (r"libxml/", r"src/xml/|tests/"),
    (r"curl/", r"src/fetch/|tests/"),
    (r"mspack\.h$", r"src/formats/cab_unpack\.c$"),
    (r"(windows|win\w+|io|shl\w+|aclapi|sddl|direct|process|tlhelp32)\.h$",
     r"(src|tests)/.*[-_]win32\.c$"),
    (r"(unistd|fcntl|dirent|ftw|pwd|termios)\.h$|sys/",
     r"src/.*_(posix|linux|win32)\.c$|tests/"),
]

# A system is chosen by the file, in local.mk, and not inside of one.
SYSTEM_MACROS = r"_?WIN(?:32|64)|__MINGW\w+|__linux__|__unix__|__APPLE__"

# Functions that are not called: names, where, except where, why.
BANNED = [
    ("strcpy strcat sprintf vsprintf gets", r"", None,
     "writes without a bound"),
    ("atoi atol atoll", r"", None, "cannot tell a number from an error"),
    ("strtok", r"", None, "keeps a global state"),
    ("memcpy memmove", r"src/formats/", None,
     "bytes of a format go through slice, cursor and window"),
    # A console of Windows shows characters and no bytes. (But out of memory.)
    ("printf fprintf vprintf vfprintf puts fputs putchar putc fputc fwrite "
     "perror", r"src/", r"src/base/alloc\.c$|src/io/(sink|term_\w+)\.c$",
     "all output goes through a sink or term_write()"),
    # But out of memory, and no OpenSSL.
    ("exit _exit abort", r"src/",
     r"src/cmd/|src/base/alloc\.c$|src/trust/crypto\.c$",
     "only src/cmd exits"),
    ("time clock_gettime gettimeofday", r"src/", r"src/cmd/",
     "only src/cmd reads the clock"),
]

MAX_COLUMNS = 80
MAX_FUNCTION_LINES = 100
TAB = 8

LINT_DIR = "tests/lint"
CIRCLES = LINT_DIR + "/circles.txt"
SKIP_DIRS = {"autom4te.cache", "build-aux", "__pycache__"}
TEXT_SUFFIXES = (".c", ".h", ".py", ".sh", ".am", ".mk", ".ac", ".md", ".xml",
                 ".rng", ".json", ".txt", ".1", ".5", ".out", ".err")
TEXT_NAMES = {"bootstrap", "NEWS", "run", "run-golden"}


class Skip(Exception):
    """A rule that cannot be checked here, and why."""


class File:
    """A source file, by its path from the root, with "/" between."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, path), encoding="utf-8",
                  errors="replace", newline="") as f:
            self.text = f.read()
        self.lines = self.text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()

    def code(self):
        """The lines of a C file, comments and literals blanked out."""
        literal = (r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'
                   r"|'(?:\\.|[^'\\\n])*'")
        blank = re.sub(literal, lambda m: re.sub(r"[^\n]", " ", m.group()),
                       self.text, flags=re.S)
        return blank.split("\n")

    def includes(self):
        """(line number, '<' or '"', name) of each #include."""
        for n, line in enumerate(self.lines, 1):
            m = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if m:
                yield n, m.group(1), m.group(2)


class Tree:
    """The files under ROOT that people wrote."""

    def __init__(self, root):
        self.root = root
        self.files = [File(root, p) for p in sorted(self._paths())]
        # A generated source is its generator's business.
        self.files = [f for f in self.files
                      if not re.search(r"[Gg]enerated (by|from)",
                                       "\n".join(f.lines[:5]))]

    def _paths(self):
        for folder, dirs, names in os.walk(self.root):
            rel = os.path.relpath(folder, self.root).replace(os.sep, "/")
            dirs[:] = [d for d in dirs if self._enter(rel, d)]
            for name in names:
                if name.endswith(TEXT_SUFFIXES) or name in TEXT_NAMES:
                    yield name if rel == "." else rel + "/" + name

    def _enter(self, rel, name):
        path = os.path.normpath(os.path.join(rel, name)).replace(os.sep, "/")
        if name in SKIP_DIRS or path == LINT_DIR + "/bad":
            return False
        if name.startswith(".") and name != ".ci":
            return False
        # A build folder inside the source tree.
        built = os.path.join(self.root, path, "config.status")
        return not os.path.exists(built)

    def c_files(self, under=""):
        return [f for f in self.files
                if f.path.endswith((".c", ".h")) and f.path.startswith(under)]

    def headers(self):
        return [f for f in self.c_files("src/") if f.path.endswith(".h")
                and not f.path.endswith("_win32.h")]

    def get(self, path):
        return next((f for f in self.files if f.path == path), None)


# ------------------------------------------------------------------ rules
# A rule yields (path, line, what); its name is the function's.

def layers(tree):
    for f in tree.c_files("src/"):
        layer = f.path.split("/")[1]
        may = LAYERS.get(layer)
        if may is None:
            yield f.path, 1, f"no layer is called {layer}"
            continue
        for n, kind, name in f.includes():
            if kind == "<" or name == "config.h":
                continue
            other = name.split("/")[0] if "/" in name else None
            if other is None:
                yield f.path, n, f'"{name}" does not say its layer'
            elif other != layer and other not in may.split():
                yield f.path, n, f'{layer} may not include "{name}"'


def excuses(tree):
    """(line, layer, files) of each entry of the table of circles."""
    table = tree.get(CIRCLES)
    for n, line in enumerate(table.lines if table else (), 1):
        layer, _, names = line.partition("#")[0].partition(":")
        if layer.strip():
            yield n, layer, {f"src/{layer}/{x}" for x in names.split()}


def base_names(paths):
    return " ".join(sorted(os.path.basename(p) for p in paths))


def way_round(way):
    """"a of a.c, which uses b of b.c": the use of each step."""
    told, at = "", None
    for path, _, name, other in way:
        if at is not None:
            told += ", which uses " if path == at \
                else f", and {base_names([path])} uses "
        told += f"{name} of {base_names([other])}"
        at = other
    return told


def circles(tree):
    """Files of one layer do not use one another in a circle, but for those
    of circles.txt, of which each entry counts as one file."""
    rings, layer_uses, parts = [], {}, {}
    for layer in LAYERS:
        files = [f for f in tree.c_files(f"src/{layer}/")
                 if f.path.endswith(".c")]
        uses = layer_uses[layer] = calls.Calls(files)
        parts[layer] = {f.path: {f.path} for f in files}
        rings += [set(ring)
                  for ring, _ in uses.circles(parts[layer].values())]
    for n, layer, files in excuses(tree):
        ring = max((files & ring for ring in rings), key=len, default=set())
        if len(ring) < 2:
            yield CIRCLES, n, "there is no such circle"
        elif ring != files:
            yield CIRCLES, n, f"not on the circle: {base_names(files - ring)}"
        for path in files & ring:
            parts[layer][path] = files & ring
    for layer, uses in layer_uses.items():
        for ring, way in uses.circles(parts[layer].values()):
            told = {p for path, _, _, other in way for p in (path, other)}
            more = base_names(set(ring) - told)
            yield (way[0][0], way[0][1], "uses " + way_round(way)
                   + (f"; and with them {more}" if more else ""))


def config_first(tree):
    for f in tree.c_files():
        names = [name for _, _, name in f.includes()]
        if f.path.endswith(".h") and "config.h" in names:
            yield f.path, 1, "config.h does not belong in a header"
        elif f.path.endswith(".c") and names and names[0] != "config.h":
            yield f.path, 1, "config.h is not included first"


def fences(tree):
    for f in tree.c_files():
        for n, _, name in f.includes():
            for header, home in FENCES:
                if re.match(header, name) and not re.match(home, f.path):
                    yield f.path, n, f"<{name}> is not welcome here"


def systems(tree):
    for f in tree.c_files():
        for n, line in enumerate(f.code(), 1):
            m = re.match(r"\s*#\s*(?:if|ifdef|ifndef|elif)\b.*?\b(%s)\b"
                         % SYSTEM_MACROS, line)
            if m:
                yield f.path, n, f"{m.group(1)}: a file is for one system"


def banned(tree):
    for f in tree.c_files():
        rules = [(names, why) for names, where, but, why in BANNED
                 if f.path.startswith(where)
                 and not (but and re.match(but, f.path))]
        for n, line in enumerate(f.code(), 1):
            for names, why in rules:
                m = re.search(r"(?<![\w.>])(%s)\s*\("
                              % names.replace(" ", "|"), line)
                if m:
                    yield f.path, n, f"{m.group(1)}(): {why}"


def function_length(tree):
    for f in tree.c_files():
        start = None
        for n, line in enumerate(f.lines, 1):
            if line == "{":
                start = n
            elif line.startswith("}") and start is not None:
                # Braces not counted: what a reader has to take in.
                body = n - start - 1
                if body > MAX_FUNCTION_LINES:
                    yield f.path, start, f"function of {body} lines"
                start = None


def columns(tree):
    for f in tree.c_files():
        for n, line in enumerate(f.lines, 1):
            width = len(line.expandtabs(TAB))
            if width > MAX_COLUMNS:
                yield f.path, n, f"{width} columns"
            if line != line.rstrip():
                yield f.path, n, "white space at the end of the line"


def spdx(tree):
    for f in tree.files:
        if not f.path.endswith((".c", ".h", ".py", ".sh")):
            continue
        if "SPDX-License-Identifier: MIT" not in "\n".join(f.lines[:3]):
            yield f.path, 1, "no SPDX header"


def comment_above(lines, n):
    """The comment right above line N (from 0), over declarations that
    share it; None when there is none."""
    while n > 0 and lines[n - 1].strip() \
            and not lines[n - 1].rstrip().endswith("*/"):
        n -= 1
    if n == 0 or not lines[n - 1].strip():
        return None
    end = n
    while n > 0 and "/*" not in lines[n - 1]:
        n -= 1
    return "\n".join(lines[max(n - 1, 0):end])


def returns(tree):
    for f in tree.headers():
        for n, line in enumerate(f.lines):
            m = re.match(r"(?:MUST_CHECK\s+)?enum status\s+(\w+)\(", line)
            if not m:
                continue
            comment = comment_above(f.lines, n)
            if comment is None or "Returns:" not in comment:
                yield f.path, n + 1, f"{m.group(1)}() has no Returns:"


def headers(tree):
    """Each header compiles alone. $LINT_CC is the compiler with its flags."""
    cc = shlex.split(os.environ.get("LINT_CC", "cc"))
    if shutil.which(cc[0]) is None:
        raise Skip(f"no compiler {cc[0]}")
    # In "make check", some; "make lint" is all of it.
    for f in sampled(tree.headers(), lambda f: f.path):
        run = subprocess.run(
            cc + ["-std=c11", "-D_GNU_SOURCE", "-fsyntax-only", "-Werror",
                  "-I", "src", "-include", f.path,
                  "-x", "c", os.devnull],
            cwd=tree.root, capture_output=True, text=True)
        if run.returncode != 0:
            error = re.search(r":(\d+):\d+: \w+ ?\w*: (.*)", run.stderr)
            yield (f.path, int(error.group(1)) if error else 1,
                   "does not compile alone: "
                   + (error.group(2) if error else run.stderr.strip()))


def spellings(value):
    """The ways in which the manual may write a limit."""
    yield str(value)
    yield f"{value:,}"
    for unit, size in (("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)):
        if value % size == 0:
            yield f"{value // size} {unit}"


def limits(tree):
    """Every limit stands in the manual with its number, or in HACKING, where
    no user can meet it."""
    source = tree.get("src/base/limits.h")
    page = tree.get("man/rollcall.1")
    if source is None or page is None:
        raise Skip("man/rollcall.1 is not there")
    text = re.sub(r"\\ |~", " ", page.text)
    hacking = tree.get("HACKING.md")
    inside = hacking.text if hacking is not None else ""
    for n, line in enumerate(source.lines, 1):
        m = re.match(r"#define\s+(\w+)\s+(.+?)\s*(?:/\*.*)?$", line)
        if not m:
            continue
        name, product = m.groups()
        factors = re.findall(r"\d+", product)
        if not re.fullmatch(r"[\d\s*()uUlL]+", product) or not factors:
            yield source.path, n, f"{name} is not a product of integers"
            continue
        value = math.prod(int(x) for x in factors)
        # Its entry: from the name to the next macro that begins an item.
        entry = re.search(r"\b%s\b(.*?)(?=\n\.(?:It|El|TP|Sh|SH)|\Z)" % name,
                          text, re.S)
        if f"`{name}` {value}" in inside:
            continue
        if entry is None:
            yield source.path, n, f"{name} is not in {page.path}"
        elif not any(re.search(r"(?<![\d,])%s(?![\d,]*\d)" % re.escape(s),
                               entry.group(1)) for s in spellings(value)):
            want = " or ".join(spellings(value))
            yield source.path, n, f"{page.path} does not say {name} is {want}"


def paths(tree):
    """No path of the machine that the code was written on."""
    private = re.compile(r"(?<![\w.}])/(?:home/\w+|root|work|tmp/wt)/\w")
    for f in tree.files:
        for n, line in enumerate(f.lines, 1):
            if private.search(line):
                yield f.path, n, "a path of somebody's machine"


def shell(tree):
    """shellcheck, where it is installed. A fragment without "#!" is read as
    POSIX shell."""
    if shutil.which("shellcheck") is None:
        raise Skip("shellcheck is not installed")
    scripts, fragments = [], []
    for f in tree.files:
        if f.lines and re.match(r"#!.*\b(ba)?sh\b", f.lines[0]):
            scripts.append(f.path)
        elif f.path.endswith(".sh"):
            fragments.append(f.path)
    for options, files in (([], scripts), (["-s", "sh"], fragments)):
        if not files:
            continue
        run = subprocess.run(
            ["shellcheck", "-f", "gcc", "-S", "warning"] + options + files,
            cwd=tree.root, capture_output=True, text=True)
        for line in run.stdout.splitlines():
            path, n, _, what = line.split(":", 3)
            yield path, int(n), what.strip()


RULES = [layers, circles, config_first, fences, systems, banned,
         function_length, columns, spdx, returns, headers, limits, paths,
         shell]


def run_rule(rule, tree):
    """(complaints as lines, why it was skipped or None)"""
    try:
        return [f"{path}:{n}: {rule.__name__}: {what}"
                for path, n, what in rule(tree)], None
    except Skip as why:
        return [], str(why)


def print_tap(number, rule, complaints, skipped):
    for line in complaints:
        print(f"# {line}")
    print(f"{'not ' if complaints else ''}ok {number} - lint {rule.__name__}"
          + (f" # SKIP {skipped}" if skipped else ""))


def main():
    ap = argparse.ArgumentParser(description="check the house rules")
    ap.add_argument("--root", default=os.environ.get("ROLLCALL_SRC", "."))
    ap.add_argument("--tap", action="store_true")
    ap.add_argument("rules", nargs="*", metavar="RULE")
    args = ap.parse_args()
    rules = [r for r in RULES if not args.rules or r.__name__ in args.rules]
    tree = Tree(args.root)
    bad = False
    if args.tap:
        print(f"1..{len(rules)}")
    for number, rule in enumerate(rules, 1):
        complaints, skipped = run_rule(rule, tree)
        bad |= bool(complaints)
        if args.tap:
            print_tap(number, rule, complaints, skipped)
        elif complaints:
            print("\n".join(complaints))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
