#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The documents are true: what --help, the manual, the schema and the source
say of commands, options, exit codes, findings and limits is the same."""
import datetime
import functools
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

SRC = os.environ['ROLLCALL_SRC']
ROLLCALL = os.environ['ROLLCALL']


def read(*parts):
    with open(os.path.join(SRC, *parts), encoding='utf-8') as f:
        return f.read()


@functools.lru_cache(None)
def run(*args):
    """What it prints, which for the same words is the same."""
    return subprocess.run([ROLLCALL, *args], capture_output=True, text=True,
                          check=True).stdout


def plain(mdoc):
    """The words of an mdoc page: macros of one line joined, escapes gone."""
    text = re.sub(r'^\.\\".*$', '', mdoc, flags=re.M)
    text = text.replace(r'\e', '\\').replace(r'\&', '')
    return text


HELP = run('--help')
MAN1 = plain(read('man', 'rollcall.1'))
MAN5 = plain(read('man', 'rollcall-result.5'))
INVENTORY = MAN5[MAN5.index('.Ss The inventory'):MAN5.index('.Ss judge')]
MAN_CATALOGUE = plain(read('man', 'rollcall-catalogue.5'))
RULES = [(code, question.lower(), severity.lower())
         for code, question, severity in re.findall(
             r'"([a-z-]+\.[a-z-]+)", ASK_([A-Z]+), SEV_([A-Z]+)',
             read('src', 'assessment', 'rules.c'))]
SCHEMA = json.loads(read('data', 'rollcall-result.schema.json'))


def listed(text):
    """The commands that --help lists, of the program or of a group."""
    block = text.split('\nCommands\n')[1].split('\n\n')[0]
    return re.findall(r'^  (\S+)', block, re.M)


def commands():
    """All that run: in place of a group those in it, "catalogue list"."""
    all_of_them = []
    for name in listed(HELP):
        text = run(name, '--help')
        all_of_them += ['%s %s' % (name, sub) for sub in listed(text)] \
            if '\nCommands\n' in text else [name]
    return all_of_them


def help_of(command):
    return run(*command.split(), '--help')


def options(text):
    return set(re.findall(r'--([a-z][a-z-]+)', text))


def check_commands():
    pages = re.findall(r'^\.Ss (.+)', MAN1.split('.Sh COMMANDS')[1]
                       .split('.Sh COMMON OPTIONS')[0], re.M)
    return compare('commands of --help', commands(), 'of rollcall.1', pages)


def check_synopsis():
    """Every command that runs has a line of its own, behind a .Nm."""
    page = MAN1.split('.Sh SYNOPSIS')[1].split('.Sh')[0]
    return compare('commands of --help', commands() + [
        'completion', 'help', 'version'], 'of the synopsis',
        re.findall(r'^\.Nm\n\.Cm ([a-z ]+?)(?: (?:Ar|Op) .*)?$', page, re.M))


def check_synopsis_options():
    """A line of the synopsis has all options of its command but the common
    ones, and no other."""
    page = MAN1.split('.Sh SYNOPSIS')[1].split('.Sh')[0]
    lines = dict(re.findall(r'^\.Cm ([a-z ]+)\n(.*?)(?=^\.Nm|\Z)', page,
                            re.M | re.S))
    wrong = []
    for name in commands():
        own = help_of(name).split('\nCommon options\n')[0]
        rows = re.findall(r'^ +(?:-(\w), )?--([a-z0-9-]+)', own, re.M)
        wanted = sorted(letter or '-' + word for letter, word in rows)
        wrong += compare(
            'options of %s' % name, wanted, 'of its synopsis', sorted(
                re.findall(r'^\.Op Fl (\S+)', lines.get(name, ''), re.M)))
    return wrong


def check_options():
    """Every option of every command has its entry in the manual."""
    wrong = []
    documented = set(re.findall(r'Fl -([a-z][a-z-]+)', MAN1))
    for name in commands():
        helped = set(re.findall(r'^ +(?:-\w, )?--([a-z-]+)',
                                help_of(name), re.M))
        wrong += ['%s --%s is not in rollcall.1' % (name, o)
                  for o in sorted(helped - documented)]
    known = set().union(*[options(help_of(n)) for n in commands()])
    wrong += ['rollcall.1 has --%s, which no command has' % o
              for o in sorted(documented - known - {'version'})]
    return wrong


def registered():
    """The formats of each command, as the registry has them."""
    kinds = {}
    for kind, name in re.findall(
            r'\{ REPORT_([A-Z]+), "([a-z-]+)"',
            read('src', 'report', 'report_format.c')):
        kinds.setdefault(kind, []).append(name)
    for path in sorted(os.listdir(os.path.join(SRC, 'src', 'cmd'))):
        text = read('src', 'cmd', path)
        found = re.search(r'\.result = REPORT_([A-Z]+),', text)
        if found:
            name = re.search(r'\.name = "([a-z ]+)",', text).group(1)
            yield name, kinds.get(found.group(1), [])


def check_formats():
    """Of every command: registry, --help and manual, in the same order."""
    row = MAN1.split('.It Fl f , Fl -format')[1].split('.El')[0]
    written = [(command, names.split(' , ')) for command, names in
               re.findall(r'^\.It Cm (.+)\n\.Li (.+)$', row, re.M)]
    helped = []
    for name in commands():
        formats = re.search(r'--format NAME +the form of the result: '
                            r'(.*(?:\n {27}.*)*)$',
                            help_of(name), re.M).group(1)
        helped.append((name, ' '.join(formats.split())
                       .replace(' (default)', '', 1)
                       .split(', ')))
    return compare('formats of --help', helped, 'of rollcall.1', written) + \
        compare('formats of the registry', sorted(registered()),
                'of --help', sorted(helped))


def check_help_width():
    """No line of any --help is wider than a terminal of 80 columns."""
    groups = [name for name in listed(HELP) if name not in commands()]
    texts = [('', HELP)] + [(name, help_of(name))
                            for name in groups + commands()]
    return ['rollcall %s --help: "%s" has %d columns' % (
        name, line, len(line)) for name, text in texts
            for line in text.splitlines() if len(line) > 80]


def check_exit_codes():
    block = HELP.split('\nExit codes\n')[1]
    told = re.findall(r'^  (\d+) +(.+)$', block, re.M)
    page = MAN1.split('.Sh EXIT STATUS')[1].split('.Sh')[0]
    written = re.findall(r'^\.It (\d+)\n(.+)$', page, re.M)
    return compare('exit codes of --help', told, 'of rollcall.1', written)


def check_findings():
    written = re.findall(
        r'^\.It Li ([a-z-]+\.[a-z-]+) Pq ([a-z]+) , ([a-z]+)$', MAN5, re.M)
    return compare('findings of rules.c', RULES,
                   'of rollcall-result.5', written)


def questions():
    """[(name, [(answer, severity)])] of the source, in its order, the answers
    from the best to the worst."""
    words = {'OK': 'ok', 'ADV': 'advised', 'UND': 'undetermined',
             'REQ': 'required'}
    found = []
    for name, block in re.findall(
            r'\[ASK_[A-Z]+\] = \{ "([a-z]+)",(.*?)\} \}',
            read('src', 'assessment', 'question.c'), re.S):
        rows = re.findall(r'\{ "([a-z-]+)", ([A-Z]+), (\d+)', block)
        rows.sort(key=lambda r: (list(words).index(r[1]), int(r[2])))
        found.append((name, [(answer, words[s]) for answer, s, _ in rows]))
    return found


def check_questions():
    page = MAN1.split('.Sh QUESTIONS')[1].split('.Sh')[0]
    written = [(part.split('\n')[0],
                re.findall(r'^\.It Li ([a-z-]+) Pq ([a-z]+)$', part, re.M))
               for part in re.split(r'^\.It Sy ', page, flags=re.M)[1:]]
    return compare('questions of question.c', questions(),
                   'of rollcall.1', written)


def check_schema_questions():
    defs = SCHEMA['$defs']
    names = [name for name, _ in questions()]
    wrong = compare(
        'questions of question.c',
        [(name, [answer for answer, _ in rows])
         for name, rows in questions()],
        'of the schema',
        [(name, defs['answer_' + name]['properties']['answer']['enum'])
         for name in defs['question']['enum']])
    wrong += compare('questions of question.c', names, 'asked of the host',
                     list(defs['answers_of_host']['properties']))
    return wrong + compare(
        'questions of an installation',
        [n for n in names if n not in ('fix', 'ready')], 'of the schema',
        list(defs['answers_of_exchange']['properties']))


def check_ask():
    """Who asks what is no question is told all that are."""
    done = subprocess.run([ROLLCALL, 'scan', '--ask', 'x', 'no-such-folder'],
                          capture_output=True, text=True)
    told = done.stderr.strip().split('is no question: ')[-1].split(', ')
    return compare('questions of question.c', [n for n, _ in questions()],
                   'of --ask', told)


def check_first_words():
    """What the second line may begin with, in manual and README."""
    source = set(re.findall(r'"([A-Z][A-Z-]+(?: [A-Z-]+)*)"',
                            read('src', 'report', 'summary.c')))
    block = MAN1.split('The second begins with')[1].split('.El')[0]
    written = re.findall(r'^\.It Li ([A-Z -]+) Ta ', block, re.M)
    table = read('README.md').split('| first words |')[1].split('\n\n')[0]
    shown = [w for line in re.findall(r'^\| (`.*?) \|', table, re.M)
             for w in re.findall(r'`([A-Z -]+)`', line)]
    return compare('first words of summary.c', sorted(source),
                   'of rollcall.1', sorted(written)) + \
        compare('first words of summary.c', sorted(source),
                'of the README', sorted(shown))


def check_catalogue_rules():
    """The rules of the linter, in its own order."""
    told = run('catalogue', 'check', '--rules')
    page = MAN_CATALOGUE.split('.Sh RULES')[1].split('.Sh')[0]
    return compare('rules of catalogue check',
                   re.findall(r'^([a-z-]+)', told, re.M),
                   'of rollcall-catalogue.5',
                   re.findall(r'^\.It Li ([a-z-]+)$', page, re.M))


def check_catalogue_grammar():
    """The page names every element of the grammar, and no other."""
    grammar = read('data', 'catalogue.rng')
    page = MAN_CATALOGUE.split('.Sh ELEMENTS')[1].split('.Sh')[0]
    return compare(
        'elements of catalogue.rng',
        sorted(set(re.findall(r'<element name="([a-z-]+)"', grammar))),
        'of rollcall-catalogue.5',
        sorted(set(n for line in re.findall(r'^\.It Li (.+)$', page, re.M)
                   for n in line.split(' , '))))


def check_catalogue_attributes():
    """So it does every attribute, and every word that one may be."""
    grammar = read('data', 'catalogue.rng')
    words = set(re.findall(r'[\w-]+', MAN_CATALOGUE))
    return ['%s is not in rollcall-catalogue.5' % name
            for name in sorted(set(re.findall(
                r'<attribute name="([a-z0-9-]+)"|<value>([\w-]+)</value>',
                grammar)))
            for name in name if name and name not in words]


def check_serial():
    """Facts of the catalogue that were changed have a serial of their own.
    tests/cli/catalogue-serial has the last serial, and the digest of the facts
    that it stands for: all but serial and day, comments and white space."""
    path = os.path.join(SRC, 'tests', 'cli', 'catalogue-serial')
    root = ElementTree.fromstring(read('data', 'exchange.xml'))
    serial = root.attrib.pop('serial')
    root.attrib.pop('issued')
    facts = hashlib.sha256(ElementTree.canonicalize(
        ElementTree.tostring(root, encoding='unicode'),
        strip_text=True).encode()).hexdigest()
    with open(path, encoding='ascii') as f:
        known, digest = f.read().split()
    if facts == digest:
        return [] if serial >= known else \
            ['serial %s is below %s' % (serial, known)]
    if serial <= known:
        return ['facts of exchange.xml were changed, and its serial is %s '
                'still: raise it' % serial]
    if not os.environ.get('UPDATE_GOLDEN'):
        return ['serial %s is new: UPDATE_GOLDEN=1 %s notes its facts' % (
            serial, 'make check TESTS=tests/cli/docs.py')]
    with open(path, 'w', encoding='ascii') as f:
        f.write('%s %s\n' % (serial, facts))
    return []


def check_places():
    """What the manual says is installed is what test-install.py finds."""
    wanted = read('tests', 'packaging', 'test-install.py')
    named = re.findall(r'^\.(?:It )?Pa (share/\S+)', MAN1 + MAN5 +
                       MAN_CATALOGUE, re.M)
    return ['%s is not installed' % path for path in named
            if "'%s'" % path not in wanted] or \
        ([] if len(named) >= 3 else ['too few places: %s' % named])


def check_hacking_example():
    """The example of HACKING is in the catalogue, word for word."""
    catalogue = ' '.join(read('data', 'exchange.xml').split())
    examples = re.findall(r'<release .*?/>', read('HACKING.md'), re.S)
    return ['not in exchange.xml: ' + e for e in
            (' '.join(x.split()) for x in examples) if e not in catalogue] \
        or ([] if examples else ['HACKING.md has no example'])


def check_schema_codes():
    finding = SCHEMA['$defs']['finding']['properties']
    kinds = re.findall(r'\[EV_[A-Z]+\] = "([a-z-]+)"',
                       read('src', 'inventory', 'evidence.c'))
    return compare('findings of rules.c', [code for code, _, _ in RULES],
                   'of the schema', finding['code']['enum']) + \
        compare('kinds of evidence', kinds, 'of the schema',
                SCHEMA['$defs']['evidence']['properties']['kind']['enum'])


def undescribed(schema, name, seen):
    """Properties below SCHEMA, and below what it refers to, of which nothing
    says what they are."""
    target = schema.get('$ref', '').split('/')[-1]
    if target and target not in seen:
        seen.add(target)
        yield from undescribed(SCHEMA['$defs'][target], target, seen)
    for key, value in schema.get('properties', {}).items():
        described = value if 'description' in value else \
            SCHEMA['$defs'].get(value.get('$ref', '').split('/')[-1], {})
        if not described.get('description'):
            yield '%s.%s has no description' % (name, key)
        yield from undescribed(value, '%s.%s' % (name, key), seen)
    for part in schema.get('anyOf', []) + schema.get('allOf', []) + [
            schema.get('items')]:
        if part:
            yield from undescribed(part, name, seen)


def check_schema_descriptions():
    """Every property of every kind of result."""
    return [wrong for name, schema in sorted(SCHEMA['$defs'].items())
            for wrong in undescribed(schema, name, set(SCHEMA['$defs']))]


def objects(schema, path, seen):
    """What has properties below SCHEMA, each $def once: where, and it."""
    target = schema.get('$ref', '').split('/')[-1]
    if target:
        if target in seen:
            return
        seen.add(target)
        path = {'file_facts': 'facts'}.get(target, path)
        schema = SCHEMA['$defs'][target]
    if 'properties' in schema:
        yield path, list(schema['properties'])
    for part in schema.get('anyOf', []) + [schema.get('items')]:
        if part:
            yield from objects(part, path, seen)
    for name, part in schema.get('properties', {}).items():
        yield from objects(part, (path + '.' + name).lstrip('.'), seen)


def check_schema_inventory():
    """Each member of the inventory stands under the object that has it."""
    written = {(path, member) for path, block in re.findall(
        r'^\.It Li (\S+)\n(?:[^.][^\n]*\n)*\.Bl -tag -width Ds -compact\n'
        r'(.*?)^\.El', INVENTORY, re.M | re.S)
               for member in re.findall(r'^\.It Li (\S+)', block, re.M)}
    known = {(path or 'inventory', member) for path, members in objects(
        {'$ref': '#/$defs/inventory'}, '', set()) for member in members}
    return ['%s.%s is in one of page and schema' % x
            for x in sorted(written ^ known)]


def check_schema_members():
    """Every other one is a word of the page."""
    words = set(re.findall(r'[\w-]+', MAN5.replace(INVENTORY, '')))
    seen = set()
    list(objects({'$ref': '#/$defs/inventory'}, '', seen))
    return ['%s.%s is not in rollcall-result.5' % (path, member)
            for name in SCHEMA['$defs']
            for path, members in objects(
                {'$ref': '#/$defs/' + name}, name, seen)
            for member in members if member not in words]


def limits_of(text):
    found = re.findall(r'^#define\s+([A-Z0-9_]+)\s+(.+)$', text, re.M)
    return [(n, v) for n, v in found if re.match(r'[\d(]', v)]


def check_limits():
    wrong = []
    rows = dict(re.findall(r'^\.It Dv ([A-Z0-9_]+)\n(\d+)',
                           MAN1.split('.Sh LIMITS')[1].split('.Sh')[0], re.M))
    wrong += ['%s is not explained' % name for name in re.findall(
        r'^\.It Dv ([A-Z0-9_]+)\n\d+\n(?=\.It|\.El)', MAN1, re.M)]
    inside = dict(re.findall(r'`([A-Z0-9_]+)` (\d+)', read('HACKING.md').split(
        '## Limits inside')[1].split('\n## ')[0]))
    wrong += ['%s is in rollcall.1 and in HACKING.md' % name
              for name in rows if name in inside]
    rows.update(inside)
    for name, value in limits_of(read('src', 'base', 'limits.h')):
        number = eval(value, {'__builtins__': {}})
        if name not in rows:
            wrong.append('%s is in neither page' % name)
        elif int(rows[name]) != number:
            wrong.append('%s is %d, and not %s' % (
                name, number, rows[name]))
    return wrong


def examples(text):
    """(command, expected output) of the console blocks of a README."""
    for block in re.findall(r'^```console\n(.*?)^```$', text, re.M | re.S):
        for part in re.split(r'^\$ ', block, flags=re.M)[1:]:
            command, _, output = part.partition('\n')
            yield command, output


def make_sample(folder):
    """What "make sample" makes, in FOLDER."""
    subprocess.run(
        [sys.executable, os.path.join(SRC, 'tests/tools/mkvolume.py'),
         os.path.join(SRC, 'data/sample/sample.volume.txt'), 'sample',
         'sample.xml'],
        cwd=folder, check=True)


def check_screen():
    """All that is said of the sample by default fits a screen of 80x40, and
    the prompt below it."""
    with tempfile.TemporaryDirectory() as scratch:
        make_sample(scratch)
        lines = subprocess.run(
            [ROLLCALL, 'scan', '--overlay', 'sample.xml', 'sample'],
            cwd=scratch, text=True, capture_output=True,
            check=False).stdout.splitlines()
    wrong = ['%d columns: %s' % (len(line), line) for line in lines
             if len(line) > 80]
    if not 30 < len(lines) < 40:
        wrong.append('%d lines' % len(lines))
    if sum(line.startswith('  required  ') for line in lines) != 3:
        wrong.append('not the three findings of the sample')
    return wrong


def check_footers():
    """By what was judged is told within 80 columns, with all details too."""
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        make_sample(scratch)
        for words in (['scan', '--verbose', '--overlay', 'sample.xml',
                       'sample'], ['inspect', 'sample.xml']):
            told = subprocess.run([ROLLCALL, *words], cwd=scratch, text=True,
                                  capture_output=True, check=False).stdout
            judged, footer, below = told.rpartition('\nJudged as of ')
            lines = (footer + below).splitlines()
            if not judged or len(lines) < 3:
                wrong.append('%s: no footer' % words[0])
            wrong += ['%s: %d columns: %s' % (words[0], len(line), line)
                      for line in lines if len(line) > 80]
    return wrong


def check_examples():
    """The README's examples print what it shows, on the sample volume."""
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        make_sample(scratch)
        path = os.path.dirname(ROLLCALL) + os.pathsep + os.environ['PATH']
        code = '0'
        for command, expected in examples(read('README.md')):
            shell = command.replace('$?', code)
            done = subprocess.run(['sh', '-c', shell], cwd=scratch, text=True,
                                  capture_output=True,
                                  env={**os.environ, 'PATH': path})
            code = str(done.returncode)
            if done.stdout != expected:
                wrong += ['$ ' + command] + done.stdout.splitlines()
    return wrong


