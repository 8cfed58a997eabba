"""Presets lie under the plan: what wins, what is taken away, and where a value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reading.plans import SOUND, codes, read, spoilt
from safeplan.reading import presets
from safeplan.reading.limits import Limits
from safeplan.reading.presets import Preset, lay_presets_under, preset_names, read_preset
from safeplan.reading.yaml_tree import Mapping, Node, Sequence, place_of, plain, read_tree


def _tree(text: str, name: str = "plan.yaml") -> Mapping:
    tree, problems = read_tree(text.encode(), name, Limits())
    assert tree is not None and not problems
    return tree


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "one": "classes: {A: {label: a, visits: 1}, B: {visits: 2}}\n"
        "caps: [{name: x, per_year: 1}, {name: y, per_year: 2}]\n"
        "capacity: {slack: 5%}\nseasons: {s: [1, 2]}\n",
        "two": "classes: {A: {visits: 9, partial: full}}\ncaps: [{name: y, per_year: 7}, {name: z, per_year: 3}]\n",
    }
    monkeypatch.setattr(presets, "preset_names", lambda: tuple(texts))
    monkeypatch.setattr(
        presets, "read_preset", lambda name: Preset(name, "", texts[name], _tree(texts[name], f"preset:{name}"))
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "use: [one]", {"classes": {"A": {"label": "a", "visits": "1"}, "B": {"visits": "2"}}}, id="as it is"
        ),
        pytest.param(
            "use: [one]\nclasses: {A: {visits: 5}}",
            {"classes": {"A": {"visits": "5", "label": "a"}, "B": {"visits": "2"}}},
            id="mappings key by key",
        ),
        pytest.param(
            "use: [one]\ncaps: [{name: q}, {name: y, per_year: 5}]",
            {"caps": [{"name": "q"}, {"name": "y", "per_year": "5"}, {"name": "x", "per_year": "1"}]},
            id="lines by name, the plan's first",
        ),
        pytest.param("use: [one]\nseasons: {s: [3]}", {"seasons": {"s": ["3"]}}, id="other lists are replaced"),
        pytest.param(
            "use: [one]\nclasses: {A: {label: none}}",
            {"classes": {"A": {"visits": "1"}, "B": {"visits": "2"}}},
            id="none takes a key away",
        ),
        pytest.param(
            "use: [one]\nclasses: {A: none}", {"classes": {"B": {"visits": "2"}}}, id="none takes a class away"
        ),
        pytest.param(
            "use: [two]\nclasses: {A: {partial: none}}",
            {"classes": {"A": {"partial": "none", "visits": "9"}}},
            id="none is partial's own value",
        ),
        pytest.param(
            "use: [one]\ncaps: [{name: x, drop: true}]",
            {"caps": [{"name": "y", "per_year": "2"}]},
            id="drop takes a line away",
        ),
        pytest.param(
            "use: [one, two]",
            {
                "classes": {"A": {"visits": "9", "partial": "full", "label": "a"}, "B": {"visits": "2"}},
                "caps": [
                    {"name": "y", "per_year": "7"},
                    {"name": "z", "per_year": "3"},
                    {"name": "x", "per_year": "1"},
                ],
            },
            id="later presets before earlier",
        ),
        pytest.param(
            "use: [one, two]\nclasses: {A: none}", {"classes": {"B": {"visits": "2"}}}, id="none goes for all presets"
        ),
        pytest.param("where: none", {"where": "none"}, id="none stays where no preset has the key"),
    ],
)
def test_a_plan_lies_over_its_presets(shipped: None, text: str, expected: dict[str, Any]) -> None:
    merged, problems = lay_presets_under(_tree(text))
    assert problems == []
    found = plain(merged)
    assert isinstance(found, dict)
    assert {key: found[key] for key in expected} == expected
    assert [list(found[key]) for key in expected if isinstance(found[key], list)] == [
        list(value) for value in expected.values() if isinstance(value, list)
    ]


def test_every_value_keeps_where_it_comes_from(shipped: None) -> None:
    merged, _ = lay_presets_under(_tree("use: [one]\nclasses: {A: {visits: 5}}"))
    assert place_of(merged, ("classes", "A", "visits")).file == "plan.yaml"
    assert place_of(merged, ("classes", "A", "label")).file == "preset:one"
    assert place_of(merged, ("caps", 0)).line == 2


def test_a_line_that_no_preset_has_is_dropped_with_a_warning(shipped: None) -> None:
    merged, problems = lay_presets_under(_tree("use: [one]\ncaps: [{name: q, drop: true}]"))
    assert [one.code for one in problems] == ["nothing-to-drop"]
    assert [line["name"] for line in plain(merged)["caps"]] == ["x", "y"]  # type: ignore[call-overload,index]


def test_a_preset_is_suggested_for_one_that_is_not_there(tmp_path: Path) -> None:
    result = read(tmp_path, spoilt("period: 2026", "period: 2026\nuse: [seed-abcd]"))
    assert codes(result) == ["unknown-preset"]
    assert result.diagnostics[0].values["suggestion"] == "seed-abc"


_TEXT = frozenset({"about", "sources", "source", "verified", "name", "label", "checklist"})


def _numbers(node: Node, path: str, sourced: bool) -> Iterator[tuple[str, bool]]:
    """Give each value with a digit in it, and whether it or something around it says its source."""
    if isinstance(node, Mapping):
        here = sourced or {"source", "verified"} <= set(node.entries)
        for key, entry in node.entries.items():
            if key not in _TEXT:
                yield from _numbers(entry.value, f"{path}.{key}".lstrip("."), here)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _numbers(item, path, sourced)
    elif any(sign.isdigit() for sign in node.text):
        yield path, sourced


@pytest.mark.parametrize("name", preset_names())
def test_every_number_of_a_shipped_preset_has_a_source_and_says_whether_it_was_verified(name: str) -> None:
    preset = read_preset(name)
    assert preset.about
    entry = preset.tree.entries.get("sources")
    sources = plain(entry.value) if entry else []
    assert isinstance(sources, list)
    assert all(set(one) == {"of", "source", "verified"} for one in sources)
    said = [one["of"] for one in sources]
    numbers = list(_numbers(preset.tree, "", False))
    assert numbers
    assert [path for path, here in numbers if not here and not path.startswith(tuple(said))] == []
    assert [of for of in said if not any(path.startswith(of) for path, _ in numbers)] == []


@pytest.mark.parametrize("period", ["2026", "2025-07-01/2026-06-30"])
@pytest.mark.parametrize("name", preset_names())
def test_every_shipped_preset_lies_under_a_small_plan(name: str, period: str, tmp_path: Path) -> None:
    roles = "{lead: zhao, manager: [], supervisor: [], publicist: [], coordinator: sun}"
    text = SOUND.replace("period: 2026", f"period: {period}\nuse: [{name}]").replace("{lead: zhao}", roles)
    text = text.replace("seasons: {flood: 2026-05-15/2026-09-30}\n", "")
    result = read(tmp_path, text)
    assert result.plan is not None, result.diagnostics
    assert set(codes(result)) <= {"provisional-year"}


@pytest.mark.parametrize(
    ("name", "visits"),
    [
        ("seed-abc", {"A": "1 per month", "B": "1 per quarter", "C": "1 per half-year"}),
        ("food-risk-2016", {"A": "1 per year", "B": "1 per year", "C": "2 per year", "D": "3 per year"}),
        ("food-risk-maker-2022", {"A": "1 per 2 years", "B": "1 per year", "C": "2 per year", "D": "3 per year"}),
        ("food-2y-full", {"food": "1 per 2 years"}),
        (
            "small-industry-abcd",
            {"A": "1 per year", "B": "1 per half-year", "C": "1 per quarter", "D": "1 per month"},
        ),
    ],
)
def test_the_numbers_of_classes_are_those_of_their_sources(name: str, visits: dict[str, str]) -> None:
    classes = plain(read_preset(name).tree)["classes"]  # type: ignore[call-overload,index]
    assert {key: one["visits"] for key, one in classes.items()} == visits


def test_the_numbers_of_coal_are_those_of_henan() -> None:
    caps = plain(read_preset("coal-cap-henan").tree)["caps"]  # type: ignore[call-overload,index]
    assert [cap["per_year"] for cap in caps] == ["2", "4", "6", "4"]


def test_the_numbers_of_the_caps_are_those_published() -> None:
    caps = plain(read_preset("cap-work-safety-2025").tree)["caps"]  # type: ignore[call-overload,index]
    assert [cap["per_year"] for cap in caps] == [
        {"1": "2", "2": "4", "3": "8", "none": "12"},
        {"1": "1", "2": "2", "3": "4", "none": "6"},
    ]


def test_a_source_that_nobody_verified_is_not_said(tmp_path: Path) -> None:
    plan = read(tmp_path, spoilt("period: 2026", "period: 2026\nuse: [seed-abc, cap-work-safety-2025]")).plan
    assert plan is not None
    assert plan.file.classes["C"].source == ""
    assert plan.file.caps[1].source.startswith("应急〔2025〕11号")


@pytest.mark.parametrize(
    ("period", "spans"),
    [
        ("2026", ["2026-05-15/2026-09-30"]),
        ("2025-07-01/2026-06-30", ["2025-05-15/2025-09-30", "2026-05-15/2026-09-30"]),
        ("2025-10-01/2026-05-14", ["2025-05-15/2025-09-30"]),
        ("2025-11-01/2028-04-30", ["2026-05-15/2026-09-30", "2027-05-15/2027-09-30"]),
    ],
)
def test_a_flood_season_stands_in_each_year_that_the_period_touches(
    period: str, spans: list[str], tmp_path: Path
) -> None:
    text = SOUND.replace("period: 2026", f"period: {period}\nuse: [flood-henan]")
    text = text.replace("seasons: {flood: 2026-05-15/2026-09-30}\n", "")
    text = text[: text.index("pins:")]
    plan = read(tmp_path, text).plan
    assert plan is not None
    assert [str(span) for span in plan.file.seasons["flood"]] == spans


def test_a_season_that_is_wrong_is_said_at_its_place(tmp_path: Path) -> None:
    text = SOUND.replace("{flood: 2026-05-15/2026-09-30}", "{flood: [3月1日至5月31日, spring]}")
    (said,) = read(tmp_path, text.replace("period: 2026", "period: 2026-01-01/2028-12-31")).diagnostics[:1]
    assert (said.code, said.values["found"]) == ("bad-span", "spring")
    assert said.place is not None and said.place.column == text.splitlines()[3].index("spring") + 1
