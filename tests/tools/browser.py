# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Chromium without a window, for tests of pages: it is spoken to over a pair
of pipes, in the DevTools protocol, each message ended by a NUL."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser",
         "google-chrome")
SECONDS = 120


def find():
    """Its path; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One page of it. Complaints are what it told of itself."""

    def __init__(self, path):
        self.folder = tempfile.TemporaryDirectory()
        theirs_in, self.out = os.pipe()
        self.inp, theirs_out = os.pipe()

        def move():
            # They have to be 3 and 4 there; neither may hit the other.
            a, b = os.dup2(theirs_in, 30), os.dup2(theirs_out, 31)
            os.dup2(a, 3)
            os.dup2(b, 4)
        self.child = subprocess.Popen(
            [path, "--headless", "--no-sandbox", "--disable-gpu",
             "--hide-scrollbars", "--remote-debugging-pipe", "--window-size=1300,1000",
             "--user-data-dir=" + self.folder.name, "about:blank"],
            preexec_fn=move, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.rest, self.number, self.session = b"", 0, None
        self.complaints, self.requests, self.loaded = [], [], False
        targets = self.ask("Target.getTargets")["targetInfos"]
        page = next(t for t in targets if t["type"] == "page")
        self.session = self.ask("Target.attachToTarget", flatten=True,
                                targetId=page["targetId"])["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")

    def read(self):
        while b"\0" not in self.rest:
            if not select.select([self.inp], [], [], SECONDS)[0]:
                raise TimeoutError("the browser says nothing")
            part = os.read(self.inp, 1 << 20)
            if not part:
                raise EOFError("the browser is gone")
            self.rest += part
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def note(self, message):
        """What the page does besides answering."""
        method, p = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(p["exceptionDetails"])[:300])
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append(str(p["args"])[:300])
        elif method == "Log.entryAdded":
            self.complaints.append(p["entry"]["text"][:300])
        elif method == "Network.requestWillBeSent":
            self.requests.append(p["request"]["url"])
        elif method == "Page.javascriptDialogOpening":
            self.complaints.append("a dialog: " + p["message"])

    def ask(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise ValueError("%s: %s" % (method, answer["error"]))
                return answer["result"]
            self.note(answer)

    def open(self, path):
        self.loaded = False
        self.complaints, self.requests = [], []
        self.ask("Page.navigate", url="file://" + os.path.abspath(path))
        while not self.loaded:
            self.note(self.read())

    def value(self, expression):
        """What EXPRESSION is, in the page."""
        done = self.ask("Runtime.evaluate", expression=expression,
                        returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise ValueError(str(done["exceptionDetails"])[:500])
        return done["result"].get("value")

    def scripts(self, allowed):
        self.ask("Emulation.setScriptExecutionDisabled", value=not allowed)

    def media(self, kind="", scheme="light"):
        self.ask("Emulation.setEmulatedMedia", media=kind, features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path, width=1300, height=1000):
        self.ask("Emulation.setDeviceMetricsOverride", width=width,
                 height=height, deviceScaleFactor=1, mobile=False)
        data = self.ask("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))

    def close(self):
        os.close(self.out)
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        os.close(self.inp)
        self.folder.cleanup()
