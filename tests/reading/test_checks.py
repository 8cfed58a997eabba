"""Checks over the whole plan: people, rules, caps, credit codes, years without an announcement."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from reading.plans import SOUND, codes, read, spoilt
from safeplan.reading.check_register import check_digits
from safeplan.reading.names import lookup
from safeplan.terms.diagnostic import TermError

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text(_ALPHABET, min_size=17, max_size=17), st.sampled_from(_ALPHABET))
def test_the_check_digit_is_the_one_of_the_standard(first: str, last: str) -> None:
    right = str(uscc.calc_check_digit(first))
    found = check_digits(pl.Series([first + right, first + last, (first + right).lower()])).to_list()
    assert found == [True, last == right, True]


@pytest.mark.parametrize("code", ["", "123", "91420000MA4K00000I", "九一四二〇〇〇〇MA4K00000K"])
def test_what_is_no_credit_code_has_no_right_check_digit(code: str) -> None:
    assert check_digits(pl.Series([code])).to_list() == [False]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "family: inspection", "family: inspection, skills: [hazmat]", ["no-crew"], id="a skill nobody has"
        ),
        pytest.param("family: inspection", "family: inspection, people: 3", ["no-crew"], id="too few people"),
        pytest.param(
            "family: inspection", "family: inspection, by: lead", ["no-crew"], id="a single lead and an inspection"
        ),
        pytest.param("family: inspection", "family: patrol, by: lead", [], id="a single lead and a patrol"),
        pytest.param("family: inspection", "family: self-check, people: 0", [], id="nobody goes to a self-check"),
        pytest.param(
            '"42000002"}', "{number: 1, expires: 2025-12-31}}", ["no-crew", "certificate-expired"], id="expired"
        ),
        pytest.param(
            "by: coordinator", "by: lead", ["officer-without-rules"], id="an officer whom a team's cover leaves out"
        ),
        pytest.param("1 per quarter", "6 per year", [], id="as many visits as the cap"),
        pytest.param("1 per quarter", "7 per year", ["class-above-cap"], id="one more than the cap"),
        pytest.param(
            "1 per quarter, family: inspection", "12 per year, family: patrol", [], id="patrols do not count to caps"
        ),
    ],
)
def test_a_plan_is_checked(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(read(tmp_path, spoilt(old, new))) == expected


def test_a_class_above_its_cap_is_said_once_with_how_many(tmp_path: Path) -> None:
    text = spoilt("1 per quarter", "12 per year").replace("class: A, grid", "class: B, grid")
    found = [one for one in read(tmp_path, text).diagnostics if one.code == "class-above-cap"]
    assert [(one.values["wants"], one.values["n"], one.values["cap"]) for one in found] == [("12", 2, 6)]


def test_a_provisional_year_is_said_once_and_names_what_rests_on_it(tmp_path: Path) -> None:
    text = SOUND + "campaigns: [{name: 冬防, phases: [{from: 2026-12-01, to: 2027-01-31, visits: 1}]}]\n"
    found = [one for one in read(tmp_path, text).diagnostics if one.code == "provisional-year"]
    assert [(one.values["year"], one.values["found"]) for one in found] == [(2027, ("冬防",))]


def test_an_announcement_in_the_plan_makes_a_year_certain(tmp_path: Path) -> None:
    text = spoilt("period: 2026", "period: 2027\ncalendar: {statutory: {2027: {days_off: [2027-01-01/2027-01-03]}}}")
    assert "provisional-year" not in codes(read(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "code"),
    [("A", 0), ("a", 0), ("Ａ", 0), ("A类", 0), ("甲", 0), ("甲类", 0), ("B级", 1), ("高风险", 2), ("D", 2)],
)
def test_a_class_is_meant_however_it_is_written(text: str, code: int) -> None:
    assert lookup("class", ["A", "B", "D"], ["A类", "", "高风险"]).find(text) == code


def test_a_class_of_ones_own_goes_before_a_likeness() -> None:
    known = lookup("class", ["A", "甲"], ["", ""])
    assert (known.find("A"), known.find("甲")) == (0, 1)
    with pytest.raises(TermError, match="unknown-class"):
        known.find("甲类")


def test_spellings_that_were_met_are_known_afterwards() -> None:
    known = lookup("grid", ["dong"], ["东村"])
    assert known.find("ＤＯＮＧ") == 0
    assert known.codes == {"dong": 0, "东村": 0, "ＤＯＮＧ": 0}


def test_a_name_that_several_have_means_none() -> None:
    known = lookup("officer", ["a", "b"], ["王强", "王强"])
    with pytest.raises(TermError, match="ambiguous-name"):
        known.find("王强")
