"""Files are written whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from safeplan.output import files
from safeplan.output.files import OutputError, OutputRefusedError, write_set, write_whole
from safeplan.words.output_errors import OUTPUT_ERRORS


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_all_and_respects_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.txt", b"all")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").read_bytes() == b"all"
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640
    assert names(tmp_path) == ["a.txt"]


def test_a_replaced_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def refuse_existing(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    return tmp_path / "a", {}


def refuse_link(tmp_path):
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "a").symlink_to(tmp_path / "target")
    return tmp_path / "a", {"force": True}


def refuse_dangling_link(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    return tmp_path / "a", {}


def refuse_input(tmp_path):
    (tmp_path / "plan.yaml").write_bytes(b"old")
    os.link(tmp_path / "plan.yaml", tmp_path / "a")  # the same file under another name
    return tmp_path / "a", {"force": True, "inputs": [tmp_path / "gone", tmp_path / "plan.yaml"]}


def refuse_folder(tmp_path):
    (tmp_path / "a").mkdir()
    return tmp_path / "a", {"force": True}


def refuse_pipe(tmp_path):
    os.mkfifo(tmp_path / "a")
    return tmp_path / "a", {"force": True}


def refuse_long_name(tmp_path):
    return tmp_path / ("很" * 100), {}


def fail_without_folder(tmp_path):
    return tmp_path / "none" / "a", {}


def fail_below_a_file(tmp_path):
    (tmp_path / "f").write_bytes(b"")
    return tmp_path / "f" / "a", {}


@pytest.mark.parametrize(
    ("prepare", "code", "exit_code"),
    [
        (refuse_existing, "exists", 2),
        (refuse_link, "is-link", 2),
        (refuse_dangling_link, "is-link", 2),
        (refuse_input, "is-input", 2),
        (refuse_folder, "not-a-file", 2),
        (refuse_pipe, "not-a-file", 2),
        (refuse_long_name, "name-too-long", 2),
        (fail_without_folder, "no-folder", 3),
        (fail_below_a_file, "no-folder", 3),
    ],
)
def test_what_would_lose_something_is_refused_and_leaves_nothing(tmp_path, prepare, code, exit_code):
    path, options = prepare(tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(OutputError) as refused:
        write_whole(path, b"new", **options)
    assert refused.value.code == code
    assert refused.value.exit_code == exit_code
    assert {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permission"),
        (errno.EIO, "write-failed"),
    ],
)
@pytest.mark.parametrize("call", ["open", "write", "fsync"])
def test_a_failing_disk_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, number, code, call):
    (tmp_path / "a").write_bytes(b"old")

    def fail(*_):
        raise OSError(number, "broken")

    monkeypatch.setattr(files.os, call, fail)
    with pytest.raises(OutputError) as failed:
        write_whole(tmp_path / "a", b"new", force=True)
    monkeypatch.undo()
    assert (failed.value.code, failed.value.exit_code) == (code, 3)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("call", ["write", "fsync", "close"])
def test_an_interrupt_leaves_nothing(tmp_path, monkeypatch, call):
    real = getattr(os, call)

    def interrupt(*arguments):
        monkeypatch.setattr(files.os, call, real)
        if call == "close":
            real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, call, interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", b"new")
    assert names(tmp_path) == []


def test_a_disk_that_takes_little_at_a_time_gets_all(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(files.os, "write", lambda descriptor, data: real(descriptor, bytes(data[:3])))
    write_whole(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_refuse", lambda *_: (tmp_path / "a").write_bytes(b"theirs"))
    with pytest.raises(OutputRefusedError) as refused:
        write_whole(tmp_path / "a", b"ours")
    assert refused.value.code == "exists"
    assert (tmp_path / "a").read_bytes() == b"theirs"
    assert names(tmp_path) == ["a"]


def test_a_disk_without_hard_links_is_written_too(tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(files.os, "link", no_links)
    write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    monkeypatch.setattr(files, "_refuse", lambda *_: None)
    with pytest.raises(OutputRefusedError):
        write_whole(tmp_path / "a", b"newer")
    assert names(tmp_path) == ["a"]


def test_a_set_is_written_whole_into_a_new_folder(tmp_path):
    write_set(tmp_path / "out", {"a": b"1", "b": b"2"})
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == {"a": b"1", "b": b"2"}


def test_a_set_of_which_one_exists_writes_none(tmp_path):
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(OutputRefusedError):
        write_set(tmp_path, {"a": b"1", "b": b"2"})
    assert names(tmp_path) == ["b"]


def test_a_set_that_does_not_fit_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    real, seen = os.write, []

    def full(descriptor, data):
        seen.append(data)
        if len(seen) > 1:
            raise OSError(errno.ENOSPC, "full")
        return real(descriptor, data)

    monkeypatch.setattr(files.os, "write", full)
    with pytest.raises(OutputError, match="disk-full"):
        write_set(tmp_path / "out", {"a": b"1", "b": b"2"})
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a"])
def test_a_set_stays_in_its_folder(tmp_path, name):
    with pytest.raises(ValueError, match="name of a file"):
        write_set(tmp_path, {name: b""})


def test_every_code_has_a_sentence():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(files.__file__).parent.rglob("*.py"))
    assert all(f'"{code}"' in source for code in OUTPUT_ERRORS)


@pytest.mark.debian
def test_a_disk_that_is_really_full_says_so(tmp_path):
    """A tmpfs of 64 kB in a mount space of its own; the system must allow one."""
    program = (
        "import sys; from pathlib import Path; from safeplan.output.files import *\n"
        "p = Path(sys.argv[1]); (p / 'a').write_bytes(b'old')\n"
        "try: write_whole(p / 'a', b'x' * 1_000_000, force=True)\n"
        "except OutputError as e: print(e.code, (p / 'a').read_bytes(), [f.name for f in p.iterdir()])"
    )
    script = f'mount -t tmpfs -o size=64k tmpfs "{tmp_path}" && exec "{sys.executable}" -c "$0" "{tmp_path}"'
    done = subprocess.run(["unshare", "-m", "bash", "-c", script, program], capture_output=True, text=True, check=True)
    assert done.stdout == "disk-full b'old' ['a']\n"
