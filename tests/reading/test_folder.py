"""Included files stand below the plan's folder."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from safeplan.reading.folder import resolve_include
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.origin import Place

PLACE = Place("plan.yaml", 12, 11)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan's folder with a register beside it and one below, and a file outside."""
    (tmp_path / "outside.csv").write_text("x")
    plan = tmp_path / "plan"
    (plan / "表").mkdir(parents=True)
    (plan / "企业台账.xlsx").write_bytes(b"x")
    (plan / "表" / "人员.csv").write_text("x")
    return plan


def refused(folder: Path, name: str) -> Diagnostic:
    found = resolve_include(folder, name, PLACE)
    assert isinstance(found, Diagnostic), found
    assert found.place == PLACE
    return found


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("企业台账.xlsx", id="beside the plan"),
        pytest.param("./企业台账.xlsx", id="said to be here"),
        pytest.param("表/人员.csv", id="in a folder below"),
        pytest.param("表\\人员.csv", id="as Windows parts folders"),
        pytest.param("表/../企业台账.xlsx", id="down and up again"),
        pytest.param(" 企业台账.xlsx ", id="with spaces around"),
    ],
)
def test_a_file_in_or_below_the_folder_is_found(folder: Path, name: str) -> None:
    found = resolve_include(folder, name, PLACE)
    assert isinstance(found, Path)
    assert found.is_file()
    assert found.is_relative_to(folder.resolve())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../outside.csv", id="above"),
        pytest.param("..\\outside.csv", id="above, as Windows writes it"),
        pytest.param("表/../../outside.csv", id="above by a detour"),
        pytest.param("/etc/hostname", id="absolute"),
        pytest.param("C:\\企业台账.xlsx", id="on a drive"),
        pytest.param("..", id="the folder above"),
        pytest.param("../no-such.csv", id="above, and not there: nothing is said of what is there"),
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(folder: Path, name: str) -> None:
    assert refused(folder, name).code == "outside-folder"


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_followed(folder: Path) -> None:
    (folder / "out.csv").symlink_to(folder.parent / "outside.csv")
    (folder / "elsewhere").symlink_to(folder.parent)
    (folder / "in.csv").symlink_to(folder / "表" / "人员.csv")
    assert refused(folder, "out.csv").code == "outside-folder"
    assert refused(folder, "elsewhere/outside.csv").code == "outside-folder"
    assert resolve_include(folder, "in.csv", PLACE) == (folder / "表" / "人员.csv").resolve()


def test_a_link_in_a_circle_is_no_file(folder: Path) -> None:
    (folder / "a.csv").symlink_to(folder / "b.csv")
    (folder / "b.csv").symlink_to(folder / "a.csv")
    assert refused(folder, "a.csv").code == "no-such-file"


def test_a_missing_file_names_the_nearest_there(folder: Path) -> None:
    found = refused(folder, "企业台帐.xlsx")
    assert found.code == "no-such-file"
    assert found.values["suggestion"] == "企业台账.xlsx"


def test_a_missing_file_unlike_any_names_those_of_its_kind(folder: Path) -> None:
    (folder / "~$企业台账.xlsx").write_bytes(b"x")
    assert refused(folder, "register.xlsx").values["nearest"] == ("企业台账.xlsx",)


def test_a_suggestion_below_the_folder_can_be_written_as_it_stands(folder: Path) -> None:
    assert refused(folder, "表/人员1.csv").values["suggestion"] == "表/人员.csv"


@pytest.mark.parametrize("name", ["", "   ", "a\0b.csv", "没有/这个.csv", "x" * 300])
def test_what_cannot_be_a_file_is_not_there(folder: Path, name: str) -> None:
    assert refused(folder, name).code == "no-such-file"


def test_a_folder_and_a_pipe_are_no_tables(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    assert refused(folder, "表").code == "is-a-folder"
    assert refused(folder, "pipe.csv").code == "not-a-file"


def test_a_name_that_a_mac_wrote_in_other_code_points_is_found(folder: Path) -> None:
    (folder / unicodedata.normalize("NFD", "ガス.csv")).write_text("x")
    assert isinstance(resolve_include(folder, "ガス.csv", PLACE), Path)
