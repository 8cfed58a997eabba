"""Where the mail server is and how it lets one in: from SAFEPLAN_SMTP_URL, or from a file that only its owner reads."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote

from safeplan.work.errors import WorkError

URL_VARIABLE = "SAFEPLAN_SMTP_URL"
FILE_VARIABLE = "SAFEPLAN_SMTP_FILE"

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_MOST = 4096  # bytes of the file


class Security(StrEnum):
    """How the way to the server is kept secret; the values are the schemes of the URL."""

    TLS = "smtps"
    STARTTLS = "smtp+starttls"
    PLAIN = "smtp"  # only to this computer


_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """A mail server, and what it asks for. Its text shows host and port alone."""

    security: Security
    host: str
    port: int
    user: str = ""
    password: str = ""
    authority: Path | None = None
    """File with the certificate of the authority that vouches for the server, where the system does not know it."""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def __repr__(self) -> str:
        return f"Server({self})"


def find_server(file: Path | None, environ: Mapping[str, str]) -> Server:
    """Read the server from a file when one is named, else from the environment.

    Raises
    ------
    WorkError
        `no-smtp`: nothing says where it is. `smtp-file-not-there`, `smtp-file-open` (others may read it),
        `smtp-file-others` (it belongs to somebody else), `bad-smtp-url`, `smtp-in-the-clear`. None of them quotes it.
    """
    named = environ.get(FILE_VARIABLE)
    if file is None and environ.get(URL_VARIABLE):
        return read_server(environ[URL_VARIABLE])
    if file is None and not named:
        raise WorkError("no-smtp", url=URL_VARIABLE, file=FILE_VARIABLE)
    return read_server(_secret_of(file or Path(str(named))))


def read_server(url: str) -> Server:
    """Read smtp+starttls://user:password@host:587, or smtps://…; special characters of a password as %40.

    `?ca=FILE` names the certificate of an office's own authority.

    Raises
    ------
    WorkError
        `bad-smtp-url`; `smtp-in-the-clear`: without TLS, to another computer. Neither quotes the URL.
    """
    scheme, _, rest = url.strip().partition("://")
    place, _, query = rest.partition("?")
    credentials, _, address = place.rstrip("/").rpartition("@")
    host, colon, port = address.rpartition(":") if not address.endswith("]") else (address, "", "")
    if not colon:
        host = address
    user, _, password = (unquote(one) for one in credentials.partition(":"))
    if (
        scheme not in [*Security]
        or not _HOST.fullmatch(host)
        or (colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536))
        or not (user + password).isascii()
        or not (user + password).isprintable()
        or (bool(user) != bool(password))
    ):
        raise WorkError("bad-smtp-url")
    security, host = Security(scheme), host.strip("[]")
    if security is Security.PLAIN and not _is_here(host):
        raise WorkError("smtp-in-the-clear")
    authority = parse_qs(query).get("ca", [""])[-1]
    return Server(
        security, host, int(port) if colon else _PORTS[security], user, password, Path(authority) if authority else None
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret_of(path: Path) -> str:
    """Read the first line of a file that nobody else may read, nor have written."""
    if not path.is_file():
        raise WorkError("smtp-file-not-there", path=path)
    with path.open("rb") as stream:
        found = os.fstat(stream.fileno())  # of what was opened, whatever the name stands for by now
        if os.name == "posix":
            if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise WorkError("smtp-file-open", path=path)
            if found.st_uid not in (os.geteuid(), 0):
                raise WorkError("smtp-file-others", path=path)
        lines = stream.read(_MOST).decode("utf-8", "replace").splitlines()
    return lines[0].removeprefix(f"{URL_VARIABLE}=") if lines else ""
