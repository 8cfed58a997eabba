"""Against Postfix as Debian ships it: TLS, each mailbox once, and what it refuses."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mail.crowd import run
from mail.postfix import letters_of, postfix
from mail.servers import Running
from safeplan.mail.errors import SmtpError
from safeplan.mail.secret import read_server
from safeplan.mail.smtp import Courier

pytestmark = [
    pytest.mark.debian,
    pytest.mark.skipif(os.geteuid() != 0, reason="Postfix begins as root"),
]
OFFICERS = 100


@pytest.fixture
def root() -> Iterator[Path]:
    """Give a folder whose path is short enough for Postfix's sockets."""
    with tempfile.TemporaryDirectory(prefix="pf", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def server(root: Path) -> Iterator[Running]:
    with postfix(root, OFFICERS) as running:
        yield running


def send(folder: Path, url: str, n: int) -> Counter[str]:
    return Counter(run(str(folder / "safeplan.db"), url, n, 60.0))


def test_each_mailbox_once_and_one_who_has_none_is_refused(root: Path, server: Running, tmp_path: Path) -> None:
    assert send(tmp_path, anonymous(server), OFFICERS + 1) == {"sent": OFFICERS, "refused": 1}
    assert send(tmp_path, anonymous(server), OFFICERS + 1) == {"before": OFFICERS, "refused": 1}
    assert letters_of(root, OFFICERS) == [1] * OFFICERS


def test_an_unknown_authority_or_the_wrong_scheme_sends_nothing(root: Path, server: Running) -> None:
    implicit = server.url("smtps", "", "").replace(":@", "")
    for url, code in ((anonymous(server, ca=False), "smtp-not-trusted"), (implicit, "smtp-no-tls")):
        with pytest.raises(SmtpError, match=code), Courier(read_server(url)) as courier:
            courier.envelope("safety@example.org", "o0@example.org")
    assert letters_of(root, OFFICERS) == [0] * OFFICERS


def anonymous(server: Running, *, ca: bool = True) -> str:
    """Give the URL without a name: Postfix takes letters for its own mailboxes from anybody."""
    return server.url("smtp+starttls", "", "", ca).replace(":@", "")