def check_fleet():
    """The README's way to the page leads there; with fewer servers, which
    "make fleet" makes."""
    text = read('README.md').split('## Two thousand servers')[1]
    block = re.search(r'^```sh\n(.*?)^```$', text, re.M | re.S).group(1)
    steps = block.split('cd build && PATH=$PWD:$PATH\n')[1]
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        make = '"%s" "%s" fleet 12' % (sys.executable, os.path.join(
            SRC, 'tests/cli/fleets.py'))
        path = os.path.dirname(ROLLCALL) + os.pathsep + os.environ['PATH']
        done = subprocess.run(
            ['sh', '-c', steps.replace('make fleet', make)], cwd=scratch,
            text=True, capture_output=True, env={**os.environ, 'PATH': path},
            check=False)
        page = os.path.join(scratch, 'page.html')
        if make not in steps.replace('make fleet', make) or done.stderr or \
                not os.path.exists(page):
            return [done.stdout, done.stderr]
        with open(page, encoding='utf-8') as f:
            page = f.read()
        wrong += ['not on the page: SRV-%05d' % n for n in range(1, 13)
                  if '>SRV-%05d<' % n not in page]
        if 'genuine: <span class="ok">yes<' not in page:
            wrong.append('nothing on the page is genuine')
    if os.path.getsize(os.path.join(SRC, 'data/fleet.png')) > 100 * 1000:
        wrong.append('the picture is too large')
    return wrong


