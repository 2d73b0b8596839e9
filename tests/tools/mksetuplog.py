# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Build a log of Exchange setup, or of its helpers, from text.

    mksetuplog.py IN.setuplog.txt OUT.setuplog
    mksetuplog.build(text) -> bytes, and (offset, bytes) pairs of a file with
    holes from mksetuplog.parts(text)

The text is "key: value" lines, done in their order; '#' begins a comment.

    encoding: utf-8        utf-8 (default), utf-8-sig, utf-16, utf-16-be,
                           utf-16-plain (no mark) or cp1252
    separator: /           between the parts of a date: the locale's
    day: 11 14 2022        of the lines that follow
    server: NAME           of the computer
    run: MODE TO [FROM]    the head of a run of setup; MODE as the command line
                           has it, "-" for none
    check:                 the check of what setup requires
    required: TEXT         a rule that stops it
    step: NAME             a task begins
    remove: CODE           a product of Windows Installer goes
    copy: PACKAGE          another is installed: files are copied
    error: TEXT            [ERROR]
    done: failed:          how it ended; "end:" is its last line
    line: [N] TEXT         any line, with a stamp
    raw: TEXT              a line without a stamp
    hole: N                bytes of NUL
    services:              a run of ServiceControl.ps1 begins
    control: TEXT          a line of it
    msi: CODE [ERROR TEXT] the end of an installation of Windows Installer
    repeat: N TEXT         "line:" N times
    cut: N                 leave out the last N bytes
