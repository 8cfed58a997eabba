"""Disks that are full or refuse: a clear error with exit code 3, and nothing half-written."""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.acts import head, refused, writing
from ledger.conftest import NOW
from ledger.events import some
from ledger.server import Server
from safeplan.core.history import Head
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import Ledger, open_ledger

ROOT = os.geteuid() == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that belongs to somebody without rights."""
    made = Path(tempfile.mkdtemp(prefix="safeplan-ledger-"))
    if ROOT:
        shutil.chown(made, "nobody")
    yield made
    shutil.rmtree(made)


@contextmanager
def without_rights() -> Iterator[None]:
    """Act as a user whom the disk can refuse; root acts as nobody."""
    if not ROOT:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    if not ROOT:
        pytest.skip("only root can mount a small disk; the test of a limited file size does it in another way")
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], capture_output=True)
    if done.returncode:
        pytest.skip(f"this machine lets nobody mount: {done.stderr!r}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(ledger: Ledger) -> Head:
    """Append until the disk says no; gives the head after the last append that was acknowledged."""
    last = ledger.head()
    with refused("ledger-disk-full", "ledger-disk-fails"):
        for _ in range(5_000):
            ledger.append(some(40), who="li", now=NOW)
            last = ledger.head()
    assert last.events > 0
    assert last.events % 40 == 0
    return last


def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        (disk / "other").write_bytes(b"x" * 300_000)
        place = LedgerPlace(disk / "safeplan.db")
        with writing(place) as ledger:
            last = fill(ledger)
            assert ledger.head() == last
            assert ledger.verify().ok
            (disk / "other").unlink()
            assert ledger.append(some(1), who="li", now=NOW) == (last.events + 1,)
        assert head(place).events == last.events + 1


def test_a_disk_that_is_full_from_the_beginning(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        filler = disk / "other"
        with pytest.raises(OSError, match="No space"):
            filler.write_bytes(b"x" * 2_000_000)
        with refused("ledger-disk-full", "ledger-disk-fails", "ledger-cannot-open"):
            writing(LedgerPlace(disk / "safeplan.db"))
        filler.unlink()
        with writing(LedgerPlace(disk / "safeplan.db")) as ledger:
            assert ledger.append(some(2), who="li", now=NOW) == (1, 2)


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """The full disk of those who are not root: the system refuses to let any file grow."""
    place = LedgerPlace(tmp_path / "safeplan.db")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with writing(place) as ledger:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
            last = fill(ledger)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert ledger.head() == last
        assert ledger.append(some(1), who="li", now=NOW) == (last.events + 1,)
    assert head(place).events == last.events + 1


def test_a_full_disk_under_postgresql(server: Server, tmp_path: Path) -> None:
    with small_disk(server.folder / "small", 24) as disk:
        shutil.chown(disk, "nobody")
        disk.chmod(0o700)
        server.query(f"CREATE TABLESPACE small LOCATION '{disk}'")
        server.query("CREATE DATABASE full_disk TABLESPACE small")
        place = LedgerPlace(url=server.url("full_disk"))
        with writing(place) as ledger:
            (disk / "other").write_bytes(b"x" * 13_000_000)
            last = fill(ledger)
            assert ledger.head() == last
            (disk / "other").unlink()
            assert ledger.append(some(1), who="li", now=NOW)[0] == last.events + 1
        assert head(place).events == last.events + 1
        server.query("DROP DATABASE full_disk WITH (FORCE)")
        server.query("DROP TABLESPACE small")


def test_a_file_that_can_only_be_read(folder: Path) -> None:
    place = LedgerPlace(folder / "safeplan.db")
    with without_rights():
        with writing(place) as ledger:
            ledger.append(some(3), who="li", now=NOW)
        (folder / "safeplan.db").chmod(0o444)
        with refused("ledger-read-only"), writing(place) as ledger:
            ledger.append(some(1), who="li", now=NOW)
        assert head(place).events == 3


def test_a_folder_that_can_only_be_read(folder: Path) -> None:
    place = LedgerPlace(folder / "safeplan.db")
    with without_rights():
        with writing(place) as ledger:
            ledger.append(some(3), who="li", now=NOW)
        folder.chmod(0o555)
        (folder / "safeplan.db").chmod(0o444)
        with refused("ledger-read-only", "ledger-cannot-open"), writing(place) as ledger:
            ledger.append(some(1), who="li", now=NOW)
        assert head(place).events == 3
        with refused("ledger-cannot-open"):
            writing(LedgerPlace(folder / "other.db"))
        folder.chmod(0o755)


def test_a_file_of_somebody_else(folder: Path) -> None:
    place = LedgerPlace(folder / "safeplan.db")
    with without_rights():
        writing(place).close()
        (folder / "safeplan.db").chmod(0o000)
        for create in (False, True):
            with refused("ledger-cannot-open"):
                open_ledger(place, create=create)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    place = LedgerPlace(tmp_path / "nowhere" / "safeplan.db")
    assert open_ledger(place) is None
    with refused("no-ledger-folder"):
        writing(place)
