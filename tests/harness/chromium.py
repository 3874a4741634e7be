"""A real browser without a window, spoken to over two pipes; no library stands between."""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 60.0
"""Seconds after which what must come never comes, however slow the machine."""
_LOST = 5.0
"""Seconds after which a question is asked again: one that meets a page on its way out may stay unanswered."""
_PHONE = {"deviceScaleFactor": 1, "mobile": True}
_MOMENT = 0.02


class Browser:
    """One page of a browser that finds the address of the station on this computer."""

    def __init__(self, program: str, folder: Path, host: str) -> None:
        down, self._to = os.pipe()
        self._from, up = os.pipe()
        # Far above the two that the browser expects, so that neither is written over by the other.
        theirs = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 100) for each in (down, up)]
        words = [
            program, "--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--no-first-run",
            "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={folder}",
            f"--host-resolver-rules=MAP {host} 127.0.0.1", "about:blank",
        ]  # fmt: skip
        silence = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_RDWR, 0) for each in range(3)]
        pipes = [(os.POSIX_SPAWN_DUP2, theirs[0], 3), (os.POSIX_SPAWN_DUP2, theirs[1], 4)]
        # Not forked: a copy of a process whose threads hold locks may wait for them for ever.
        self._process = os.posix_spawn(program, words, os.environ, file_actions=[*silence, *pipes])
        for pipe in (down, up, *theirs):
            os.close(pipe)
        self._number, self._left = 0, b""
        self._session = ""
        self.paused: Callable[[dict[str, Any]], None] | None = None
        """What is done with a request that is held up."""
        targets = self.call("Target.getTargets")["targetInfos"]
        target = next(each["targetId"] for each in targets if each["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        self.as_large_as()

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """What the browser answers."""
        found = self._ask(method, params, PATIENCE)
        assert found is not None, f"no answer to {method} {params}"
        return found

    def _ask(self, method: str, params: dict[str, Any], patience: float) -> dict[str, Any] | None:
        number, end = self._send(method, params), time.monotonic() + patience
        while (message := self._receive(end)) is not None:
            if message.get("id") == number:
                assert "error" not in message, (method, message)
                result: dict[str, Any] = message["result"]
                return result
        return None

    def _send(self, method: str, params: dict[str, Any]) -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        return self._number

    def _receive(self, end: float) -> dict[str, Any] | None:
        while b"\0" not in self._left:
            if not select.select([self._from], [], [], max(0, end - time.monotonic()))[0]:
                return None
            chunk = os.read(self._from, 1 << 16)
            assert chunk, "the browser is gone"
            self._left += chunk
        line, _, self._left = self._left.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if message.get("method") == "Fetch.requestPaused" and self.paused:
            self.paused(message["params"])
        return message

    def as_large_as(self, width: int = 390, height: int = 844) -> None:
        """Make the screen so large."""
        self.call("Emulation.setDeviceMetricsOverride", **_PHONE | {"width": width, "height": height})

    def hold(self, pattern: str, decide: Callable[[str], tuple[str, dict[str, Any]]]) -> None:
        """Decide of each request whose address fits what becomes of it: a method of Fetch, and its values."""

        def paused(held: dict[str, Any]) -> None:
            method, values = decide(held["request"]["method"])
            self._send(method, {"requestId": held["requestId"], **values})

        self.paused = paused
        self.call("Fetch.enable", patterns=[{"urlPattern": pattern}])

    def let_go(self) -> None:
        """Hold no request up any more."""
        self.paused = None
        self.call("Fetch.disable")

    def js(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return found["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + PATIENCE
        question = f"(() => {{ try {{ return !!({expression}) }} catch (e) {{ return false }} }})()"
        while time.monotonic() < end:
            found = self._ask("Runtime.evaluate", {"expression": question, "returnByValue": True}, _LOST)
            if found is not None and found["result"].get("value"):
                return
            time.sleep(_MOMENT)
        raise AssertionError(f"never: {expression}\n{self.js('document.body.innerText')}")

    def open(self, address: str) -> None:
        """Open a page, and wait until its script ran."""
        self.js("window.leaving = true")
        self.call("Page.navigate", url=address)
        self.until("!window.leaving && document.readyState === 'complete'")

    @property
    def text(self) -> str:
        """What a person sees."""
        return str(self.js("document.body.innerText"))

    @property
    def word(self) -> str:
        """The word on the screen."""
        return str(self.js("document.querySelector('.word .text')?.innerText ?? ''"))

    def fill(self, form: str, field: str, value: str) -> None:
        """Type into a field of a deed's form."""
        place = f'form[action$="/{form}"] [name={field}]'
        self.js(
            f"(() => {{ const f = document.querySelector({place!r}); f.value = {json.dumps(value)};"
            " f.dispatchEvent(new Event('input', {bubbles: true})); })()"
        )

    def tap(self, form: str, times: int = 1) -> None:
        """Tap the button of a deed's form."""
        self.js(
            f"(() => {{ const b = document.querySelector('form[action$=\"/{form}\"] button');"
            f" for (let n = 0; n < {times}; n++) b.click(); }})()"
        )

    def offline(self, is_off: bool) -> None:
        """Take the network away, or give it back."""
        self.call(
            "Network.emulateNetworkConditions",
            offline=is_off,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    def picture(self) -> bytes:
        """The screen as a PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def close(self) -> None:
        """End it."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        for pipe in (self._to, self._from):
            os.close(pipe)


@contextmanager
def browser(folder: Path, host: str) -> Iterator[Browser]:
    """A browser, ended in the end."""
    assert PROGRAM is not None
    opened = Browser(PROGRAM, folder / "chromium", host)
    try:
        yield opened
    finally:
        opened.close()
