"""Handing letters to a mail server: TLS verified, then the name and password, then one dialogue a letter.

A dialogue has two parts. The envelope may be broken off at any time and nothing was sent. From the last byte of the
letter on the server may have taken it, whether its answer arrives or not; so whoever sends claims the letter between
the two.
"""

from __future__ import annotations

import smtplib
import ssl
from types import TracebackType
from typing import Self

from safeplan.mail.errors import Refused, SmtpError, Unsure
from safeplan.mail.secret import Security, Server

PATIENCE = 60.0
"""Seconds that each answer is waited for, but the last."""
LAST_PATIENCE = 600.0
"""Seconds that the answer to a whole letter is waited for: whoever gives up earlier sends many twice (RFC 5321,
4.5.3.2.6). The lease of the outbox is longer than all of a hand-over."""

_LOST = (smtplib.SMTPServerDisconnected, OSError)


class Courier:
    """A connection to a mail server; opened when it is first needed, and again when the server has closed it."""

    def __init__(self, server: Server, patience: float = PATIENCE, last_patience: float = LAST_PATIENCE) -> None:
        self._server = server
        self._patience, self._last_patience = patience, last_patience
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def envelope(self, sender: str, recipient: str) -> None:
        """Say from whom and to whom; a connection that the server has closed in the meantime is opened again.

        Raises
        ------
        Refused
            The server does not take it, for now or for ever.
        SmtpError
            `smtp-not-reached`, `smtp-no-tls`, `smtp-not-trusted`, `smtp-not-let-in`.
        """
        was_open = self._smtp is not None
        try:
            self._envelope(sender, recipient)
        except _LOST:
            self._drop()
            if not was_open:
                raise Refused("lost") from None
            try:
                self._envelope(sender, recipient)
            except _LOST:
                self._drop()
                raise Refused("lost") from None

    def hand_over(self, message: bytes) -> None:
        """Hand the letter over (lines end in CRLF) whose envelope was taken.

        Raises
        ------
        Refused
            The server has not taken it.
        Unsure
            The connection ended before the server had answered.
        """
        smtp = self._smtp
        assert smtp is not None, "no envelope"
        try:
            self._expect(smtp.docmd("DATA"), 354)
        except _LOST:
            self._drop()
            raise Refused("lost") from None
        try:
            smtp.send(_stuffed(message))
            answer = self._last_answer(smtp)
        except _LOST:
            self._drop()
            raise Unsure from None
        self._expect(answer, 250)

    def give_up(self) -> None:
        """Withdraw an envelope."""
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except _LOST:
                self._drop()

    def close(self) -> None:
        """Say good-bye; what was sent stays sent, whether the server answers or not."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._drop()
            self._smtp = None

    def _last_answer(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        assert smtp.sock is not None
        smtp.sock.settimeout(self._last_patience)
        answer = smtp.getreply()
        smtp.sock.settimeout(self._patience)
        return answer

    def _envelope(self, sender: str, recipient: str) -> None:
        smtp = self._smtp = self._smtp or self._opened()
        self._expect(smtp.mail(sender), 250)
        self._expect(smtp.rcpt(recipient), 250, 251, 252)

    def _expect(self, answer: tuple[int, bytes], *codes: int) -> None:
        """Raise Refused for another answer. Its text is not kept: servers quote addresses in it."""
        code = answer[0]
        if code in codes:
            return
        if code == 421 or code < 0:  # RFC 5321, 3.8: the server closes the connection
            self._drop()
        else:
            self.give_up()
        raise Refused(str(code) if code > 0 else "lost")

    def _opened(self) -> smtplib.SMTP:
        server, smtp = self._server, None
        try:
            smtp = self._connected(_context(server))
            if server.user:
                smtp.login(server.user, server.password)
        except ssl.SSLCertVerificationError:
            problem = "smtp-not-trusted"
        except smtplib.SMTPNotSupportedError:
            problem = "smtp-no-tls" if smtp is None else "smtp-not-let-in"
        except ssl.SSLError:
            problem = "smtp-no-tls"
        except smtplib.SMTPAuthenticationError:
            problem = "smtp-not-let-in"
        except (smtplib.SMTPException, OSError):
            problem = "smtp-not-reached"
        else:
            return smtp
        if smtp is not None:
            smtp.close()
        raise SmtpError(problem, server=str(server))

    def _connected(self, context: ssl.SSLContext) -> smtplib.SMTP:
        server = self._server
        if server.security is Security.TLS:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=self._patience, context=context)
        smtp = smtplib.SMTP(server.host, server.port, timeout=self._patience)
        if server.security is Security.STARTTLS:
            try:
                smtp.starttls(context=context)
            except BaseException:
                smtp.close()
                raise
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _context(server: Server) -> ssl.SSLContext:
    """Give what verifies the certificate and the name in it; TLS 1.2 at least."""
    context = ssl.create_default_context(cafile=server.authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _stuffed(message: bytes) -> bytes:
    """Double the dot that begins a line and end with one alone (RFC 5321, 4.5.2)."""
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    return (b"." if body.startswith(b".") else b"") + body.replace(b"\r\n.", b"\r\n..") + b".\r\n"
