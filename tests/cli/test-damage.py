#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Damage never makes a bad server look good: the SOFTWARE hive of a server
whose rollup must be replaced is cut short or overwritten in many places, and
no scan of it may crash, or answer "nothing to do" or "action advised"."""
import os
import random
import shutil
import subprocess
import sys
import tempfile

ROLLCALL = os.environ['ROLLCALL']
VOLUME = os.path.join(os.environ['ROLLCALL_VOLUMES'], 'ru4-v1', 'c')
HIVE = 'Windows/System32/config/SOFTWARE'
SEED = 2749655
ROUNDS = 160
REQUIRED, UNDETERMINED = 2, 3


def damage(rng, good):
    if rng.randrange(4) == 0:
        return good[:rng.randrange(len(good))]
    bad = bytearray(good)
    for _ in range(rng.choice([1, 1, 3, 20, 200])):
        bad[rng.randrange(len(bad))] = rng.choice(
            [0x00, 0x7f, 0x80, 0xff, rng.randrange(256)])
    return bytes(bad)


def main():
    rng = random.Random(SEED)
    failed = False
    print('1..%d' % ROUNDS)
    print('# seed %d' % SEED)
    with tempfile.TemporaryDirectory() as scratch:
        volume = os.path.join(scratch, 'c')
        shutil.copytree(VOLUME, volume)
        with open(os.path.join(volume, HIVE), 'rb') as f:
            good = f.read()
        for n in range(1, ROUNDS + 1):
            with open(os.path.join(volume, HIVE), 'wb') as f:
                f.write(damage(rng, good))
            done = subprocess.run(
                [ROLLCALL, 'scan', '-q', '--at', '2012-10-20', volume],
                capture_output=True, text=True)
            ok = done.returncode in (REQUIRED, UNDETERMINED)
            if not ok:
                failed = True
                for line in (done.stdout + done.stderr).splitlines():
                    print('# ' + line)
            print('%s %d - damage %d: exit %d' % (
                'ok' if ok else 'not ok', n, n, done.returncode))
    sys.exit(failed)


if __name__ == '__main__':
    main()