def check_readme_start():
    """Who opens the README sees within two screens of 40 lines what to type,
    and the answer that it gets."""
    first = '\n'.join(read('README.md').splitlines()[:80])
    return ['not within 80 lines: ' + words for words in
            ('./bootstrap demo', 'rollcall scan /mnt/c',
             '$ rollcall scan', 'ACTION REQUIRED', '  INSTALLED    ')
            if words not in first]


def check_demo():
    """What the demonstration says how to go on with are commands, and the
    README tells of it."""
    script = read('bootstrap')
    onward = re.findall(r'^\t    (rollcall .*?)(?:   .*)?$',
                        script.split('go on with')[1].split('END')[0], re.M)
    wrong = ['bootstrap demo: ' + line for line in onward
             if not is_command(line)]
    if len(onward) < 3:
        wrong.append('bootstrap demo says too little: %s' % onward)
    # What tells of evidence shows some.
    told = re.findall(r'^\t    rollcall (scan .*?)   .*evidence$', script, re.M)
    with tempfile.TemporaryDirectory() as scratch:
        make_sample(scratch)
        wrong += ['bootstrap demo: no evidence: ' + line for line in told
                  if '\nEvidence\n' not in subprocess.run(
                      [ROLLCALL, *line.split()], cwd=scratch, text=True,
                      capture_output=True, check=False).stdout]
    if not told:
        wrong.append('bootstrap demo does not tell of evidence')
    return wrong


