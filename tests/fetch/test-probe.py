#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""rollcall probe, against servers on 127.0.0.1 that behave like Exchange,
like something else, or badly."""
import os
import time

import kit
from kit import Run, Skip, check, contains, equal, write

import webserver as web

CURL = kit.has_curl()
try:
    PKI = kit.Pki()
except Skip:
    PKI = None

MANIFEST = ('/ecp/Current/exporttool/'
            'microsoft.exchange.ediscovery.exporttool.application')
CLICKONCE = '''<?xml version="1.0" encoding="utf-8"?>
<asmv1:assembly manifestVersion="1.0"
    xmlns="urn:schemas-microsoft-com:asm.v2"
    xmlns:asmv1="urn:schemas-microsoft-com:asm.v1">
  <assemblyIdentity name="microsoft.exchange.ediscovery.exporttool.application"
      version="%s" publicKeyToken="b1d1a6c45aa418ce" language="neutral"
      processorArchitecture="msil" xmlns="urn:schemas-microsoft-com:asm.v1" />
  <description publisher="Microsoft Corporation" />
</asmv1:assembly>
'''
PAGE = '''<!DOCTYPE html><html><head><title>%s</title>
<link rel="shortcut icon" href="/owa/%s/themes/resources/favicon.ico">
</head><body>%s</body></html>'''

# Builds of data/exchange.xml.
RU4, RU4V2, CU23 = '14.2.318.2', '14.2.318.4', '15.1.2507.6'
NOBODY = '15.1.2507.9999'

# CU23 is the newest of its branch then, and has another one behind it soon;
# RU4-v2 is long out of support, and behind by much.
AT, LATER = '2022-05-01', '2022-05-20'


def version(build):
    return [('X-OWA-Version', build)]


def page(path, title='Outlook', headers=(), code=200, body=''):
    text = PAGE % (title, path, body)
    return web.answer(code, text.encode(),
                      [('Content-Type', 'text/html; charset=utf-8'),
                       *headers])


def manifest(build):
    return web.answer(200, (CLICKONCE % build).encode())


def server(owa=None, logon=None, tool=None, context=None, other=None):
    if not CURL:
        raise Skip('built without libcurl')
    if PKI is None:
        raise Skip('openssl is not installed')
    paths = {'/owa/': owa, '/owa/auth/logon.aspx': logon, MANIFEST: tool}
    return web.Server({p: b for p, b in paths.items() if b},
                      context or PKI.good, other)


def probe(*targets, args=()):
    return Run('probe', '--at', AT, '--cacert', PKI.ca, '--timeout', '2',
               '--format', 'json', *args, *targets,
               env={'ROLLCALL_CATALOGUE_DIR': kit.WORK + '/none'})


def one(s, code, match, args=(), requests=None, **want):
    """Probe S and hold the answer against what is wanted."""
    run = probe(s.origin, args=args)
    equal(run.code, code, 'exit code; ' + run.out + run.err)
    got = run.json()['queries'][0]
    equal(got['match'], match, 'match')
    for name, value in want.items():
        if name == 'sources':
            equal([a['source'].split()[0] for a in got['answers']], value,
                  name)
        elif name == 'releases':
            equal([r['build'] for r in got['releases']], value, name)
        else:
            equal(got[name], value, name)
    check(len(s.log) <= 4, '%d requests' % len(s.log))
    if requests is not None:
        equal([r.path for r in s.log], requests, 'requests')
    return got


def case_header():
    got = one(server(owa=web.answer(200, b'', version(RU4V2))), 2, 'exact',
              build=RU4V2, releases=[RU4V2], sources=['X-OWA-Version'],
              requests=['/owa/'], tls='verified', neighbours=[None, None])
    equal(got['releases'][0]['kb'], 'KB2756485', 'KB')


def case_lower_case_header():
    one(server(owa=web.answer(200, b'', [('x-owa-version', RU4V2)])), 2,
        'exact', build=RU4V2)


def case_header_of_a_redirect():
    one(server(owa=web.redirect('/owa/auth/logon.aspx', version(CU23))), 0,
        'exact', build=CU23, requests=['/owa/'])


def case_header_behind_a_redirect():
    one(server(owa=web.redirect('/owa/auth/logon.aspx?url=x'),
               other=page('auth/15.1.2507', headers=version(CU23))), 0,
        'exact', build=CU23, sources=['X-OWA-Version', 'path'],
        requests=['/owa/', '/owa/auth/logon.aspx?url=x'])


def case_only_a_path():
    got = one(server(owa=page('15.1.2507')), 0, 'range', build='15.1.2507',
              sources=['path'], requests=['/owa/', MANIFEST], folder=False)
    check(len(got['releases']) > 5, 'releases')
    check(all(r['build'].startswith('15.1.2507.') for r in got['releases']),
          'another build in the range')


def case_only_a_path_below_auth():
    one(server(owa=web.redirect('/owa/auth/logon.aspx'),
               logon=page('auth/15.1.2507')), 0, 'range',
        build='15.1.2507', sources=['path'])


def case_page_in_another_language():
    one(server(owa=page('auth/15.1.2507', 'Outlook サインイン',
                        body='ユーザー名 <b>パスワード</b>')),
        0, 'range', build='15.1.2507')


def case_path_in_capitals():
    text = b'<img src="/OWA/AUTH/15.1.2507/x.png">'
    one(server(owa=web.answer(200, text)), 0, 'range', build='15.1.2507')


def case_only_the_manifest():
    one(server(tool=manifest(CU23)), 0, 'exact', build=CU23,
        sources=['export'],
        requests=['/owa/', '/owa/auth/logon.aspx', MANIFEST])


def case_path_and_manifest():
    one(server(owa=page('auth/15.1.2507'), tool=manifest(CU23)), 0, 'exact',
        build=CU23, sources=['path', 'export'], conflict=False)


def case_header_and_path_contradict_each_other():
    one(server(owa=page('auth/15.2.1544', headers=version(CU23))), 3,
        'exact', build=CU23, conflict=True)


def case_headers_contradict_each_other():
    one(server(owa=web.answer(200, b'', version(CU23) + version(RU4V2))), 3,
        'exact', conflict=True, sources=['X-OWA-Version'] * 2)
    one(server(owa=web.answer(200, b'', version(CU23) * 2)), 0, 'exact',
        conflict=False, sources=['X-OWA-Version'])


def case_answers_contradict_each_other():
    one(server(owa=page('auth/15.1.2507'), tool=web.answer(
        200, b'', version('15.2.2562.17'))), 3, 'exact', conflict=True)


def case_paths_contradict_each_other():
    for first, second in (('15.1.2507', '15.2.2562'),
                          ('14.2.318.2', '14.2.318.4'),
                          ('14.2.318.2', '15.1.2507')):
        one(server(owa=page('auth/' + first, body='<img src="/owa/%s/x">' %
                            second)), 3, 'range', conflict=True,
            sources=['path'] * 2)


def case_link_to_another_host():
    link = '<a href="https://other.example.com/owa/auth/15.2.2562/x">'
    text = (PAGE % ('x', 'x', link)).encode()
    one(server(owa=web.answer(200, text)), 1, 'none', answers=[])
    one(server(owa=page('auth/15.1.2507', body=link)), 0, 'range',
        build='15.1.2507', conflict=False)


def case_folded_header():
    one(server(owa=web.answer(200, b'', version('15.1.2507.6\r\n .7'))), 1,
        'none', answers=[])
    one(server(owa=web.answer(200, b'', version('\r\n 15.1.2507.6'))), 0,
        'exact', build=CU23)


def case_more_numbers_than_are_told():
    body = ''.join('<img src="/owa/15.1.%d/x">' % n for n in range(2500))
    got = one(server(owa=page('15.1.2507', body=body)), 3, 'range',
              conflict=True)
    equal(len(got['answers']), 16, 'answers')
    check(any('more than 16 numbers' in r for r in got['requests']),
          got['requests'])


def case_redirect_to_another_port():
    other = server(owa=web.answer(200, b'', version(CU23)))
    got = one(server(owa=web.redirect(other.origin + '/owa/')), 1, 'none',
              answers=[])
    check(any('not followed' in r for r in got['requests']),
          got['requests'])
    equal(other.log, [], 'requests')


def case_falls_to_plain_http():
    """Not even where plain HTTP is asked for."""
    plain = web.Server({}, other=web.answer(200, b'', version(CU23)))
    one(server(owa=web.redirect(plain.origin + '/owa/')), 1, 'none',
        args=['--allow-http'], answers=[])
    equal(plain.log, [], 'requests')


def case_speaks_no_http():
    for text in (b'hello\r\n', b'HTTP/1.1 abc\r\n\r\n', b'HTTP/1.1\r\n\r\n',
                 b'HTTP/9.9 200 OK\r\n\r\n', b'<html>\r\n\r\n'):
        def speak(connection, request, text=text):
            connection.sendall(text)
        one(server(owa=speak), 69, 'none')


def case_odd_status():
    for code in (99, 199, 600, 999):
        def speak(connection, request, code=code):
            connection.sendall(b'HTTP/1.1 %03d x\r\nContent-Length: 0\r\n'
                               b'Connection: close\r\n\r\n' % code)
        run = probe(server(owa=speak).origin)
        check(run.code in (1, 69), '%d: exit %d' % (code, run.code))


def case_manifest_of_attributes():
    """Parsing stays linear."""
    many = ''.join(' a%d=""' % n for n in range(100000))
    text = '<asmv1:assembly xmlns:asmv1="urn:schemas-microsoft-com:asm.v1"' \
        '%s/>' % many
    begun = time.monotonic()
    got = one(server(tool=web.answer(200, text.encode())), 1, 'none')
    check(time.monotonic() - begun < 10, 'slow')
    check(any('too many attributes' in r for r in got['requests']),
          got['requests'])


def case_manifest_is_garbage():
    for text in (b'garbage', b'<a/>', b'',
                 (CLICKONCE % 'next').encode(),
                 (CLICKONCE % CU23).replace('?>', '?><!DOCTYPE a>')
                 .encode()):
        one(server(tool=web.answer(200, text)), 1, 'none', answers=[])


def case_2010_path_is_a_folder():
    got = one(server(owa=page('14.2.318.2')), 2, 'range', folder=True,
              build='14.2.318.2', sources=['path'])
    check(all(r['build'].startswith('14.2.') for r in got['releases']),
          'another service pack')
    check(len(got['releases']) > 5, 'the folder was taken for a proof')


def case_2007_path_is_a_folder():
    one(server(owa=page('8.3.83.4')), 3, 'range', folder=True,
        verdict='undetermined')


def case_2010_header_beats_the_folder():
    one(server(owa=page('14.2.283.3', headers=version(RU4V2))), 2, 'exact',
        build=RU4V2, conflict=False, folder=False)


def case_component_build():
    one(server(owa=web.answer(200, b'', version('14.2.328.9'))), 2,
        'component', build='14.2.328.9')


def case_unknown_build_has_neighbours():
    got = one(server(owa=web.answer(200, b'', version(NOBODY))), 1, 'none',
              build=NOBODY, releases=[])
    below = got['neighbours'][0]
    check(below['build'].startswith('15.1.2507.'), 'below')


def case_unknown_range():
    one(server(owa=page('15.1.9999')), 1, 'none', build='15.1.9999',
        releases=[])


def case_header_is_garbage():
    for value in ('', 'x', '15', '15.1', '15.1.2507.6.7', '99999999999.1.1',
                  '15.1.2507.6<script>'):
        one(server(owa=web.answer(200, b'', version(value))), 1, 'none',
            answers=[])


def case_redirect_to_another_host():
    s = server(owa=web.redirect('https://localhost:1/owa/'))
    got = one(s, 1, 'none', answers=[])
    check(any('localhost:1/owa/: not followed' in r
              for r in got['requests']), got['requests'])


def case_redirect_to_plain_http():
    plain = web.Server({}, other=page('auth/15.1.2507'))
    got = one(server(owa=web.redirect(plain.origin + '/owa/')), 1, 'none')
    check(any('not followed' in r for r in got['requests']), got['requests'])
    equal(plain.log, [], 'requests')


def case_redirect_to_nowhere():
    for location in ('file:///etc/passwd', 'javascript:alert(1)', 'https://',
                     'https://user:word@127.0.0.1/', 'ftp://127.0.0.1/',
                     '//[::1', '\\\\127.0.0.1\\x', 'https:///owa'):
        s = server(owa=web.redirect(location))
        one(s, 1, 'none', answers=[])


def case_redirect_loop():
    s = server(owa=web.redirect('/owa/'))
    one(s, 1, 'none', requests=['/owa/'] * 3 + [MANIFEST])


def case_401():
    one(server(owa=web.answer(401), logon=web.answer(401)), 1, 'none',
        answers=[])


def case_401_with_header():
    one(server(owa=web.answer(401, b'', version(CU23))), 0, 'exact',
        build=CU23)


def case_503():
    got = one(server(other=web.answer(503)), 1, 'none', answers=[])
    check(all(r.endswith(': 503') for r in got['requests']),
          got['requests'])


def case_another_web_server():
    one(server(other=web.answer(200, b'<h1>It works!</h1>')), 1, 'none')


def case_huge_page():
    one(server(owa=web.endless(), logon=web.endless(),
               tool=web.endless()), 1, 'none')


def case_huge_page_with_a_path():
    one(server(owa=web.endless(b'"/owa/auth/15.1.2507/')), 0, 'range')


def case_huge_page_with_header():
    one(server(owa=web.endless(headers=version(CU23))), 0, 'exact',
        build=CU23)


def case_slow_page():
    one(server(owa=web.stalled(b'"/owa/auth/15.1.2507/',
                               version(CU23))), 0, 'exact',
        args=['--timeout', '1'])


def case_no_answer_at_all():
    def sleep(connection, request):
        connection.recv(1)
    s = server(owa=sleep)
    got = one(s, 69, 'none', args=['--timeout', '1'], requests=['/owa/'])
    contains(got['error'], 'no whole answer within 1 seconds')


def case_hangs_up():
    got = one(server(owa=web.hang_up), 69, 'none')
    contains(got['error'], '/owa/: ')


def case_huge_header():
    one(server(owa=web.huge_header), 69, 'none')
    one(server(owa=web.many_headers), 69, 'none')


def case_compressed_page():
    import gzip
    text = gzip.compress(b'<img src="/owa/auth/15.1.2507/x">')
    one(server(owa=web.answer(200, text, [('Content-Encoding', 'gzip')])),
        0, 'range', build='15.1.2507')


def case_certificates():
    for context, part in ((PKI and PKI.expired, 'expired'),
                          (PKI and PKI.wrong, 'SSL')):
        s = server(owa=web.answer(200, b'', version(CU23)), context=context)
        got = one(s, 69, 'none', requests=[])
        contains(got['error'], part)
        one(s, 0, 'exact', args=['--insecure'], tls='not verified')


def case_old_tls_needs_insecure():
    server()
    context = web.old_tls(PKI.path('good.pem'), PKI.path('good.key'))
    s = server(owa=web.answer(200, b'', version(RU4V2)), context=context)
    one(s, 69, 'none', requests=[])
    one(s, 2, 'exact', args=['-k'], tls='not verified')


def case_insecure_is_said_in_the_text():
    s = server(owa=web.answer(200, b'', version(CU23)), context=PKI.expired
               if PKI else None)
    run = Run('probe', '-k', '--at', AT, s.origin)
    contains(run.out, 'certificate not verified')


def case_plain_http():
    server()
    s = web.Server({'/owa/': web.answer(200, b'', version(CU23))})
    got = one(s, 64, 'none', requests=[])
    contains(got['error'], 'is no HTTPS')
    one(s, 0, 'exact', args=['--allow-http'], tls='none')


def case_nobody_listens():
    server()
    run = probe('127.0.0.1:1')
    equal(run.code, 69, run.err)
    contains(run.json()['queries'][0]['error'], "Couldn't connect")


def case_libcurl_is_loaded_when_needed():
    """By probe, and neither at the start nor by other commands."""
    env = {'LD_DEBUG': 'files', 'HOME': kit.WORK}
    if 'libcrypto' not in Run('--version', env=env).err:
        raise Skip('no loader that tells what it loads')
    server()
    for args in (['--version'], ['scan', kit.WORK]):
        check('libcurl' not in Run(*args, env=env).err, args)
    contains(Run('probe', '127.0.0.1:1', env=env).err, 'libcurl')


def case_targets():
    """Host and port, and URL of which only the host counts."""
    s = server(owa=web.answer(200, b'', version(CU23)))
    for target in ('127.0.0.1:%d' % s.port, s.origin + '/x/y?z#w'):
        run = probe(target)
        equal(run.code, 0, run.out)
        equal(run.json()['queries'][0]['origin'], s.origin, 'origin')
    for target in ('https://user:word@127.0.0.1/', 'https://', 'a b',
                   'ftp://127.0.0.1/'):
        equal(probe(target).code, 64, target)


def case_text():
    s = server(owa=web.answer(200, b'', version(RU4V2)))
    run = Run('probe', '--at', AT, '--cacert', PKI.ca, s.origin)
    lines = run.out.split('\n')
    equal(lines[0], '%s  Exchange 2010 SP2 Update Rollup 4-v2  14.2.318.4  '
          '2012-10-09  KB2756485' % s.origin, 'first line')
    contains(run.out, '\n    X-OWA-Version header: 14.2.318.4  %s/owa/\n' %
             s.origin)
    contains(run.out, '\n  RE-RELEASE   not needed')
    # The same words as of scan.
    contains(run.out, '\n  CURRENT      behind: 35 updates, 21 of them')
    contains(run.out, '\n  SUPPORTED    ended: Exchange 2010 SP2 ended')
    contains(run.out, '\n  INSTALL      SP3 (KB2808208), then Update')
    run = Run('probe', '--quiet', '--at', AT, '--cacert', PKI.ca, s.origin)
    equal(run.out, lines[0] + '\n', 'quiet')


def case_verdict():
    """What scan would say of a server with that build, and so does a monitor
    that asks in nagios' way."""
    def cu23():
        return server(owa=web.answer(200, b'', version(CU23)))
    for at, code, verdict, args in (
            (AT, 0, 'nothing-to-do', []),
            # A security update is missing; and for longer than the grace.
            (LATER, 1, 'action-advised', []),
            ('2022-06-20', 2, 'action-required', []),
            ('2022-06-20', 1, 'action-advised', ['--grace', '60'])):
        got = one(cu23(), code, 'exact', args=['--at', at, *args],
                  verdict=verdict)
        equal(got['releases'][0]['id'], '2016-cu23', 'release')
        one(cu23(), code, 'exact', args=['--at', at, '--exit-style', 'nagios',
                                    *args])
    one(cu23(), 0, 'exact', args=['--at', '2022-06-20', '--exit-style', 'zero'])
    got = one(cu23(), 1, 'exact', args=['--at', LATER])
    behind = got['releases'][0]['current']['behind']
    equal((behind['updates'], behind['security']), (1, 1), 'behind')
    equal(got['releases'][0]['install'], ['2016-cu23-may22su'], 'install')


