#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Pages (TAP): whole and valid as text; in a browser, where there is one,
without a complaint, to be filtered and sorted, and with names of hosts that
stay names."""
import base64
import hashlib
import html.parser
import http.server
import importlib.util
import json
import os
import re
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import fleets                                           # noqa: E402
from fleets import AT, rollcall                         # noqa: E402
from tap import Tap, left_out                           # noqa: E402
import browser                                          # noqa: E402

spec = importlib.util.spec_from_file_location(
    "formats", os.path.join(HERE, "test-fleet-formats.py"))
FORMATS = importlib.util.module_from_spec(spec)
spec.loader.exec_module(FORMATS)
HOSTILE, changed, write = FORMATS.HOSTILE, FORMATS.changed, FORMATS.write

VOID = {"meta", "br", "input"}
MANY = 10000
MILLISECONDS = 2000     # for a filter over that many, the best of some
TRIES = 8               # for a machine has other things to do
CONTRAST = 4.5          # WCAG 2.2, 1.4.3, AA


class Page(html.parser.HTMLParser):
    """Elements that are open, all tags, ids, links, and the text of cells."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.wrong = [], [], []
        self.ids, self.links, self.headings = [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append("not closed: %s" % self.open)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a":
            self.links.append(attrs.get("href", ""))
        if re.match("h[1-6]$", tag):
            self.headings.append(int(tag[1]))
        if "style" in attrs or any(a.startswith("on") for a in attrs):
            self.wrong.append("%s %s" % (tag, attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append("</%s> at %s" % (tag, self.getpos()))


def check_page(text):
    """What can be said without a browser."""
    page = Page(text)
    yield from page.wrong
    if text.count("<script>") != 1 or text.count("<style>") != 1:
        yield "another script or style"
    policy = re.search(r'Policy" content="([^"]*)"', text).group(1)
    for name in ("style", "script"):
        inside = text.split("<%s>" % name)[1].split("</%s>" % name)[0]
        digest = base64.b64encode(hashlib.sha256(
            inside.encode()).digest()).decode()
        if "%s-src 'sha256-%s'" % (name, digest) not in policy:
            yield "%s: the policy has another digest" % name
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield policy
    if len(set(page.ids)) != len(page.ids):
        yield "ids twice: %s" % page.ids
    for link in page.links:
        if not re.match(r"https://support\.microsoft\.com/help/\d{6,7}$",
                        link):
            yield "a link to %r" % link
    if page.headings[0] != 1 or any(b > a + 1 for a, b in zip(
            page.headings, page.headings[1:])):
        yield "headings %s" % page.headings
    tables = page.tags.count("table")
    if not tables or page.tags.count("caption") != tables or \
            page.tags.count("thead") != tables:
        yield "%d tables" % tables
    if re.search(r"<th(?! scope=)[ >]", text):
        yield "a head without a scope"


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    a, b, c = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
               for p in parts)
    return 0.2126 * a + 0.7152 * b + 0.0722 * c


def check_contrast(text):
    blocks = re.findall(r":root \{(.*?)\}", text, re.S)
    if len(blocks) != 3:
        yield "%d palettes" % len(blocks)
    for block in blocks:
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block))
        for name, colour in colours.items():
            for back in ("back", "band"):
                if name in ("back", "band", "line"):
                    continue
                light, dark = sorted((luminance(colour),
                                      luminance(colours[back])))[::-1]
                ratio = (light + 0.05) / (dark + 0.05)
                if ratio < CONTRAST:
                    yield "%s on %s: %.1f" % (colour, back, ratio)


# ------------------------------------------------------------ in a browser

ROWS = "Array.from(document.querySelector('#hosts ~ table').tBodies[0].rows)"
NAMES = ROWS + ".map(r => r.cells[1].textContent)"


def quiet(b):
    for c in b.complaints:
        yield c
    for r in b.requests:
        if not r.startswith("file://"):
            yield "asks for " + r


def check_quiet(b, path):
    b.open(path)
    yield from quiet(b)


def check_use(b, path, hosts):
    """Filter, choose, sort, fold."""
    b.open(path)
    names = [h["name"] for h in hosts]
    if b.value(NAMES) != names:
        yield "not the rows: %s" % b.value(NAMES)[:5]
    typed = ("(t => { const i = document.querySelector('#hosts ~ form input');"
             " i.value = t; i.dispatchEvent(new Event('input')); })(%s)")
    b.value(typed % json.dumps(names[3].upper()))
    if b.value(NAMES) != [names[3]]:
        yield "filter: %s" % b.value(NAMES)
    told = b.value("document.querySelector('#hosts ~ form output')"
                   ".textContent")
    if not told.startswith("1 of 1 "):
        yield "told: %s" % told
    b.value(typed % '""')
    b.value("(s => { s.value = 'undetermined'; s.dispatchEvent(new "
            "Event('change')); })(document.querySelector("
            "'#hosts ~ form select'))")
    want = [h["name"] for h in hosts if h["verdict"] == "undetermined" and
            h["state"] != "superseded"]
    if b.value(NAMES) != want or not want:
        yield "verdict: %s" % b.value(NAMES)
    b.open(path)
    click = "document.querySelectorAll('#hosts ~ table thead button')[%d]" \
        ".click()"
    for again in (False, True):
        b.value(click % 1)
        if b.value(NAMES) != sorted(names, key=str.lower, reverse=again):
            yield "sorted by name: %s" % b.value(NAMES)[:5]
    b.value(click % 5)
    numbers = [int(x or -1) for x in b.value(
        ROWS + ".map(r => r.cells[5].textContent)")]
    if numbers != sorted(numbers) or b.value(
            "document.querySelectorAll('#hosts ~ table th')[5].getAttribute("
            "'aria-sort')") != "ascending":
        yield "sorted by number: %s" % numbers
    b.value("document.querySelector('#hosts ~ form button').click()")
    if b.value("document.querySelectorAll('details:not([open])').length"):
        yield "not all are unfolded"
    yield from quiet(b)


