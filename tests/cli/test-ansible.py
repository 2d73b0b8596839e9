#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""contrib/ansible, run against local hosts that hold volumes (TAP)."""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import fleets                                           # noqa: E402
from fleets import AT, ROLLCALL, rollcall               # noqa: E402
from tap import Tap, left_out                           # noqa: E402

HOSTS = {"old": ["package-v1"], "sound": ["sound-2016-history"],
         "holds-two": ["se-oct26su", "no-exchange-fixed"]}
LOST = "no-volume"          # its scan fails
GONE = "gone.corp.example"  # is an Exchange server, and never answered

# Behind the role: what facts it set, for this test.
SHOW = """
  tasks:
    - ansible.builtin.copy:
        dest: "{{ playbook_dir }}/facts-{{ inventory_hostname }}"
        content: "{{ [rollcall_code, rollcall_hosts] | to_json }}"
      check_mode: false
      changed_when: false
"""


def volumes(name):
    return [os.path.join(fleets.VOLUMES, v, "c") for v in HOSTS[name]]


def make(folder):
    """The plays, and an inventory."""
    plays = os.path.join(folder, "plays")
    shutil.copytree(os.path.join(fleets.SOURCE, "contrib", "ansible"), plays)
    # A source that is only read is copied as such.
    for where, _, _ in os.walk(plays):
        os.chmod(where, 0o755)
    of = {name: {"rollcall_volumes": volumes(name)} for name in HOSTS}
    of[LOST] = {"rollcall_volumes": [os.path.join(folder, "no-such")]}
    of[GONE] = {"rollcall_group": "DAG1"}
    with open(os.path.join(plays, "inventory.json"), "w") as f:
        json.dump({"exchange": {"hosts": of, "vars": {
            "ansible_connection": "local",
            "ansible_python_interpreter": sys.executable}}}, f)
    with open(os.path.join(plays, "collect.yml")) as f:
        text = f.read()
    with open(os.path.join(plays, "show.yml"), "w") as f:
        f.write(text + SHOW)
    os.mkdir(os.path.join(folder, "tmp"))
    return plays


def play(plays, name, more, *words):
    """(exit code, what is said, {host: its counts})."""
    folder = os.path.dirname(plays)
    env = dict(os.environ, **fleets.EPOCH, ANSIBLE_NOCOLOR="1",
               LC_ALL="C.UTF-8",
               HOME=folder, TMPDIR=os.path.join(folder, "tmp"),
               ANSIBLE_LOCALHOST_WARNING="False",
               PATH=os.path.dirname(ROLLCALL) + ":" + os.environ["PATH"])
    env.pop("ANSIBLE_CONFIG", None)
    done = subprocess.run(
        ["ansible-playbook", "-i", "inventory.json", name, "-e",
         json.dumps(more), *words], cwd=plays, env=env, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, timeout=300)
    counts = {host: {k: int(n) for k, n in re.findall(r"(\w+)=(\d+)", rest)}
              for host, rest in re.findall(r"(?m)^(\S+) +: (ok=.*)$",
                                           done.stdout)}
    return done.returncode, done.stdout, counts


def result_of(plays, name):
    with open(os.path.join(plays, "results", name + ".json"), "rb") as f:
        return f.read()


def collect(plays, name, program, *words):
    """What is wrong with a run of collect.yml, or of what is like it."""
    shutil.rmtree(os.path.join(plays, "results"), ignore_errors=True)
    code, said, counts = play(
        plays, name, {"rollcall_program": program, "rollcall_options": AT},
        "--limit", "exchange:!" + GONE, *words)
    if code != 2 or set(counts) != set(HOSTS) | {LOST}:
        yield "ends with %d: %s" % (code, said)
        return
    for host, n in counts.items():
        if n["changed"] or n["failed"] != (host == LOST):
            yield "%s: %s\n%s" % (host, n, said)
    if os.path.exists(os.path.join(plays, "results", LOST + ".json")):
        yield "there is a result of what was not scanned"
    for host in HOSTS:
        if result_of(plays, host) != rollcall(
                "scan", "--format", "json", *AT, "--",
                *volumes(host)).stdout:
            yield "%s: another result" % host
    left = os.listdir(os.path.join(os.path.dirname(plays), "tmp"))
    if any(n.startswith("rollcall.") for n in left):
        yield "left behind: %s" % left


def facts(plays):
    for host, want in (("old", "2"), ("holds-two", None)):
        with open(os.path.join(plays, "facts-" + host)) as f:
            ended, hosts = json.load(f)
        there = json.loads(result_of(plays, host))["hosts"]
        if len(hosts) != len(HOSTS[host]) or want not in (None, ended):
            yield "%s: %s, %s" % (host, ended, hosts)
        for one, whole in zip(hosts, there):
            if one != {k: whole[k] for k in ("name", "verdict", "answers",
                                             "taken")}:
                yield "%s: %s" % (host, sorted(one))


def judged(plays):
    for name in ("page.html", "table.csv"):
        if os.path.exists(os.path.join(plays, name)):
            os.remove(os.path.join(plays, name))
    code, said, counts = play(
        plays, "judge.yml", {"rollcall_judge_options": AT,
                             "rollcall_max_age": 60})
    if code != 0 or counts["localhost"]["changed"]:
        yield "ends with %d: %s" % (code, said)
        return
    options = ["--servers", os.path.join(plays, "servers.csv"), "--max-age",
               "60", *AT]
    for form, name in (("html", "page.html"), ("csv", "table.csv")):
        with open(os.path.join(plays, name), "rb") as f:
            if f.read() != rollcall("judge", "-f", form, *options,
                                    os.path.join(plays, "results")).stdout:
                yield "%s is another one" % name
    with open(os.path.join(plays, "table.csv"), newline="") as f:
        table = list(csv.DictReader(io.StringIO(f.read(), newline="")))
    missing = [(r["name"], r["group"]) for r in table
               if r["state"] == "missing"]
    if missing != [(GONE, "DAG1")] or len(table) != 5:
        yield "%d rows, missing: %s" % (len(table), missing)
    if "1 server without a result" not in said:
        yield said


def main():
    tap = Tap()
    if shutil.which("ansible-playbook") is None:
        tap.skip("the plays", "ansible-playbook is not installed")
        return tap.end()
    if left_out():
        tap.skip("the plays", left_out())
        return tap.end()
    with tempfile.TemporaryDirectory() as folder:
        plays = make(folder)
        tap.point("the installed program, only checked",
                  collect(plays, "collect.yml", "", "--check"))
        tap.point("a program that is copied",
                  collect(plays, "show.yml", ROLLCALL))
        tap.point("facts", facts(plays))
        tap.point("judged where Ansible runs", judged(plays))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