def case_newest_of_a_branch_out_of_support():
    s = server(owa=web.answer(200, b'', version('15.0.1497.48')))
    one(s, 1, 'exact', args=['--at', '2026-11-01'])
    one(s, 0, 'exact', args=['--at', '2023-04-01'])


def case_extended_support():
    s = server(owa=web.answer(200, b'', version('15.2.1748.39')))
    one(s, 1, 'exact', args=['--at', '2025-11-01'])
    one(s, 0, 'exact', args=['--at', '2025-11-01', '--esu'])


def case_range_that_cannot_be_told():
    """CU23 lacks an update, and it is not the one that has it."""
    one(server(owa=page('15.1.2507')), 3, 'range', args=['--at', LATER],
        verdict='undetermined')


def case_service_has_nothing_to_patch():
    got = one(server(owa=web.answer(200, b'', version('15.20.7091.28'))), 0,
              'exact', releases=[], verdict='nothing-to-do')
    equal(got['service'], 'Exchange Online', 'service')


def case_many_hosts_at_once():
    servers = [server(owa=web.answer(200, b'', version(build)))
               for build in (CU23, RU4V2, NOBODY) * 4]
    for jobs in ('1', '5', '32'):
        run = probe(*[s.origin for s in servers], args=['--jobs', jobs])
        equal(run.code, 2, run.err)
        got = run.json()['queries']
        equal([q['query'] for q in got], [s.origin for s in servers],
              'order')
        equal([q['match'] for q in got], ['exact', 'exact', 'none'] * 4,
              'answers')


