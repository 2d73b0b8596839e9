#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""rollcall catalogue import from real servers on 127.0.0.1.

What comes by HTTPS is taken as from a file, a cabinet too; whatever goes
wrong, nothing is written, and nothing is left in the temporary folder.
"""
import json
import os
import re
import tempfile

import kit
from kit import Run, Skip, WORK, check, contains, equal, read, write

import mkwsus
import webserver as web

LISTS = os.path.join(kit.SRC, 'tests', 'cli', 'lists')
HEAD = 'Product Name,Build Number,Date,KB,Blog\n'
ROW = 'Exchange SE RTM Jan27SU,15.2.2562.91,1/12/2027,KB5990001,\n'
LIST = json.dumps({'x': {
    'name': 'Exchange Server SE RTM Jan27SU', 'build': '15.02.2562.091',
    'release_date': 'Jan 12, 2027',
    'urls': ['https://support.microsoft.com/kb/5990001']}})
PAGE = ('|Product name|Release date|Build number<br>(short format)|\n'
        '|---|---|---|\n|[Exchange Server SE RTM Jan27SU]'
        '(https://support.microsoft.com/help/5990001)|January 12, 2027|'
        '15.2.2562.91|\n')
OK, BAD, UNAVAILABLE, LIMIT = 0, 65, 69, 16 * 1024 * 1024
CURL = kit.has_curl()
try:
    PKI = kit.Pki()
except Skip:
    PKI = None


def padded(scan):
    """Longer than any list may be: with a cabinet that no index names."""
    scan.changes.append(lambda pieces: pieces.update(
        {'package9.cab': bytes(LIMIT)}))
    return scan


CABINET = padded(mkwsus.Scan(mkwsus.sound(), (0, 20000))).pack()


def need_servers():
    if not CURL:
        raise Skip('built without libcurl')
    if PKI is None:
        raise Skip('openssl is not installed')


class Import:
    """A folder for what is written, and one for what is temporary."""

    def __init__(self):
        need_servers()
        self.dir = tempfile.mkdtemp(dir=WORK)
        self.tmp = os.path.join(self.dir, 'tmp')
        self.output = os.path.join(self.dir, 'out.xml')
        os.mkdir(self.tmp)

    def run(self, *args, tmp=None):
        run = Run('catalogue', 'import', '--at', '2027-02-15', '--cacert',
                  PKI.ca, '--output', self.output, *args,
                  env={'TMPDIR': tmp or self.tmp})
        equal(os.listdir(self.tmp), [], 'left behind')
        return run

    def text(self):
        return read(self.output).decode()

    def taken(self, *args, **more):
        run = self.run(*args, **more)
        equal(run.code, OK, 'exit code; stderr: ' + run.err)
        return self.text()

    def refused(self, code, words, *args, **more):
        run = self.run(*args, **more)
        equal(run.code, code, 'exit code; stderr: ' + run.err)
        contains(run.err, words)
        check(not os.path.exists(self.output), 'it was written')
        equal(run.out, '', 'standard output')


def serve(behaviour, path='/x', context=None):
    server = web.Server({path: behaviour}, context or PKI.good)
    server.url = server.origin + path
    return server


def without_source(text):
    """Without what names the source: its id, and where it was."""
    return re.sub(r'WSUS\.[0-9a-f]{16}|where="[^"]*"', '', text)


def from_file():
    site = Import()
    path = write(site.dir + '/wsusscn2.cab', CABINET)
    return without_source(site.taken('--unsigned', path))


# ----------------------------------------------------------------- what comes

def case_list_and_page():
    for body in (HEAD + ROW, PAGE, LIST):
        site = Import()
        server = serve(web.answer(200, body.encode()))
        text = site.taken(server.url)
        contains(text, 'id="se-rtm-jan27su"')
        contains(text, 'where="%s, SHA-256' % server.url)


def case_advisory():
    site = Import()
    with open(os.path.join(LISTS, 'msrc.json'), 'rb') as f:
        text = site.taken(serve(web.answer(200, f.read())).url)
    contains(text, '<extend release="se-rtm-aug26su">')
    contains(text, 'id="2019-cu15-nov26su"')


def case_list_needs_no_temporary_folder():
    site = Import()
    contains(site.taken(serve(web.answer(200, (HEAD + ROW).encode())).url,
                        tmp=site.dir + '/none'), 'se-rtm-jan27su')


def case_cabinet():
    site = Import()
    text = site.taken('--unsigned', serve(web.answer(200, CABINET)).url)
    equal(without_source(text), from_file(), 'as from a file')
    equal(text.count('<extend '), 3, 'updates')


def case_cabinet_byte_by_byte_at_first():
    def behaviour(connection, request):
        connection.sendall(web.head(200, [
            ('Content-Length', str(len(CABINET)))]))
        for i in range(6):
            connection.sendall(CABINET[i:i + 1])
        connection.sendall(CABINET[6:])
    site = Import()
    equal(without_source(site.taken('--unsigned', serve(behaviour).url)),
          from_file(), 'as from a file')


def case_cabinet_after_errors():
    """What came before it is forgotten."""
    site = Import()
    server = serve(web.in_turn(web.answer(503, b'MSCF, but none'),
                               web.answer(500, b'busy'),
                               web.answer(200, CABINET)))
    equal(without_source(site.taken('--unsigned', server.url)), from_file(),
          'as from a file')


def case_cabinet_elsewhere():
    site = Import()
    there = serve(web.answer(200, CABINET))
    here = serve(web.redirect(there.url))
    equal(without_source(site.taken('--unsigned', here.url)), from_file(),
          'as from a file')


def case_beside_files():
    site = Import()
    path = write(site.dir + '/list.json', LIST)
    text = site.taken(serve(web.answer(200, (HEAD + ROW).encode())).url, path)
    equal(text.count('<release '), 1, 'releases')
    equal(text.count('<source '), 2, 'sources')


# ------------------------------------------------------------- what goes wrong

def case_cabinet_without_signature():
    Import().refused(BAD, '--unsigned', serve(web.answer(200, CABINET)).url)


def case_cabinet_that_was_altered():
    # The last cabinet that is asked for is the third of the index.
    at = CABINET.index(b'MSCF', CABINET.index(b'MSCF', 1000) + 4) + 200
    bad = CABINET[:at] + bytes([CABINET[at] ^ 4]) + CABINET[at + 1:]
    Import().refused(BAD, 'package', '--unsigned',
                     serve(web.answer(200, bad)).url)


def case_cabinet_cut_short():
    short = CABINET[:len(CABINET) // 2]
    Import().refused(UNAVAILABLE, '', '--unsigned', serve(web.answer(
        200, short, length=len(CABINET))).url)
    Import().refused(BAD, 'does not fit', '--unsigned',
                     serve(web.answer(200, short)).url)


def case_cabinet_without_a_temporary_folder():
    site = Import()
    site.refused(UNAVAILABLE, 'temporary', '--unsigned',
                 serve(web.answer(200, CABINET)).url, tmp=site.dir + '/none')


def case_list_without_end():
    Import().refused(UNAVAILABLE, 'longer than %d bytes' % LIMIT,
                     serve(web.endless(HEAD.encode())).url)


def case_cabinet_of_one_word():
    Import().refused(BAD, '', '--unsigned', serve(web.answer(200,
                                                             b'MSCF')).url)


def case_nothing():
    Import().refused(BAD, 'no list of builds',
                     serve(web.answer(200, b'')).url)


def case_page_of_something_else():
    Import().refused(BAD, 'no list of builds',
                     serve(web.answer(200, b'<html>hello</html>')).url)


def case_answer_404():
    Import().refused(UNAVAILABLE, 'answers 404', serve(web.answer(
        404, (HEAD + ROW).encode())).url)


def case_server_that_is_another():
    Import().refused(UNAVAILABLE, '', serve(web.answer(
        200, (HEAD + ROW).encode()), context=PKI.wrong).url)


def case_certificate_that_expired():
    Import().refused(UNAVAILABLE, '', serve(web.answer(
        200, (HEAD + ROW).encode()), context=PKI.expired).url)


def case_authority_that_is_not_known():
    site = Import()
    server = serve(web.answer(200, (HEAD + ROW).encode()))
    run = Run('catalogue', 'import', '--at', '2027-02-15', '--output',
              site.output, server.url)
    equal(run.code, UNAVAILABLE, run.err)
    check(not os.path.exists(site.output), 'it was written')


def case_redirect_to_http():
    plain = web.Server({'/x': web.answer(200, (HEAD + ROW).encode())})
    Import().refused(UNAVAILABLE, 'HTTPS',
                     serve(web.redirect(plain.origin + '/x')).url)


def main():
    kit.run_cases([(kit.function_name(f), f) for name, f in globals().items()
                   if name.startswith('case_')])


if __name__ == '__main__':
    main()
