"""What the tests of the mail room share: a mail server in this process, what it has taken, and a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.server import Server
from mail.servers import Post, Running, served


@pytest.fixture
def post() -> Post:
    """Give the mailboxes, and the faults, of the server."""
    return Post()


@pytest.fixture
def server(post: Post, tmp_path: Path) -> Iterator[Running]:
    """Run the server."""
    with served(post, tmp_path) as running:
        yield running


@pytest.fixture
def database() -> Iterator[str]:
    """Give the URL of an empty database."""
    made = Server()
    try:
        made.start()
        yield made.new_database()
    finally:
        made.remove()