def case_plugin():
    """A line, and numbers of the host that lacks most; U where none is
    known."""
    numbers = {}
    for builds in ((RU4V2,), (NOBODY,), (CU23, RU4V2, NOBODY)):
        run = probe(*[server(owa=web.answer(200, b'', version(b))).origin
                      for b in builds], args=['--format', 'nagios'])
        line, _, data = run.out.splitlines()[0].partition(' | ')
        equal(line.split(':')[0] in ('CRITICAL', 'WARNING', 'UNKNOWN'), True,
              line)
        got = dict(x.split('=') for x in data.split())
        equal(sorted(got), ['answered', 'behind', 'catalogue_age', 'cves',
                            'hosts', 'security_behind'], data)
        numbers[builds] = {k: v.split(';')[0] for k, v in got.items()}
    original = server(owa=web.answer(200, b'', version(RU4))).origin
    contains(probe(original, args=['--format', 'nagios']).out,
             'Update Rollup 4 (original)')
    one, none, all_ = numbers.values()
    equal((none['behind'], none['security_behind'], none['cves']),
          ('U', 'U', 'U'), 'of a build that is not known')
    equal(int(one['security_behind']) > 0, True, one)
    equal(int(all_['security_behind']) >= int(one['security_behind']), True,
          all_)
    equal((all_['hosts'], all_['answered']), ('3', '3'), all_)


