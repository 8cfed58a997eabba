"""The example plans and the county of the benchmarks: well formed, consistent, made by scripts to the byte."""

from __future__ import annotations

import csv
import subprocess
import sys
from calendar import monthrange
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from chinese_calendar import is_workday
from stdnum.cn import uscc

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.file import PlanFile

ROOT = Path(__file__).parents[2]
PLANS = ROOT / "examples" / "plans"
SPELLINGS = {"a类": "A", "甲": "A", "b类": "B", "B类": "B", "c": "C", "C类": "C"}
SCHEDULED = (
    "safeplan name period language timezone coordinates use defaults calendar seasons travel classes caps limits "
    "capacity teams grids officers enterprises patrols pins mail modifiers campaigns quotas activities targets"
)
YEARLY = {"A": 12, "B": 4, "C": 2}
HEADINGS = {
    heading: field.alias or name
    for name, field in Enterprise.model_fields.items()
    for heading in (field.json_schema_extra or {}).get("headings", ())  # type: ignore[union-attr]
}


def plan(name: str) -> dict[str, Any]:
    return yaml.load((PLANS / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def register() -> list[dict[str, str]]:
    with (PLANS / "street-enterprises.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def class_of(row: dict[str, str]) -> str:
    return SPELLINGS.get(row["管理分类"], row["管理分类"])


@pytest.mark.parametrize("name", ["minimal.yaml", "street.yaml"])
def test_an_example_plan_is_read_by_the_plan_model(name: str) -> None:
    raw = plan(name)
    raw["enterprises"] = [line for line in raw["enterprises"] if "file" not in line]
    raw.pop("caps", None)  # its lines lie over a preset's and are whole only with it
    assert PlanFile.model_validate(raw, context={"year": 2026}).name


@pytest.mark.parametrize("name", ["minimal.yaml", "street.yaml"])
def test_an_example_plan_says_only_what_is_scheduled(name: str) -> None:
    assert set(plan(name)) <= set(SCHEDULED.split())


def test_every_reference_of_the_street_exists_and_ids_are_unique() -> None:
    raw = plan("street.yaml")
    ids = {kind: [line["id"] for line in raw[kind]] for kind in ("grids", "officers", "teams")}
    assert all(len(found) == len(set(found)) for found in ids.values())
    for grid in raw["grids"]:
        assert {grid.get("parent", "qingting")} <= set(ids["grids"])
        assert set(grid["roles"].values()) <= set(ids["officers"])
    for officer in raw["officers"]:
        assert set(officer.get("grids", [])) <= set(ids["grids"])
        assert set(officer.get("teams", [])) <= set(ids["teams"])
    roles = {role for grid in raw["grids"] for role in grid["roles"]}
    assert {patrol["by"] for patrol in raw["patrols"]} <= roles | set(ids["teams"])
    enterprises = {row["企业编号"] for row in register() if row["状态"] == "在营"}
    for pin in raw["pins"]:
        assert pin["enterprise"] in enterprises
        assert {*pin.get("officers", []), *pin.get("with", []), *pin.get("except", [])} <= set(ids["officers"])
    assert {row["所属社区"] for row in register()} <= {grid["name"] for grid in raw["grids"]}


def test_certificates_of_the_street_outlast_the_year_so_that_nothing_is_warned_of() -> None:
    dates = [
        date.fromisoformat(o["certificate"]["expires"]) for o in plan("street.yaml")["officers"] if "certificate" in o
    ]
    assert 8 <= len(dates) <= 12
    assert min(dates) > date(2026, 12, 31)


def test_the_register_has_the_classes_that_the_plan_was_sized_for() -> None:
    rows = register()
    assert len(rows) >= 320
    assert Counter(map(class_of, rows)) == {"A": 25, "B": 103, "C": 204}
    assert Counter(row["状态"] for row in rows)["停业"] == 3


@pytest.mark.parametrize("column", ["企业编号", "企业名称", "统一社会信用代码", "地址", "联系电话"])
def test_no_two_rows_of_the_register_share(column: str) -> None:
    assert [value for value, n in Counter(row[column] for row in register()).items() if n > 1] == []


def test_every_credit_code_of_the_register_passes_an_independent_check() -> None:
    assert [row["企业编号"] for row in register() if not uscc.is_valid(row["统一社会信用代码"])] == []


def test_every_heading_of_the_register_is_known_without_a_columns_line() -> None:
    assert [heading for heading in register()[0] if heading not in HEADINGS] == []


def test_enterprises_stand_together_by_community() -> None:
    spots: dict[str, list[tuple[float, float]]] = {}
    for row in register():
        spots.setdefault(row["所属社区"], []).append((float(row["纬度"]), float(row["经度"])))
    for community, found in spots.items():
        for axis in zip(*found, strict=True):
            assert max(axis) - min(axis) < 0.03, community  # three kilometres


@pytest.mark.parametrize("month", range(1, 13))
def test_85_percent_of_two_crews_hold_an_even_share_of_the_years_visits_in_every_month(month: int) -> None:
    raw = plan("street.yaml")
    travel = int(raw["travel"]["minutes"])
    minutes = {class_: int(line.get("minutes", 60)) + travel for class_, line in raw["classes"].items()}
    owed = sum(YEARLY[class_of(row)] / 12 * minutes[class_of(row)] for row in register() if row["状态"] == "在营")
    own = sum(  # the team's own patrols, a quarter of each falling in one month at most
        8 * (int(p["minutes"]) + travel) for p in raw["patrols"] if p["by"] == "xuncha" and p.get("days") != "holidays"
    )
    days = sum(is_workday(date(2026, month, day)) for day in range(1, monthrange(2026, month)[1] + 1))
    assert owed + own <= 0.85 * days * 2 * 360


def test_the_script_of_the_register_makes_the_committed_bytes_again(tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    subprocess.run([sys.executable, ROOT / "examples" / "generate_street.py", made], check=True)
    assert made.read_bytes() == (PLANS / "street-enterprises.csv").read_bytes()
    assert made.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_county_of_the_benchmark_is_the_same_twice_and_every_village_and_team_exists(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        script = ROOT / "benchmarks" / "make_county.py"
        subprocess.run([sys.executable, script, "--enterprises", "3000", "--out", folder], check=True)
    assert (folders[0] / "plan.yaml").read_bytes() == (folders[1] / "plan.yaml").read_bytes()
    assert (folders[0] / "enterprises.csv").read_bytes() == (folders[1] / "enterprises.csv").read_bytes()
    raw = yaml.load((folders[0] / "plan.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    with (folders[0] / "enterprises.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["管理分类"] for row in rows) == {"A": 60, "B": 390, "C": 2550}
    assert {row["所属网格"] for row in rows} <= {grid["id"] for grid in raw["grids"]}
    assert {o["teams"][0] for o in raw["officers"]} == {team["id"] for team in raw["teams"]}
    raw["enterprises"] = []
    PlanFile.model_validate(raw, context={"year": 2026})