def is_command(line):
    """Does LINE, "rollcall COMMAND ...", have options that there are?"""
    words = shlex.split(line)[1:]
    if words[0] in ('--help', 'version'):
        return True
    command = 2 if words[0] == 'catalogue' else 1
    done = subprocess.run(
        [ROLLCALL, *words[:command], '--help', *words[command:]],
        capture_output=True, text=True)
    return 'usage: rollcall' in done.stdout and not done.stderr


def check_manual_examples():
    """What the manual gives as an example can be typed so."""
    page = MAN1.split('.Sh EXAMPLES')[1].split('.Sh')[0]
    page = re.sub(r'\\\n\.Dl "? +', '', page.replace('.rollcall', ''))
    lines = re.findall(r'^\.Dl (?:\$|C:\\>) .*?(rollcall(?:\.exe)? .*?)"?$',
                       page, re.M)
    wrong = ['no command: ' + line for line in lines
             if not is_command(line.replace('\\&', ''))]
    if len(lines) < 20:
        wrong.append('only %d examples are found' % len(lines))
    return wrong


def mandoc(*args):
    return subprocess.run(['mandoc', *args], capture_output=True,
                          text=True).stdout


def check_address():
    """Faults are told to one address, that of configure.ac."""
    address = re.search(r'^AC_INIT\(\[rollcall\], \[.*?\],\s*\[(.*?)\]',
                        read('configure.ac'), re.M).group(1)
    wrong = [] if '@' in address else ['configure.ac: no address']
    for path in ('SECURITY.md', 'debian/control', 'debian/copyright'):
        if address not in read(*path.split('/')):
            wrong.append('%s does not have %s' % (path, address))
    return wrong