def case_nginx_http2():
    server()
    nginx = kit.Nginx(PKI, 'location /owa/ { add_header X-OWA-Version %s; '
                      'default_type text/html; return 200 "hello"; }' % CU23)
    NGINXES.append(nginx)
    run = probe(nginx.origin)
    equal(run.code, 0, run.out)
    equal(run.json()['queries'][0]['build'], CU23, 'build')
    contains(nginx.text('access.log'), 'GET /owa/ HTTP/2.0 200 HTTP/2.0')


NGINXES = []


def case_options_are_checked():
    server()
    for args, part in ((['--timeout', '11'], '11 is not from 1 to 10'),
                       (['--jobs', '0'], '0 is not from 1 to 32'),
                       (['--jobs', '33'], '33 is not from 1 to 32')):
        run = Run('probe', *args, '127.0.0.1')
        equal(run.code, 64, run.err)
        contains(run.err, part)


def case_output_file():
    s = server(owa=web.answer(200, b'', version(CU23)))
    path = os.path.join(kit.WORK, 'probe.json')
    write(path, 'old')
    equal(probe(s.origin, args=['--output', path]).out, '', 'output')
    check(CU23 in kit.read(path).decode(), 'file')


def case_credentials_are_not_shown():
    if not CURL:
        raise Skip('built without libcurl')
    for form in ('json', 'text', 'csv', 'nagios'):
        run = probe('https://user:word@127.0.0.1/a@b', 'user:word@127.0.0.1',
                    args=['--format', form])
        equal('word' in run.out + run.err, False, form + ': it is shown')
        contains(run.out, '***@127.0.0.1')
        contains(run.out, 'credentials in a URL are refused')


def case_without_libcurl():
    if CURL:
        raise Skip('built with libcurl')
    run = Run('probe', '127.0.0.1')
    equal(run.code, 69, run.err)
    contains(run.err, 'built without libcurl')


def main():
    cases = [(kit.function_name(f), f) for name, f in globals().items()
             if name.startswith('case_')]
    kit.run_cases(cases, [lambda: [n.stop() for n in NGINXES]])


if __name__ == '__main__':
    main()
