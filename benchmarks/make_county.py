"""Write the plan and the register of an invented county, so that a year of 100,000 enterprises can be measured.

    python benchmarks/make_county.py --enterprises 100000 --out DIR

DIR gets plan.yaml and enterprises.csv. The same numbers give the same bytes: nothing is drawn by lot, place and class
follow from the number of the enterprise. 20 towns of 15 villages; each town has a team of its own (so 20 areas) with
as many officers as its visits need.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOWNS, VILLAGES = 20, 15
MINUTES, TRAVEL, MINUTES_PER_DAY = 40, 10, 360
VISITS_A_DAY = MINUTES_PER_DAY // (MINUTES + TRAVEL)
WORKING_DAYS_OF_A_MONTH = 14
"""Fewer than any month of 2026 has (February: 16, less leave), so that even a month's own visits find room."""
CLASSES = {"A": 2, "B": 13, "C": 85}
"""Percent of the enterprises in each class."""
A_MONTH = {"A": 1.0, "B": 1 / 3, "C": 1 / 6}
"""Visits a month of one enterprise: monthly, quarterly, half-yearly."""
PEOPLE = {"A": 2, "B": 1, "C": 1}
SPARE = 1.25
"""Officers beyond what the visits need: leave, and pairs that wait for each other."""
SECTORS = ("chemicals", "catering", "machinery", "food-retail", "storage", "textiles", "workshop")
HEADINGS = "企业编号,企业名称,管理分类,行业类别,所属网格,经度,纬度,从业人数,状态,上次检查日期"


def main() -> None:
    """Read the arguments and write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    write_county(arguments.enterprises, arguments.out)


def write_county(count: int, folder: Path) -> None:
    """Write plan.yaml and enterprises.csv of `count` enterprises into `folder`, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    loads = [Counter[str]() for _ in range(TOWNS)]
    with (folder / "enterprises.csv").open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADINGS + "\n")
        for firm in firms(count):
            loads[firm.town][firm.class_] += 1
            file.write(firm.line() + "\n")
    (folder / "plan.yaml").write_text("\n".join(plan_lines(loads)) + "\n", encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class Firm:
    """One enterprise, by its number."""

    number: int
    town: int
    village: int
    class_: str

    def line(self) -> str:
        """Give its row of the register."""
        # Two primes that share nothing with the grid scatter the firms over their village without a pattern.
        east, north = self.number * 7919 % 2000, self.number * 6101 % 2000
        longitude = 112 + self.town % 5 * 0.12 + self.village % 5 * 0.022 + east * 1e-5
        latitude = 30 + self.town // 5 * 0.12 + self.village // 5 * 0.022 + north * 1e-5
        return (
            f"E{self.number:07d},{town_name(self.town)}第{self.number}号企业,{self.class_},"
            f"{SECTORS[self.number % len(SECTORS)]},{village_id(self.town, self.village)},"
            f"{longitude:.5f},{latitude:.5f},{1 + self.number * 31 % 90},在营,"
            f"2025-{10 + self.number % 3}-{9 + self.number % 5:02d}"
        )


def firms(count: int) -> Iterator[Firm]:
    """Give the enterprises: villages in turn, classes in their exact share of every hundred."""
    # 37 shares no factor with 100, so each hundred holds every rest once and the classes lie scattered in it.
    for number in range(1, count + 1):
        rest, block = number * 37 % 100, (number - 1) // 100
        class_ = "A" if rest < CLASSES["A"] else "B" if rest < CLASSES["A"] + CLASSES["B"] else "C"
        # The block moves the towns on, else a town would hold the same rests, and so the same classes, for ever.
        place = (number + block) % (TOWNS * VILLAGES)
        yield Firm(number, place % TOWNS, place // TOWNS, class_)


def officers_needed(load: Counter[str]) -> int:
    """Give how many officers a town with so many enterprises of each class needs, at least four."""
    officer_visits = sum(n * A_MONTH[class_] * PEOPLE[class_] for class_, n in load.items())
    return max(4, math.ceil(SPARE * officer_visits / (WORKING_DAYS_OF_A_MONTH * VISITS_A_DAY)))


def plan_lines(loads: list[Counter[str]]) -> Iterator[str]:
    """Give the lines of the plan for the towns' loads."""
    yield from ("safeplan: 1", "name: 基准县2026年监督检查计划", "period: 2026", "coordinates: gcj02")
    yield from (f"travel: {{minutes: {TRAVEL}}}", "classes:")
    for class_, visits in {"A": "1 per month", "B": "1 per quarter", "C": "1 per half-year"}.items():
        yield (
            f"  {class_}: {{label: {class_}类, visits: {visits}, family: patrol, minutes: {MINUTES}, "
            f"people: {PEOPLE[class_]}}}"
        )
    yield "teams:"
    yield from (f"  - {{id: team{t:02d}, name: {town_name(t)}中队}}" for t in range(TOWNS))
    yield "grids:"
    yield "  - {id: county, name: 基准县, level: 县}"
    for t in range(TOWNS):
        yield f"  - {{id: town{t:02d}, name: {town_name(t)}, level: 镇, parent: county}}"
        for v in range(VILLAGES):
            name = f"{town_name(t)}第{v + 1}村"
            yield f"  - {{id: {village_id(t, v)}, name: {name}, level: 村, parent: town{t:02d}}}"
    yield "officers:"
    for t, load in enumerate(loads):
        for n in range(1, officers_needed(load) + 1):
            leave = f"2026-{3 + (t + n) % 9:02d}-{9 + n % 4:02d}/2026-{3 + (t + n) % 9:02d}-{13 + n % 4:02d}"
            yield (
                f"  - {{id: p{t:02d}-{n:03d}, name: {town_name(t)}检查员{n}, grids: [town{t:02d}], "
                f'teams: [team{t:02d}], certificate: "42{t:02d}{n:04d}", leave: [{leave}]}}'
            )
    yield "enterprises:"
    yield "  - {file: enterprises.csv}"


def town_name(town: int) -> str:
    """Give a town's name."""
    return f"第{town + 1}镇"


def village_id(town: int, village: int) -> str:
    """Give a village's id."""
    return f"v{town:02d}-{village:02d}"


if __name__ == "__main__":
    main()
