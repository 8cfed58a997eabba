"""What is said about a register: columns, villages, classes, the town, and the questions that stay open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from safeplan.reading.limits import Limits
from safeplan.work.register_columns import Question, nobody
from safeplan.work.register_draft import Draft, draft_register
from safeplan.work.register_sheet import RegisterError, find_register
from work.registers import credit_code, named, rows, write_csv, write_office_xlsx, write_xlsx


def drafted(tmp_path: Path, made: list[dict[str, Any]], answers: dict[str, str] | None = None) -> Draft:
    """Draft a plain register; questions are answered by their code."""

    def ask(question: Question) -> str:
        return (answers or {}).get(question.code, question.default)

    return draft_register(find_register(write_xlsx(tmp_path / "台账.xlsx", made), Limits()), ask, "本镇")


def test_known_headings_need_no_word(tmp_path: Path) -> None:
    draft = drafted(tmp_path, rows())
    assert (draft.columns, draft.aside, draft.sheet, draft.header) == ((), (), None, None)
    assert draft.has_classes and draft.has_grids and not draft.has_coordinates


def test_nothing_is_asked_where_the_register_says_it(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(question: Question) -> str:
        asked.append(question.code)
        return question.default

    draft_register(find_register(write_office_xlsx(tmp_path / "a.xlsx", rows()), Limits()), ask, "本镇")
    assert asked == []


def test_what_is_guessed_is_said_with_examples(tmp_path: Path) -> None:
    draft = drafted(tmp_path, named(rows(), 类别="风险", 所属村="所在"))
    assert {(one.heading, one.field, one.why) for one in draft.columns} == {
        ("风险", "class", "guessed"),
        ("所在", "grid", "guessed"),
    }
    assert draft.columns[0].examples


def test_a_column_that_the_clerk_names_is_taken(tmp_path: Path) -> None:
    made = named(rows(类别=["01", "02"]), 类别="监管码")
    assert not drafted(tmp_path, made).has_classes
    draft = drafted(tmp_path, made, {"class-column": "监管码"})
    assert [(one.heading, one.why) for one in draft.columns] == [("监管码", "said")]
    assert [one.id for one in draft.classes] == ["01", "02"]


def test_of_two_columns_of_one_meaning_the_one_that_looks_so_is_taken(tmp_path: Path) -> None:
    draft = drafted(tmp_path, named(rows(企业类别=["有限公司", "个体户"], 风险等级=["A", "B"]), 类别=None))
    assert [(one.heading, one.field, one.why) for one in draft.columns] == [("风险等级", "class", "chosen")]


def test_a_column_of_many_texts_is_no_class(tmp_path: Path) -> None:
    draft = drafted(tmp_path, rows(30, 类别=[f"第{n}种" for n in range(30)]))
    assert not draft.has_classes
    assert [(one.heading, one.why, one.n) for one in draft.aside] == [("类别", "many-classes", 30)]


@pytest.mark.parametrize(
    ("codes", "why", "n"),
    [([914200001234567890], "rounded", 6), ([credit_code(1), credit_code(1), None], "repeated", 4)],
    ids=["a spreadsheet cut them off", "several enterprises share one"],
)
def test_codes_that_would_stop_the_plan_are_set_aside(tmp_path: Path, codes: list[Any], why: str, n: int) -> None:
    draft = drafted(tmp_path, rows(6, 统一社会信用代码=codes))
    assert [(one.field, one.why, one.n) for one in draft.aside] == [("credit_code", why, n)]
    assert len(draft.diagnostics) == (n if why == "rounded" else 0)


def test_codes_are_kept_where_enterprises_have_numbers_of_their_own(tmp_path: Path) -> None:
    draft = drafted(tmp_path, rows(6, 统一社会信用代码=[credit_code(1)], 企业编号=[f"E{n}" for n in range(6)]))
    assert draft.aside == ()


def test_villages_are_listed_the_largest_first_and_other_spellings_lie_below_them(tmp_path: Path) -> None:
    draft = drafted(tmp_path, rows(12, 所属村=["东街村", "东街村", "东街村", "南门社区", "南门社区", "东 街村"]))
    assert [(one.id, one.name, one.level, one.n, one.like) for one in draft.villages] == [
        ("东街村", "东街村", "村", 6, None),
        ("南门社区", "南门社区", "社区", 4, None),
        ("东-街村", "东 街村", "村", 2, "东街村"),
    ]


def test_classes_are_those_that_the_plan_will_understand(tmp_path: Path) -> None:
    draft = drafted(tmp_path, rows(12, 类别=["A类", "甲", "ｂ", "丁类", "重点", "A/B"]))
    assert [(one.id, one.label, one.n, one.preset, one.mixed) for one in draft.classes] == [
        ("A", "A类", 4, True, False),
        ("B", "B类", 2, True, False),
        ("D", "D类", 2, False, False),
        ("重点", "重点", 2, False, False),
        ("A-B", "A/B", 2, False, True),
    ]
    assert all(one.visits is None for one in draft.classes)


def test_a_letter_outside_the_preset_has_the_frequency_that_the_clerk_says(tmp_path: Path) -> None:
    draft = drafted(tmp_path, rows(4, 类别=["D"]), {"frequency": "2 per year"})
    assert [(one.id, one.visits) for one in draft.classes] == [("D", "2 per year")]


@pytest.mark.parametrize(
    ("made", "town", "known"),
    [
        (rows(6, 乡镇=["隆盛镇"]), "隆盛镇", True),
        (rows(6, 乡镇=["隆盛镇", "石桥镇"]), "本镇", False),
        (rows(6), "本镇", False),
    ],
    ids=["a column of one town", "a column of two towns", "nothing says it"],
)
def test_the_town_is_called_as_the_register_says(
    tmp_path: Path, made: list[dict[str, Any]], town: str, known: bool
) -> None:
    draft = drafted(tmp_path, made)
    assert (draft.town, draft.town_known) == (town, known)


def test_the_town_is_called_as_the_title_above_the_headings_begins(tmp_path: Path) -> None:
    draft = draft_register(find_register(write_office_xlsx(tmp_path / "a.xlsx", rows()), Limits()), nobody, "本镇")
    assert (draft.town, draft.town_level, draft.town_known) == ("隆盛镇", "镇", True)


def test_a_register_without_names_is_refused(tmp_path: Path) -> None:
    register = write_csv(tmp_path / "a.csv", [{"类别": "A", "所属村": "东街村"}, {"类别": "A", "所属村": "东街村"}])
    with pytest.raises(RegisterError) as refused:
        draft_register(find_register(register, Limits()), nobody, "本镇")
    assert [one.code for one in refused.value.diagnostics] == ["missing-column"]
