#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What "rollcall completion" writes makes shells complete what --help lists."""
import functools
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

SRC = os.environ['ROLLCALL_SRC']
ROLLCALL = os.environ['ROLLCALL']
sys.path.insert(0, os.path.join(SRC, 'tests', 'tools'))
from tap import Tap, left_out, sampled  # noqa: E402

# Words in a command's place that --help does not list.
PLAIN = ['help', 'version', 'completion']
SHELLS = ['bash', 'powershell', 'zsh']
SECONDS = 60        # for one answer of a shell on a busy machine


@functools.cache
def run(*args):
    return subprocess.run([ROLLCALL, *args], capture_output=True, text=True,
                          check=True).stdout


def write(shell, file):
    with open(file, 'w', encoding='utf-8') as f:
        f.write(run('completion', shell))


def listed(text):
    block = text.split('\nCommands\n')[1].split('\n\n')[0]
    return re.findall(r'^  (\S+)', block, re.M)


def helped(command):
    """The options of a command: {"--format": takes an argument}."""
    rows = re.findall(r'^  (?:(-\w), |    )(--[a-z0-9-]+)( [A-Z])?',
                      run(*command, '--help'), re.M)
    return {name: bool(arg) for pair in rows for arg in pair[2:]
            for name in pair[:2] if name}


def all_commands():
    for name in listed(run('--help')):
        text = run(name, '--help')
        if '\nCommands\n' in text:
            yield from ((name, sub) for sub in listed(text))
        else:
            yield (name,)


class Bash:
    """Completes as bash would call it, without a terminal: one bash, which
    reads lines of words and answers in lines, then a dot. What it complains
    of is in the answer."""
    SCRIPT = ('exec 2>&1; . "$1"; while IFS="" read -r line; do '
              'eval "COMP_WORDS=($line)"; '
              'COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); '
              '_rollcall; printf "%s\\n" "${COMPREPLY[@]}" .; done')

    def __init__(self, folder):
        file = os.path.join(folder, 'rollcall.bash')
        write('bash', file)
        self.shell = subprocess.Popen(
            ['bash', '--norc', '-c', self.SCRIPT, 'bash', file],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            bufsize=1, cwd=folder)

    def __call__(self, *words):
        self.shell.stdin.write(shlex.join(('rollcall', *words)) + '\n')
        answer = []
        while not answer or answer[-1] != '.':
            line = self.shell.stdout.readline()
            if line == '':
                return ['bash has ended']
            answer.append(line.rstrip('\n'))
        return sorted(w for w in answer[:-1] if w)

    def close(self):
        self.shell.stdin.close()
        self.shell.wait()


def differ(got, wanted, what=''):
    got, wanted = sorted(got), sorted(wanted)
    return [] if got == wanted else \
        ['%s: completed %s' % (what, got), 'not %s' % wanted]


def commands_of(bash):
    names = listed(run('--help'))
    wrong = differ(bash(''), names + PLAIN + ['--help', '--version'])
    wrong += differ(bash('help', ''), names, 'help')
    wrong += differ(bash('ver'), ['version'], 'ver')
    wrong += differ(bash('version', ''), ['--verbose'], 'version')
    wrong += differ(bash('version', '-'), ['--verbose'], 'version -')
    wrong += differ(bash('completion', ''), SHELLS, 'completion')
    wrong += differ(bash('completion', 'z'), ['zsh'], 'completion z')
    wrong += differ(bash('sc'), ['scan'], 'sc')
    for name in names:
        text = run(name, '--help')
        if '\nCommands\n' in text:
            wrong += differ(bash(name, ''), listed(text) + ['--help'], name)
    return wrong


def options_of(bash):
    wrong, seen = [], 0
    for command in all_commands():
        wanted = helped(command)
        seen += len(wanted)
        wrong += differ(bash(*command, '-'), wanted, ' '.join(command))
    return wrong if seen > 100 else ['only %d options' % seen]


def values_of(bash):
    """A few values, or files, or nothing; never options."""
    wrong = differ(bash('registry', '--format', ''), ['json', 'text'])
    wrong += differ(bash('registry', '--format', '=', 'js'), ['json'])
    wrong += differ(bash('registry', '-f', '='), ['json', 'text'])
    for command in all_commands():
        told = re.search(r'--format NAME .*: (.*(?:(?<=,)\n.*)*)',
                         run(*command, '--help'))
        wrong += differ(bash(*command, '--format', ''), re.split(
            r',\s+', told.group(1).replace(' (default)', '')),
                        '%s --format' % (command,))
    wrong += differ(bash('scan', '--exit-style', ''),
                    ['verdict', 'zero', 'nagios', 'detect'])
    wrong += differ(bash('which', '--exit-style', ''),
                    ['verdict', 'zero', 'nagios'])
    wrong += differ(bash('judge', '--group-by', ''),
                    ['product', 'release', 'verdict'])
    wrong += differ(bash('which', '--sha256', ''), [])
    wrong += differ(bash('scan', '--overlay', 'a'), ['a.xml'])
    taking = [(*command, option) for command in all_commands()
              for option, takes in helped(command).items() if takes]
    for words in sampled(taking, ' '.join):
        got = bash(*words, '-')
        if any(w.startswith('-') for w in got):
            wrong += ['%s: %s' % (' '.join(words), got)]
    return wrong


