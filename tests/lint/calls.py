# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Which C files use functions and tables of which others, from the text
alone, and which of them go round in a circle."""
import re

# The first word of a line in KNF is the name of a function, whose type has
# the line above; or a macro makes one, and its first argument is the name.
FUNCTION = re.compile(r"(?:[A-Z][A-Z_]*\()?([a-z]\w*)[(,]")
TABLE = re.compile(r"(?!typedef\b)[a-z][\w\s*]*?\b(\w+)(?:\[[^\]]*\])*\s*=")

# A word that may be such a name: no member and no tag.
WORD = re.compile(r"(?<![\w.])(?<!->)(?<!struct )(?<!enum )(?<!union )"
                  r"[a-z]\w*")


def definitions(code):
    """(names that the lines of CODE define for all, and for their file)"""
    shared, own = set(), set()
    for n, line in enumerate(code):
        m, kind = FUNCTION.match(line), code[n - 1]
        if m is None:
            m, kind = TABLE.match(line), line
        if m is not None:
            names = own if kind.startswith("static") else shared
            names.add(m.group(1))
    return shared, own


class Calls:
    """uses[A][B] = (line in A, name in B), the first of them, for the files
    A and B, by path."""

    def __init__(self, files):
        texts = {f.path: f.code() for f in files}
        names = {path: definitions(code) for path, code in texts.items()}
        # One name may have a home on each system.
        homes = {}
        for path, (shared, _) in names.items():
            for name in shared:
                homes.setdefault(name, []).append(path)
        self.uses = {path: {} for path in texts}
        for path, code in texts.items():
            foreign = homes.keys() - set().union(*names[path])
            for n, line in enumerate(code, 1):
                for name in sorted(foreign.intersection(WORD.findall(line))):
                    for home in homes[name]:
                        self.uses[path].setdefault(home, (n, name))

    def circles(self, parts):
        """Circles of PARTS, each a set of files that count as one, and
        known by its first: (the parts of a circle, a shortest way round as
        [(path, line, name, other path)])."""
        part_of = {path: min(part) for part in parts for path in part}
        edges = {name: {} for name in part_of.values()}
        for path in sorted(self.uses):
            for other, (n, name) in sorted(self.uses[path].items()):
                edges[part_of[path]].setdefault(part_of[other],
                                                (path, n, name, other))
        for name, to in edges.items():
            to.pop(name, None)
        ways = {name: ways_from(edges, name) for name in edges}
        done = set()
        for name in sorted(edges):
            ring = [x for x in ways[name] if name in ways[x]]
            if name in ring and name not in done:
                done.update(ring)
                yield ring, ways[name][name]


def ways_from(edges, start):
    """A shortest way from START to all that it leads to, itself maybe."""
    ways = {}
    todo = [(start, [])]
    for at, way in todo:
        for to, edge in edges[at].items():
            if to not in ways:
                ways[to] = way + [edge]
                todo.append((to, ways[to]))
    return ways