"""

import sys

from fixturetext import number

MARKS = {"utf-8": ("utf-8", b""), "utf-8-sig": ("utf-8", b"\xef\xbb\xbf"),
         "utf-16": ("utf-16-le", b"\xff\xfe"),
         "utf-16-be": ("utf-16-be", b"\xfe\xff"),
         "utf-16-plain": ("utf-16-le", b""), "cp1252": ("cp1252", b"")}
STARS = "*" * 46
OPERATIONS = {"upgrade": "BuildToBuildUpgrade", "install": "Install",
              "recoverserver": "DisasterRecovery", "uninstall": "Uninstall"}
NAMES = {"15.2": "2019", "15.1": "2016", "15.0": "2013", "14": "2010"}


class Log:
    def __init__(self):
        self.encoding, self.mark = MARKS["utf-8"]
        self.separator, self.day = "/", "01 01 2024"
        self.server, self.mode = "EX", "-"
        self.seconds = 36000
        self.parts, self.at = [], 0

    def put(self, data):
        if data.strip(b"\0"):
            self.parts.append((self.at, data))
        self.at += len(data)

    def text(self, line):
        if self.at == 0:
            self.put(self.mark)
        self.put((line + "\r\n").encode(self.encoding))

    def clock(self):
        self.seconds = (self.seconds + 1) % 86400
        return "%02d:%02d:%02d" % (self.seconds // 3600,
                                   self.seconds // 60 % 60,
                                   self.seconds % 60)

    def line(self, text, depth=0):
        self.text("[%s %s.%04d] [%d] %s" % (
            self.separator.join(self.day.split()), self.clock(),
            self.seconds * 37 % 1000, depth, text))

    # ---- what setup does

    def do_encoding(self, value):
        self.encoding, self.mark = MARKS[value]

    def do_separator(self, value):
        self.separator = value

    def do_day(self, value):
        self.day = value

    def do_server(self, value):
        self.server = value

    def do_run(self, value):
        self.mode, to, *rest = value.split()
        name = next((n for v, n in NAMES.items() if to.startswith(v)), "2007")
        if to.startswith("15.2.") and int(to.split(".")[2]) >= 2562:
            name = "SE"
        for text in (STARS, "Starting Microsoft Exchange Server %s Setup" %
                     name, STARS, "Local time zone: (UTC+01:00) Amsterdam.",
                     "Operating system version: Microsoft Windows NT "
                     "6.2.9200.0.", "Setup version: %s." % to,
                     "Logged on user: EXAMPLE\\admin."):
            self.line(text)
        if self.mode != "-":
            self.line("Command Line Parameter Name='mode', Value='%s'." %
                      self.mode)
        for text in ("Copying Files...", "Starting copy from D:\\Setup\\"
                     "ServerRoles\\Common to C:\\Windows\\Temp\\"
                     "ExchangeSetup.", "File copy complete. Setup will now "
                     "collect additional information needed for "
                     "installation.", "Server Name=%s" % self.server):
            self.line(text)
        operation = OPERATIONS.get(self.mode.lower())
        if operation:
            self.line("The installation mode is set to: '%s'." % operation)
        if rest:
            self.line("The locally installed version is %s." % rest[0])

    def do_check(self, _):
        self.line("Performing Microsoft Exchange Server Prerequisite Check")

    def do_required(self, value):
        self.line("[REQUIRED] " + value, 1)

    def do_step(self, value):
        self.line("Beginning processing " + value, 1)

    def do_remove(self, value):
        self.line("Removing MSI package with code '%s'." % value, 1)

    def do_copy(self, value):
        self.line("Installing a new product. Package: %s. Property values: "
                  "DISABLEERRORREPORTING=1" % value, 1)

    def do_error(self, value):
        self.line("[ERROR] " + value, 1)

    def do_done(self, _):
        self.line("The Exchange Server setup operation completed "
                  "successfully.")

    def do_failed(self, _):
        self.line("CurrentResult console.ProcessRunInternal:198: 1")
        self.line("The Exchange Server setup operation didn't complete.  "
                  "More details can be found in ExchangeSetup.log located in "
                  "the <SystemDrive>:\\ExchangeSetupLogs folder.")

    def do_end(self, _):
        self.line("End of Setup")
        self.line(STARS)

    # ---- anything

    def do_line(self, value):
        depth, _, text = value.partition("] ")
        self.line(text, int(depth.strip("[")))

    def do_repeat(self, value):
        times, _, text = value.partition(" ")
        for _ in range(number(times)):
            self.line(text, 1)

    def do_raw(self, value):
        self.text(value)

    def do_hole(self, value):
        self.at += number(value)

    def do_cut(self, value):
        data = b"".join(data for _, data in self.parts)
        if self.at != len(data):
            raise ValueError("cannot cut a file with holes")
        self.at = len(data) - number(value)
        self.parts = [(0, data[:self.at])]

    # ---- its helpers

    def do_services(self, _):
        self.do_control("-" * 47)
        self.do_control("* ServiceControl.ps1: %s %s" % (
            self.separator.join(self.day.split()), self.clock()))
        self.do_control("Performing service control with options: ")

    def do_control(self, value):
        self.text("[%s] %s" % (self.clock(), value))

    def do_msi(self, value):
        code, _, error = value.partition(" ")
        self.text("=== Verbose logging started: 3/9/2021  16:50:30  Build "
                  "type: SHIP UNICODE 5.00.10011.00 ===")
        if error:
            self.text("MSI (s) (A4:10) [16:50:31:001]: Product: Microsoft "
                      "Exchange Server -- " + error)
        for side in "sc":
            self.text("MSI (%s) (A4:10) [16:50:31:002]: MainEngineThread is "
                      "returning %s" % (side, code))


def parts(text):
    """(offset, bytes) of what is no hole, and the size of the whole."""
    log = Log()
    for no, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, _, value = line.partition(":")
        try:
            getattr(log, "do_" + key.strip())(value.strip())
        except (AttributeError, ValueError) as e:
            raise ValueError("line %d: %s: %s" % (no, line, e)) from None
    return log.parts, log.at


def build(text):
    pieces, size = parts(text)
    out = bytearray(size)
    for at, data in pieces:
        out[at:at + len(data)] = data
    return bytes(out)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as source:
        image = build(source.read())
    with open(sys.argv[2], "wb") as target:
        target.write(image)
