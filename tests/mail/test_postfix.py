"""Against Postfix and Dovecot as Debian ships them: TLS and password, each mailbox once, and what is refused."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mail.crowd import run
from mail.office import WEEK, Office
from mail.postfix import Post, postfix
from mail.servers import PASSWORD, USER
from safeplan.mail.errors import SmtpError
from safeplan.mail.secret import read_server
from safeplan.mail.smtp import Courier

pytestmark = [
    pytest.mark.debian,
    pytest.mark.skipif(os.geteuid() != 0, reason="Postfix begins as root"),
]
OFFICERS = [f"o{n}" for n in range(100)]
OFFICE = ["zhao", "zhang", "sun", "qian", "li"]
"""Who of the office has an address that mail may go to."""
WAYS = {"starttls": "smtp+starttls", "tls": "smtps"}
"""The port → the scheme of its URL."""


@pytest.fixture
def post() -> Iterator[Post]:
    with (
        tempfile.TemporaryDirectory(prefix="pf", dir="/tmp") as folder,  # short enough for its sockets' paths
        postfix(Path(folder), [*OFFICERS, *OFFICE]) as running,
    ):
        yield running


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give an office that has issued a week."""
    made = Office(tmp_path)
    assert made.run("issue", "--week", WEEK) == 0
    return made


def url_of(post: Post, way: str, password: str = PASSWORD, *, ca: bool = True) -> str:
    running = {"starttls": post.starttls, "tls": post.tls}[way]
    return running.url(WAYS[way], password=password, ca=ca)


def send(folder: Path, url: str, n: int) -> Counter[str]:
    return Counter(run(str(folder / "safeplan.db"), url, n, 60.0))


def test_each_mailbox_once_and_one_who_has_none_is_refused(post: Post, tmp_path: Path) -> None:
    url, n = url_of(post, "starttls"), len(OFFICERS)
    assert send(tmp_path, url, n + 1) == {"sent": n, "refused": 1}
    assert send(tmp_path, url, n + 1) == {"before": n, "refused": 1}
    assert post.letters(OFFICERS) == [1] * n


@pytest.mark.parametrize("way", WAYS)
def test_an_office_mails_its_week_over_tls_with_a_password(post: Post, office: Office, way: str) -> None:
    office.secret.touch(mode=0o600)
    office.secret.write_text(url_of(post, way), encoding="utf-8")
    assert office.mail("--week", WEEK) == 1  # one officer's domain is not allowed
    assert office.mail("--week", WEEK) == 1
    assert post.letters(OFFICE) == [1] * len(OFFICE)
    assert post.letters(OFFICERS[:5]) == [0] * 5


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_password_sends_nothing_and_is_said_without_it(
    post: Post, office: Office, way: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFEPLAN_DEBUG", "1")
    office.secret.touch(mode=0o600)
    office.secret.write_text(url_of(post, way, "falsch-geheim"), encoding="utf-8")
    capfd.readouterr()
    assert office.mail("--week", WEEK) == 3
    said = "".join(capfd.readouterr())
    kept = b"".join(one.read_bytes() for one in office.folder.glob("safeplan.db*"))
    assert "name or password" in said
    for secret in ("falsch-geheim", f"{USER}:"):
        assert secret not in said and secret.encode() not in kept
    assert post.letters(OFFICE) == [0] * len(OFFICE)


def test_who_gives_no_password_is_refused(post: Post, tmp_path: Path) -> None:
    url = post.starttls.url("smtp+starttls", "", "").replace(":@", "")
    assert send(tmp_path, url, 2) == {"refused": 2}
    assert post.letters(OFFICERS[:2]) == [0, 0]


@pytest.mark.parametrize("way", WAYS)
def test_a_certificate_that_cannot_be_verified_is_refused(post: Post, way: str) -> None:
    with pytest.raises(SmtpError, match="smtp-not-trusted"), Courier(read_server(url_of(post, way, ca=False))) as one:
        one.envelope("safety@example.org", "o0@example.org")


def test_the_wrong_scheme_is_said(post: Post) -> None:
    url = post.starttls.url("smtps")
    with pytest.raises(SmtpError, match="smtp-no-tls"), Courier(read_server(url)) as courier:
        courier.envelope("safety@example.org", "o0@example.org")
