"""Drives Chromium over its DevTools pipe; nothing but the standard library and the browser itself."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --remote-debugging-pipe"
)
_KEYS = {
    "Tab": (9, ""),
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Space": (32, " "),
    "End": (35, ""),
    "Home": (36, ""),
    "ArrowUp": (38, ""),
    "ArrowDown": (40, ""),
}
"""Of each key that `Page.press` knows, its number and the text that it types."""
_SHIFT = 8  # Input.dispatchKeyEvent's bit


class Page:
    """One tab: what it asked of the network, what its scripts got wrong, and what it looks like."""

    def __init__(self, send: Any, receive: Any) -> None:
        self._send, self._receive, self._count, self._session = send, receive, 0, None
        self.requests: list[str] = []
        self.errors: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        """Send one command and give its result."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        self._send(message | ({"sessionId": self._session} if self._session else {}))
        return self._until(lambda reply: reply.get("id") == self._count).get("result")

    def open(
        self,
        path: Path,
        width: int,
        scheme: str = "light",
        media: str = "screen",
        *,
        fragment: str = "",
        scripts: bool = True,
    ) -> None:
        """Load a file at a width, in a colour scheme, for screen or print, with its scripts or without.

        To give the page that is open another fragment does not load it again, and this would wait for ever.
        """
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
        )
        self.call(
            "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}]
        )
        url = f"{path.as_uri()}#{fragment}" if fragment else path.as_uri()
        self._count += 1
        self._send({
            "id": self._count, "method": "Page.navigate", "params": {"url": url}, "sessionId": self._session,
        })  # fmt: skip
        self._until(lambda reply: reply.get("method") == "Page.loadEventFired")

    def evaluate(self, script: str) -> Any:
        """Give the value of a script's expression."""
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key and let it go, as a person at the keyboard does."""
        number, text = _KEYS[key]
        said = {
            "key": text if key == "Space" else key, "code": key, "windowsVirtualKeyCode": number,
            "modifiers": _SHIFT if shift else 0,
        }  # fmt: skip
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **said)
        self.call("Input.dispatchKeyEvent", type="keyUp", **said)

    def type(self, text: str) -> None:
        """Type a text, Chinese too, into what has the focus."""
        self.call("Input.insertText", text=text)

    def accessible(self) -> list[tuple[str, str]]:
        """Give the role and the name of everything that a screen reader is told of, in its order."""
        nodes = {node["nodeId"]: node for node in self.call("Accessibility.getFullAXTree")["nodes"]}
        waiting, told = [next(iter(nodes.values()))], []
        while waiting:
            node = waiting.pop()
            waiting += [nodes[child] for child in reversed(node.get("childIds", ())) if child in nodes]
            if not node["ignored"]:
                told.append((node["role"]["value"], node.get("name", {}).get("value", "")))
        return told

    def picture(self) -> bytes:
        """Give the whole page as PNG."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def paper(self) -> bytes:
        """Give the page as PDF, on the paper that its style asks for."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            reply = self._receive()
            match reply.get("method"):
                case "Network.requestWillBeSent":
                    self.requests.append(reply["params"]["request"]["url"])
                case "Runtime.exceptionThrown":
                    self.errors.append(str(reply["params"]["exceptionDetails"]))
                case "Log.entryAdded" if reply["params"]["entry"]["level"] == "error":
                    self.errors.append(reply["params"]["entry"]["text"])
            if "error" in reply:
                raise RuntimeError(reply["error"])
            if wanted(reply):
                return reply


@contextmanager
def chromium(profile: Path) -> Iterator[Page]:
    """Start Chromium with an empty profile, give a page, and end it."""
    command_out, command_in = os.pipe()
    answer_out, answer_in = os.pipe()
    # Chromium reads commands from descriptor 3 and answers on 4.
    script = f'exec chromium "$@" 3<&{command_out} 4>&{answer_in}'
    process = subprocess.Popen(
        ["bash", "-c", script, "chromium", *_FLAGS.split(), f"--user-data-dir={profile}"],
        pass_fds=(command_out, answer_in),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(command_out)
    os.close(answer_in)
    try:
        with os.fdopen(command_in, "wb", buffering=0) as commands, os.fdopen(answer_out, "rb") as answers:
            yield Page(lambda message: commands.write(json.dumps(message).encode() + b"\0"), lambda: _message(answers))
    finally:
        process.terminate()
        process.wait(20)


def _message(answers: Any) -> dict[str, Any]:
    read = bytearray()
    while (byte := answers.read(1)) != b"\0":
        if not byte:
            raise RuntimeError("Chromium has ended")
        read += byte
    message: dict[str, Any] = json.loads(read)
    return message