def check_revocation():
    """What is not checked is said once in the manual, and in the README."""
    wrong = ['%s says it %d times' % (name, n) for name, n in (
        ('rollcall.1', len(re.findall(r'certificate was revoked', MAN1))),
        ('README.md', len(re.findall(r'certificate\s+was\s+revoked',
                                     read('README.md'))))) if n != 1]
    return wrong + (['SECURITY.md does not'] if 'revoked' not in
                    read('SECURITY.md') else [])


def check_recipes():
    """How an image becomes a folder is the same in manual and README, and what
    the hint of scan names is one of the tools."""
    page = MAN1.split('.Sh IMAGES OF DISKS')[1].split('.Sh')[0]
    recipes = re.findall(r'^(?:\.Dl |\.Ql )?((?:mount|qemu-nbd|nbdfuse|'
                         r'guestmount|ewfmount) -?.*?)(?: \.)?$', page, re.M)
    text = read('README.md')
    wrong = ['not in the README: ' + r for r in recipes if r not in text]
    if len(recipes) != 5:
        wrong.append('%d recipes: %s' % (len(recipes), recipes))
    for tool in re.findall(r'MOUNT\("(\w+)"\)|^#define (?:LOOP|QEMU)\s+"(.*)"$',
                           read('src', 'cmd', 'image.c'), re.M):
        for word in re.findall(r'[\w-]*(?:mount|nbd)', ' '.join(tool)):
            if word not in page:
                wrong.append('not in the manual: ' + word)
    return wrong