def arguments_of(bash):
    """Files where the command takes some."""
    wrong = []
    files = {'scan', 'inspect', 'registry', 'catalogue check',
             'catalogue learn'}
    for command in all_commands():
        name = ' '.join(command)
        got = 'a.xml' in bash(*command, 'a')
        if got != (name in files):
            wrong += ['%s: %s' % (name, 'a file' if got else 'no file')]
    return wrong


def until(fd, mark, seen=b''):
    end = time.monotonic() + SECONDS
    while mark not in seen:
        ready, _, _ = select.select([fd], [], [],
                                    max(0, end - time.monotonic()))
        if not ready:
            return None, seen
        try:
            more = os.read(fd, 65536)
        except OSError:
            return None, seen
        seen += more
    return seen, seen


def typed(shell, set_up, lines):
    """LINES, typed with TABs at a terminal of SHELL; the words that a
    function "rollcall" was called with."""
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(PS1='', TERM='dumb', HISTFILE='/dev/null')
        os.execvp(shell[0], shell)
    try:
        os.write(fd, (set_up + '; rollcall() { echo "<$*>"; }; '
                      'echo rea""dy\n').encode())
        seen, all_of_it = until(fd, b'ready')
        words = []
        for line in lines:
            if seen is None:
                return None, all_of_it
            *parts, tail = line.split('\t')
            for part in parts:
                os.write(fd, (part + '\t').encode())
                time.sleep(0.5)
            os.write(fd, (tail + '\n').encode())
            seen, all_of_it = until(fd, b'>')
            words += re.findall(r'<(.*?)>', (seen or b'').decode(
                errors='replace'))
        return words if seen is not None else None, all_of_it
    finally:
        os.close(fd)
        os.kill(pid, 9)
        os.waitpid(pid, 0)


def at_terminal(shell, set_up):
    lines = ['rollcall scan --form\tjson', 'rollcall versi\t--verb\t']
    words, seen = typed(shell, set_up, lines)
    if words is None:
        return ['no answer: %r' % seen]
    return [] if [' '.join(w.replace('=', ' ').split()) for w in words] == \
        ['scan --format json', 'version --verbose'] else \
        ['%s: %s' % (lines, words)]


def quoted_list(words):
    return ', '.join("'%s'" % w for w in words)


def powershell():
    text = run('completion', 'powershell')
    names = listed(run('--help'))
    wrong = []
    for line in ('    $names = @(%s)' % quoted_list(
                     names + PLAIN + ['--help', '--version']),
                 "        'help' = @(%s)" % quoted_list(names),
                 "        'version' = @('--verbose')",
                 "        'completion' = @('bash', 'zsh', 'powershell')"):
        if line not in text.splitlines():
            wrong += ['no line ' + line]
    for command in all_commands():
        block = re.search(r"^        '%s' = @\{\n(.*?)^        \}" %
                          re.escape(' '.join(command)), text, re.M | re.S)
        got = {}
        for name, letter, takes in re.findall(
                r"^            '(--\S+)' = @\{ letter = '(.*?)'; "
                r"takes = \$(true|false); values = @\(.*?\); help = "
                r"'(?:[^']|'')+' \}$", block.group(1) if block else '', re.M):
            got[name] = takes == 'true'
            if letter:
                got[letter] = takes == 'true'
        wrong += differ(got.items(), helped(command).items(),
                        ' '.join(command))
    quoted = re.sub(r"'(?:[^']|'')*'", '', text)
    quoted = re.sub(r'"[^"]*"|#.*', '', quoted)
    for a, b in ('{}', '()', '[]'):
        if quoted.count(a) != quoted.count(b):
            wrong += ['unbalanced %s%s' % (a, b)]
    return wrong


def lint(command, shell, folder):
    file = os.path.join(folder, 'linted.' + shell)
    write(shell, file)
    done = subprocess.run([*command, file], capture_output=True, text=True)
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def terminal(t, shell, options, set_up):
    name = shell + ': at a terminal'
    if left_out():
        t.skip(name, left_out())
    else:
        t.point(name, at_terminal([shell, *options], set_up % ROLLCALL))


def main():
    t = Tap()
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, 'a.xml'), 'w').close()
        if shutil.which('bash'):
            bash = Bash(folder)
            t.point('bash: commands', commands_of(bash))
            t.point('bash: options', options_of(bash))
            t.point('bash: values', values_of(bash))
            t.point('bash: files', arguments_of(bash))
            bash.close()
            terminal(t, 'bash', ['--norc', '--noprofile', '-i'],
                     'eval "$(%s completion bash)"')
        else:
            t.skip('bash', 'bash is not installed')
        if shutil.which('shellcheck'):
            t.point('bash: shellcheck', lint(['shellcheck'], 'bash', folder))
        else:
            t.skip('bash: shellcheck', 'shellcheck is not installed')
        if shutil.which('zsh'):
            t.point('zsh: syntax', lint(['zsh', '-n'], 'zsh', folder))
            terminal(t, 'zsh', ['-f', '-i'],
                     'autoload -Uz compinit; compinit -u -D; '
                     'eval "$(%s completion zsh)"')
        else:
            t.skip('zsh', 'zsh is not installed')
        t.point('powershell: options', powershell())
    return t.end()


if __name__ == '__main__':
    sys.exit(main())
