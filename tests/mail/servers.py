"""A real SMTP server in this process (aiosmtpd): TLS, names and passwords, mailboxes, and faults on demand."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "roster", "8dX/?@: %#"
Fault = Callable[[str, int], str | None]
"""Given a recipient and how often it was named, the server's answer in place of 250, "drop" to hang up, or None."""


@dataclass
class Post:
    """What the server has taken: for each mailbox its letters; and what it is to do wrong."""

    boxes: dict[str, list[bytes]] = field(default_factory=dict)
    at_rcpt: Fault = lambda recipient, times: None
    at_data: Fault = lambda recipient, times: None
    after_data: Fault = lambda recipient, times: None
    named: dict[str, int] = field(default_factory=dict)
    logins: list[str] = field(default_factory=list)
    pause: float = 0.0
    """Seconds between a letter's arrival in its mailbox and the answer."""
    slow: float = 0.0
    """Seconds before the answer to each recipient, and between a letter's last byte and its arrival."""

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.slow)
        times = self.named[address] = self.named.get(address, 0) + 1
        answer = self.at_rcpt(address, times)
        if answer:
            return _drop(server) if answer == "drop" else answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.slow)
        (recipient,) = envelope.rcpt_tos
        times = self.named[recipient]
        answer = self.at_data(recipient, times)
        if answer:
            return _drop(server) if answer == "drop" else answer
        assert isinstance(envelope.content, bytes)
        self.boxes.setdefault(recipient, []).append(envelope.content)
        if self.pause:
            await asyncio.sleep(self.pause)
        answer = self.after_data(recipient, times)
        return (_drop(server) if answer == "drop" else answer) if answer else "250 OK"

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, found: Any) -> AuthResult:
        good = isinstance(found, LoginPassword) and found == LoginPassword(USER.encode(), PASSWORD.encode())
        if good:
            self.logins.append(mechanism)
        return AuthResult(success=good, handled=good)

    def letters(self, address: str) -> list[EmailMessage]:
        """Read the letters of a mailbox."""
        parsed = [message_from_bytes(one, policy=policy.default) for one in self.boxes.get(address, [])]
        assert all(isinstance(one, EmailMessage) for one in parsed)
        return parsed  # type: ignore[return-value]


def _drop(server: Any) -> str:
    server.transport.abort()
    return "421 gone"


class _Implicit(Controller):
    """TLS from the first byte; whether it answers is tried as a client would."""

    def _trigger_server(self) -> None:
        client = ssl.create_default_context()
        client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection((self.hostname, self.port), 5) as plain, client.wrap_socket(plain) as secure:
            secure.recv(1024)


@dataclass(frozen=True)
class Running:
    """A server that runs: where, and the file of the authority that vouches for it."""

    port: int
    authority: Path

    def url(self, scheme: str = "smtp+starttls", user: str = USER, password: str = PASSWORD, ca: bool = True) -> str:
        """Give the URL as a person would write it."""
        from urllib.parse import quote

        tail = f"?ca={quote(str(self.authority))}" if ca else ""
        return f"{scheme}://{quote(user, '')}:{quote(password, '')}@localhost:{self.port}{tail}"


@contextmanager
def served(post: Post, folder: Path, *, implicit: bool = False, name: str = "localhost") -> Iterator[Running]:
    """Run a server that wants TLS and a password, with a certificate for `name`."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    common: dict[str, Any] = {
        "hostname": "127.0.0.1",
        "port": free_port(),
        "authenticator": post.login,
        "auth_required": True,
        "ready_timeout": 20,
    }
    own = {"ssl_context": context} if implicit else {"tls_context": context, "require_starttls": True}
    if implicit:
        own["auth_require_tls"] = False  # it is TLS already; aiosmtpd looks for STARTTLS alone
    controller = (_Implicit if implicit else Controller)(post, **common, **own)
    controller.start()
    try:
        yield Running(controller.port, file)
    finally:
        controller.stop()


def free_port() -> int:
    """Give a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port