def check_days():
    """No page of the manual is of a day before the newest version of NEWS."""
    version = re.search(r'^Version \S+ \((\S+)\)$', read('NEWS'), re.M)
    wrong = [] if version else ['NEWS: no day']
    for page in sorted(os.listdir(os.path.join(SRC, 'man'))):
        if version and re.search(r'\.\d$', page):
            day = re.search(r'^\.Dd (.*)$', read('man', page), re.M).group(1)
            when = datetime.datetime.strptime(day, '%B %d, %Y').date()
            if when.isoformat() < version.group(1):
                wrong.append('%s is of %s' % (page, day))
    return wrong


def check_lint():
    wrong = []
    for page in sorted(os.listdir(os.path.join(SRC, 'man'))):
        if not re.search(r'\.\d$', page):
            continue
        path = os.path.join(SRC, 'man', page)
        try:
            wrong += mandoc('-T', 'lint', '-W', 'warning',
                            path).splitlines()
        except FileNotFoundError:
            return 'mandoc is not installed'
        # A quotation goes on to the end of its line of source, and swallows
        # what follows there.
        wrong += ['%s: a quotation inside one: %s' % (page, inside)
                  for inside in re.findall('“[^”]*“[^”]*”',
                                           mandoc('-T', 'utf8', path))]
    return wrong


