"""What is not set in a plan file, and what that means."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading.plans import codes, read, spoilt
from safeplan.core.schedule import schedule
from safeplan.reading.plan import ReadResult, read_plan
from safeplan.terms.diagnostic import Severity


def test_a_selector_left_open_chooses_nobody(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "safeplan: 1\nname: 试\nperiod: 2026\n"
        "officers: [{id: o1, name: 甲, certificate: '1'}]\n"
        "enterprises: [{id: E1, name: 厂, sector: fire}]\n"
        "campaigns:\n  - {name: 整治, where: {sector: xx}, phases: [{name: 一, from: 2026-03-02, to: 2026-03-06, "
        "visits: 1, family: patrol}]}\n",
        encoding="utf-8",
    )
    result = read_plan(path)
    assert {"placeholder", "empty-selector"} <= {one.code for one in result.diagnostics}
    assert result.plan is not None
    assert len(schedule(result.plan).obligations) == 0


def _read(tmp_path: Path, text: str) -> ReadResult:
    result = read(tmp_path, text)
    assert not [one for one in result.diagnostics if one.severity is Severity.ERROR], result.diagnostics
    return result


def _open(result: ReadResult) -> list[str]:
    return [str(one.values["found"]) for one in result.diagnostics if one.code == "placeholder"]


@pytest.mark.parametrize(
    ("holder", "held_by", "found"),
    [
        pytest.param("___", [], ["___"], id="nobody yet"),
        pytest.param("[zhao, xx]", ["zhao"], ["xx"], id="one of two"),
        pytest.param("{officer: xx, from: 2026-03-01}", [], ["xx"], id="known from when, not who"),
        pytest.param("[{officer: ××, from: 2026-03-01}, qian]", ["qian"], ["××"], id="one of two, dated"),
    ],
)
def test_a_role_without_a_holder_is_known_and_held_by_nobody(
    holder: str, held_by: list[str], found: list[str], tmp_path: Path
) -> None:
    text = spoilt("{lead: zhao}", f"{{lead: {holder}}}") + "activities: [{name: 会, every: year, owner: lead}]\n"
    result = _read(tmp_path, text)
    assert result.plan is not None
    assert [one.officer for one in result.plan.file.grids[0].roles["lead"]] == held_by
    assert _open(result) == found
    assert ("activity-without-owner" in codes(result)) == (not held_by)


@pytest.mark.parametrize("which", ["name: 钱小梅", "name: 中队", "name: 东村"])
def test_who_has_no_name_yet_is_called_by_id(which: str, tmp_path: Path) -> None:
    result = _read(tmp_path, spoilt(which, "name: xx"))
    assert result.plan is not None
    file = result.plan.file
    names = {one.id: one.name for one in (*file.officers, *file.teams, *file.grids)}
    assert [name for id_, name in names.items() if name == id_] == [
        {"name: 钱小梅": "qian", "name: 中队": "brigade", "name: 东村": "dong"}[which]
    ]
    assert _open(result) == ["xx"]


def test_a_line_of_placeholders_alone_is_not_there(tmp_path: Path) -> None:
    result = _read(tmp_path, spoilt("patrols:\n", "  - {id: xx, name: ___}\npatrols:\n"))
    assert result.plan is not None
    assert len(result.plan.file.officers) == 3
    assert _open(result) == ["xx", "___"]


def test_an_empty_name_is_a_mistake_and_no_placeholder(tmp_path: Path) -> None:
    assert "missing-key" in codes(read(tmp_path, spoilt("name: 钱小梅", "name: ''")))


@pytest.mark.parametrize(
    "span", ["20xx年xx月xx日—x月xx日", "12月1日——20xx年1月31日", "x月x日至x月x日", "2026-06-xx/2026-06-xx"]
)
def test_a_span_with_an_open_end_is_not_set(span: str, tmp_path: Path) -> None:
    text = spoilt("[2026-06-01/2026-06-30]", f"['{span}']") + (
        f"priorities: {{Q1: [{{name: 复工, window: '{span}', visits: 1, family: patrol}}]}}\n"
    )
    result = _read(tmp_path, text)
    assert result.plan is not None
    assert _open(result) == [span, span]
    assert result.plan.closed_sets == ((),)
    assert result.plan.file.priorities["Q1"][0].window is None