def check_plain(b, path, hosts):
    """Without script, all is there."""
    b.scripts(False)
    b.open(path)
    b.scripts(True)
    text = b.value("document.body.innerText")
    for h in hosts:
        if h["name"] not in text:
            yield "%s is not there" % h["name"]
    if b.value("document.querySelectorAll('form').length"):
        yield "there is a form that does nothing"


def check_voices(b, path):
    """What a screen reader is told: nothing to be used is without a name, and
    tables have captions and heads."""
    b.open(path)
    nodes = [(n["role"]["value"].lower(), n.get("name", {}).get("value", ""))
             for n in b.ask("Accessibility.getFullAXTree")["nodes"]
             if not n["ignored"]]
    for role, name in nodes:
        if not name.strip() and (role in ("table", "heading", "columnheader",
                                          "rowheader", "link", "searchbox",
                                          "search", "button") or
                                 role.startswith("combobox")):
            yield "a %s without a name" % role
    roles = [role for role, _ in nodes]
    for role, least in (("table", 2), ("heading", 4), ("columnheader", 10),
                        ("rowheader", 10), ("searchbox", 1), ("button", 8),
                        ("main", 1)):
        if roles.count(role) < least:
            yield "%d %s of at least %d: %s" % (roles.count(role), role, least,
                                                sorted(set(roles)))


# What somebody might get into a page, if an escape were forgotten.
FOREIGN = """<img src="http://%(host)s/i" onerror="document.title = 'owned'">
<script>document.title = "owned"</script>
<script src="http://%(host)s/s"></script>
<link rel="stylesheet" href="http://%(host)s/c">
<style>body { background: url("http://%(host)s/b") }</style>
<iframe src="http://%(host)s/f"></iframe>
<object data="http://%(host)s/o"></object>
<video src="http://%(host)s/v"></video>
"""


class Outside(http.server.BaseHTTPRequestHandler):
    """Somebody's server, which counts who asks it."""
    hits = []

    def do_GET(self):
        self.hits.append(self.path)
        self.send_error(404)

    def log_message(self, *_):
        pass