def compare(what_a, a, what_b, b):
    a, b = list(a), list(b)
    if a == b:
        return []
    return ['%s: %s' % (what_a, a), '%s: %s' % (what_b, b)]


def check_long_tests():
    """A test that takes part of its cases in "make check" is one of those
    that check-slow takes all of."""
    listed = set(re.findall(r'^\t(tests/\S+)', read('tests', 'local.mk').split(
        'LONG_TESTS =')[1].split('\n\n')[0], re.M))
    slow, taking = set(), set()
    for folder in sorted(os.listdir(os.path.join(SRC, 'tests'))):
        for name in sorted(os.listdir(os.path.join(SRC, 'tests', folder))
                           if os.path.isdir(os.path.join(SRC, 'tests', folder))
                           else []):
            path = '/'.join(('tests', folder, name))
            if name == 'local.mk':
                slow.update(re.findall(r'^SLOW_TESTS \+= (\S+)',
                                       read(path), re.M))
            elif name.startswith('test-') and name.endswith('.py') and \
                    folder != 'windows' and re.search(
                        r'\b(sampled|one_in|fewer|left_out|run_cases)\(',
                        read(path)):
                taking.add(path)
    # Another program chooses for these.
    taking.update(['tests/lint/check-tree.sh', 'tests/cli/run-golden',
                   'tests/cli/test-run-golden.sh',
                   'tests/packaging/test-release.sh'])
    return ['%s takes a part and is none of LONG_TESTS' % path
            for path in sorted(taking - listed - slow)] + \
        ['%s of LONG_TESTS takes no part' % path
         for path in sorted(listed - taking)]


