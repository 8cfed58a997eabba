"""The way to the server: TLS is verified before anything is said, and a fault names no password."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from mail.servers import PASSWORD, USER, Post, served
from safeplan.mail.errors import SmtpError, Unsure
from safeplan.mail.secret import read_server
from safeplan.mail.smtp import Courier

MESSAGE = b"Subject: x\r\n\r\nhello\r\n"


def hand_over(url: str) -> None:
    with Courier(read_server(url), patience=5) as courier:
        courier.envelope("a@example.org", "b@example.org")
        courier.hand_over(MESSAGE)


def refusal(url: str) -> SmtpError:
    with pytest.raises(SmtpError) as refused:
        hand_over(url)
    said = f"{refused.value} {refused.value.values}"
    assert PASSWORD not in said and USER not in said and refused.value.exit_code == 3
    return refused.value


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp+starttls", False), ("smtps", True)])
def test_a_letter_arrives_over_tls_with_a_password(tmp_path: Path, scheme: str, implicit: bool) -> None:
    post = Post()
    with served(post, tmp_path, implicit=implicit) as server:
        hand_over(server.url(scheme))
    assert post.boxes == {"b@example.org": [MESSAGE]} and len(post.logins) == 1


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp+starttls", False), ("smtps", True)])
def test_an_unknown_authority_is_not_trusted(tmp_path: Path, scheme: str, implicit: bool) -> None:
    post = Post()
    with served(post, tmp_path, implicit=implicit) as server:
        assert refusal(server.url(scheme, ca=False)).code == "smtp-not-trusted"
    assert not post.boxes and not post.logins


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp+starttls", False), ("smtps", True)])
def test_a_certificate_for_another_name_is_not_trusted(tmp_path: Path, scheme: str, implicit: bool) -> None:
    post = Post()
    with served(post, tmp_path, implicit=implicit, name="mail.example.org") as server:
        assert refusal(server.url(scheme)).code == "smtp-not-trusted"
    assert not post.boxes and not post.logins


def test_a_wrong_password_is_not_let_in(tmp_path: Path) -> None:
    post = Post()
    with served(post, tmp_path) as server:
        assert refusal(server.url(password="falsch")).code == "smtp-not-let-in"


def test_a_server_without_tls_gets_no_password(tmp_path: Path) -> None:
    from aiosmtpd.controller import Controller

    post = Post()
    with served(post, tmp_path) as free:  # its port is free again afterwards
        port = free.port
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert refusal(f"smtp+starttls://{USER}:x@localhost:{port}").code == "smtp-no-tls"
    finally:
        controller.stop()


def test_tls_where_the_server_begins_in_the_clear_is_said(tmp_path: Path) -> None:
    post = Post()
    with served(post, tmp_path) as server:
        assert refusal(server.url("smtps")).code == "smtp-no-tls"
    assert not post.logins


def test_nobody_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert refusal(f"smtps://localhost:{port}").code == "smtp-not-reached"


def test_who_answers_and_then_says_nothing_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        courier = Courier(read_server(f"smtp+starttls://localhost:{port}"), patience=0.5)
        with pytest.raises(SmtpError, match="smtp-not-reached"):
            courier.envelope("a@example.org", "b@example.org")


def test_the_authority_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    post = Post()
    with served(post, tmp_path) as server:
        server.authority.unlink()
        assert refusal(server.url()).code == "smtp-not-reached"


@pytest.mark.parametrize(("last_patience", "arrives"), [(20.0, True), (0.3, False)])
def test_the_answer_to_a_whole_letter_is_waited_for_longer(tmp_path: Path, last_patience: float, arrives: bool) -> None:
    post = Post(pause=1.5)
    with served(post, tmp_path) as server, Courier(read_server(server.url()), 1.0, last_patience) as courier:
        courier.envelope("a@example.org", "b@example.org")
        if arrives:
            courier.hand_over(MESSAGE)
        else:
            with pytest.raises(Unsure):
                courier.hand_over(MESSAGE)
        courier.envelope("a@example.org", "c@example.org")
        courier.give_up()
