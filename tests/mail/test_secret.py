"""Where the mail server is and its password: read strictly, shown never."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from safeplan.mail.secret import Security, Server, find_server, read_server
from safeplan.work.errors import WorkError

SECRET = "geheim123"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        pytest.param(
            "smtp+starttls://u:p%40%2F%3A@mail.example.org:2525",
            Server(Security.STARTTLS, "mail.example.org", 2525, "u", "p@/:"),
            id="special characters",
        ),
        pytest.param(
            "smtps://a@b.org:x@y@mail.example.org",
            Server(Security.TLS, "mail.example.org", 465, "a@b.org", "x@y"),
            id="an address as the name, an @ in the password",
        ),
        pytest.param("smtp+starttls://h", Server(Security.STARTTLS, "h", 587), id="no name, the usual port"),
        pytest.param("smtp://127.0.0.1:2500/", Server(Security.PLAIN, "127.0.0.1", 2500), id="this computer"),
        pytest.param("smtp://[::1]", Server(Security.PLAIN, "::1", 25), id="this computer, IPv6"),
        pytest.param(
            "smtps://h?ca=/etc/a%20b.pem",
            Server(Security.TLS, "h", 465, authority=Path("/etc/a b.pem")),
            id="authority",
        ),
    ],
)
def test_a_url_is_read(url: str, server: Server) -> None:
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "", "mail.example.org", f"http://u:{SECRET}@h", f"smtps://u:{SECRET}@", f"smtps://u:{SECRET}@h:0",
        f"smtps://u:{SECRET}@h:99999", f"smtps://u:{SECRET}@h:2x", f"smtps://:{SECRET}@h", "smtps://u@h",
        f"smtps://u:{SECRET}%0d%0aQUIT@h", f"smtps://u:{SECRET}@h\r\nQUIT", f"smtps://u:密{SECRET}@h", "smtps://h h",
    ],
)  # fmt: skip
def test_a_bad_url_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(WorkError) as refused:
        read_server(url)
    assert refused.value.code == "bad-smtp-url" and not refused.value.values


@pytest.mark.parametrize("host", ["mail.example.org", "10.0.0.1", "localhost.example.org", "127.0.0.1.example.org"])
def test_in_the_clear_goes_to_this_computer_alone(host: str) -> None:
    with pytest.raises(WorkError, match="smtp-in-the-clear"):
        read_server(f"smtp://{host}")


def test_a_server_never_shows_its_password() -> None:
    server = read_server(f"smtps://boss:{SECRET}@h")
    assert SECRET not in f"{server} {server!r}" and "boss" not in f"{server!r}"


def file(folder: Path, mode: int = 0o600, text: str = f"smtps://u:{SECRET}@h\n") -> Path:
    path = folder / "smtp.secret"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize("text", [f"smtps://u:{SECRET}@h\n", f"SAFEPLAN_SMTP_URL=smtps://u:{SECRET}@h\r\n# more\n"])
def test_a_file_of_ones_own_is_read(tmp_path: Path, text: str) -> None:
    assert find_server(file(tmp_path, text=text), {}).password == SECRET
    assert find_server(None, {"SAFEPLAN_SMTP_FILE": str(tmp_path / "smtp.secret")}).password == SECRET


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o622, 0o644, 0o611])
def test_a_file_that_others_may_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(WorkError, match="smtp-file-open"):
        find_server(file(tmp_path, mode), {})


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path)
    os.chown(path, 4711, 4711)
    with pytest.raises(WorkError, match="smtp-file-others"):
        find_server(path, {})


@pytest.mark.parametrize("name", ["none", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkError, match="smtp-file-not-there"):
        find_server(tmp_path / name, {})


def test_an_empty_file_and_an_empty_environment_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match="bad-smtp-url"):
        find_server(file(tmp_path, text=""), {})
    with pytest.raises(WorkError, match="no-smtp"):
        find_server(None, {"SAFEPLAN_SMTP_URL": ""})


def test_a_named_file_comes_before_the_environment(tmp_path: Path) -> None:
    found = find_server(file(tmp_path), {"SAFEPLAN_SMTP_URL": "smtps://other"})
    assert found.host == "h"