CHECKS = [
    ('commands: --help and manual', check_commands),
    ('commands: synopsis of the manual', check_synopsis),
    ('options: --help and synopsis', check_synopsis_options),
    ('options: --help and manual', check_options),
    ('formats: registry, --help and manual', check_formats),
    ('--help fits a terminal', check_help_width),
    ('exit codes: --help and manual', check_exit_codes),
    ('findings: source and manual', check_findings),
    ('findings and evidence: source and schema', check_schema_codes),
    ('questions and answers: source and manual', check_questions),
    ('questions and answers: source and schema', check_schema_questions),
    ('questions: source and --ask', check_ask),
    ('first words: source, manual and README', check_first_words),
    ('schema: every property of a scan is described',
     check_schema_descriptions),
    ('schema: every member of the inventory is in the manual',
     check_schema_inventory),
    ('schema: so is every other member', check_schema_members),
    ('catalogue: rules and manual', check_catalogue_rules),
    ('catalogue: grammar and manual', check_catalogue_grammar),
    ('catalogue: attributes and manual', check_catalogue_attributes),
    ('catalogue: serial and facts', check_serial),
    ('what is installed: manual', check_places),
    ('catalogue: the example of HACKING', check_hacking_example),
    ('limits: source, manual and HACKING', check_limits),
    ('examples of the README', check_examples),
    ('the answer about the sample fits a screen', check_screen),
    ('by what was judged fits a terminal', check_footers),
    ('the way to the page of a fleet', check_fleet),
    ('the README begins with what to do', check_readme_start),
    ('bootstrap demo says how to go on', check_demo),
    ('examples of the manual', check_manual_examples),
    ('the address for faults', check_address),
    ('what is not checked is said once', check_revocation),
    ('images: manual, README and hints', check_recipes),
    ('manual pages: their days', check_days),
    ('manual pages lint clean', check_lint),
    ('tests that are long', check_long_tests),
]


def main():
    print('1..%d' % len(CHECKS))
    failed = False
    for n, (name, check) in enumerate(CHECKS, 1):
        wrong = check()
        if isinstance(wrong, str):
            print('ok %d - %s # SKIP %s' % (n, name, wrong))
            continue
        for line in wrong:
            print('# ' + line)
        failed |= bool(wrong)
        print('%s %d - %s' % ('not ok' if wrong else 'ok', n, name))
    sys.exit(failed)


if __name__ == '__main__':
    main()