def check_policy(b, folder, text):
    """The policy holds where everything else has failed."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Outside)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    foreign = "<main>" + FOREIGN % {
        "host": "127.0.0.1:%d" % server.server_port}
    path = os.path.join(folder, "policy.html")
    write(path, text.replace("<main>", foreign).encode())
    b.open(path)
    title = b.value("document.title")
    if Outside.hits or title == "owned" or not any(
            "Content Security Policy" in c for c in b.complaints):
        yield "asked for %s; %r; %s" % (Outside.hits, title, b.complaints)
    # Without it, the same does get out: so much for the test itself.
    del Outside.hits[:]
    write(path, re.sub(r"<meta http-equiv[^>]*>", "", text).replace(
        "<main>", foreign).encode())
    b.open(path)
    title = b.value("document.title")
    if len(Outside.hits) < 4 or title != "owned":
        yield "the control: %s, %r" % (Outside.hits, title)
    server.shutdown()
    server.server_close()


def check_hostile(b, path, hosts):
    b.open(path)
    yield from quiet(b)
    found = b.value(NAMES)
    wanted = [re.sub("[\\x00-\\x1f]", lambda m: "\\x%02x" % ord(m[0]),
                     h["name"]).replace("\u202e", "\\u202e") for h in hosts]
    for a, w in zip(found, wanted):
        if a != w and a.replace("\\", "") != w.replace("\\", ""):
            yield "%r, not %r" % (a[:60], w[:60])
    if len(found) != len(wanted):
        yield "%d rows" % len(found)
    if b.value("document.querySelectorAll('img, iframe, object, embed, "
               "script:not(:last-child), [onerror]').length"):
        yield "a name became an element"
    wide = b.value("document.documentElement.scrollWidth")
    if wide > 1300 + 50:
        yield "a long name makes the page %d wide" % wide


def check_many(b, path):
    b.open(path)
    yield from quiet(b)
    work = {"filter %r" % text:
            "(async t => { const i = document.querySelector("
            "'#hosts ~ form input'), from = performance.now(); i.value = t;"
            "i.dispatchEvent(new Event('input')); await new Promise(r => "
            "requestAnimationFrame(() => setTimeout(r))); return "
            "performance.now() - from; })(%s)" % json.dumps(text)
            for text in ("srv-09999", "")}
    work["sorting"] = (
        "(async () => { const from = performance.now(); document."
        "querySelectorAll('#hosts ~ table thead button')[1].click();"
        "await new Promise(r => requestAnimationFrame(() => setTimeout(r)));"
        "return performance.now() - from; })()")
    for what, script in work.items():
        for _ in range(TRIES):
            took = b.value(script)
            if took <= MILLISECONDS:
                break
        else:
            yield "%s takes %d ms" % (what, took)
    if b.value(ROWS + ".length") > 500:
        yield "all rows are shown at once"
    b.value("window.dispatchEvent(new Event('beforeprint'))")
    if b.value(ROWS + ".length") != MANY:
        yield "print has %d rows" % b.value(ROWS + ".length")


def check_looks(b, path, folder):
    """Pictures for who looks: light, dark, print, narrow."""
    seen = set()
    for name, kind, scheme, width in (
            ("light", "", "light", 1300), ("dark", "", "dark", 1300),
            ("print", "print", "light", 900), ("narrow", "", "light", 700)):
        b.media(kind, scheme)
        b.open(path)
        out = os.path.join(folder, name + ".png")
        b.picture(out, width)
        with open(out, "rb") as f:
            data = f.read()
        if not data.startswith(b"\x89PNG") or data in seen:
            yield name + " looks like another"
        seen.add(data)
    b.media()
    yield from quiet(b)


def page(folder, name, words):
    path = os.path.join(folder, name + ".html")
    rollcall(words[0], "--format", "html", "--output", path, *AT, *words[1:])
    with open(path, encoding="utf-8") as f:
        return path, f.read()


def multiplied(text):
    """The page TEXT with so many hosts: its rows again and again."""
    before, rest = text.split('id="hosts"')
    head, rest = rest.split("<tbody>\n", 1)
    rows, after = rest.split("</tbody>", 1)
    rows = re.findall(r"<tr .*?</tr>\n", rows, re.S)
    rows = "".join(re.sub(r"SRV-\d+", "SRV-%05d" % n, rows[n % len(rows)])
                   for n in range(MANY))
    return before + 'id="hosts"' + head + "<tbody>\n" + rows + "</tbody>" + \
        after


def hosts_of(words):
    return [json.loads(x) for x in rollcall(
        "judge", "-f", "jsonl", *AT, *words).stdout.splitlines()]


def main():
    tap, path = Tap(), browser.find()
    looks = os.environ.get("ROLLCALL_LOOKS")
    with tempfile.TemporaryDirectory() as scratch:
        results = os.path.join(scratch, "r")
        names = fleets.fleet(results, 44, 7)
        one = os.path.join(results, names[-1].lower() + ".json")
        hostile = write(os.path.join(scratch, "hostile.json"), b"".join(
            changed(one, name=n, domain=n, machine_guid=n) for n in HOSTILE))
        volume = os.path.join(fleets.VOLUMES, "package-v1", "c")
        few = ["--servers", os.path.join(results, "servers.csv"), results]
        pages = {"judge": ["judge", *few], "hostile": ["judge", hostile],
                 "one": ["judge", one], "scan": ["scan", volume],
                 "quiet": ["scan", "--quiet", volume],
                 "inspect": ["inspect", os.path.join(
                     volume, "Windows", "Installer")]}
        made = {n: page(scratch, n, w) for n, w in pages.items()}
        for name, (_, text) in made.items():
            tap.point(name + ": is a page", check_page(text))
        tap.point("inspect: an original is called one", [
            "KB2706690 and not (original)"] if "Update Rollup 4 (original) "
            not in made["inspect"][1] else [])
        tap.point("contrast", check_contrast(made["judge"][1]))
        if path is None:
            tap.skip("in a browser", "no Chromium is installed")
            return tap.end()
        if left_out():
            tap.skip("in a browser", left_out())
            return tap.end()
        b = browser.Browser(path)
        for name in ("one", "scan", "quiet", "inspect"):
            tap.point(name + ": no complaints", check_quiet(b, made[name][0]))
        tap.point("filter and sort", check_use(b, made["judge"][0],
                                               hosts_of(few)))
        tap.point("without script", check_plain(b, made["judge"][0],
                                                hosts_of(few)))
        tap.point("names stay names", check_hostile(
            b, made["hostile"][0], hosts_of([hostile])))
        tap.point("for a screen reader", check_voices(b, made["judge"][0]))
        tap.point("the policy holds", check_policy(b, scratch,
                                                   made["judge"][1]))
        tap.point("looks", check_looks(b, made["judge"][0],
                                       looks or scratch))
        many = write(os.path.join(scratch, "many.html"),
                     multiplied(made["judge"][1]).encode())
        tap.point("%d hosts" % MANY, check_many(b, many))
        b.close()
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
