"""Writes the tables of the example county: grids, people and 2,400 invented enterprises, the same bytes every time.

Run it as `python examples/generate_county.py [DIR]`; pure standard library. Nobody in it exists: county, towns and
villages are made up, and the names of firms and people are put together from the words of the example street.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generate_street import Dice
from street_words import BRANDS, EATERIES, GIVEN, SHOPS, SURNAMES

PLANS = Path(__file__).parent / "plans"
SEED = 20260301
TOWNS = ("云溪镇", "沙洲镇", "枫林镇", "石门镇", "太平镇", "河口镇", "柏山乡", "双井乡")
VILLAGES_OF_A_TOWN = 12
FIRST, SECOND = "柳桃石金白青龙凤云松竹梅", "塘溪岭湾桥坪坑垄"
"""A village is called by one sign of each: the first says which of its town, both together are given once."""

GRIDS = ("网格编号", "网格名称", "级别", "上级", "镇长", "安监", "食安", "网格员")
PEOPLE = ("工号", "姓名", "职务", "所属网格", "执法证号", "执法证有效期", "请假")
ENTERPRISES = (
    "企业编号", "企业名称", "监管类别", "行业类别", "所属村", "经度", "纬度", "从业人数", "标签", "标准化等级",
    "风险分值", "上次检查日期",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of the county: how many of each class, how they are called, what they are like.

    Names hold {brand}, {shop}, {boss} or {village}, and are taken in turn, as tags are.
    """

    name: str
    classes: dict[str, int]
    names: tuple[str, ...]
    tags: tuple[str, ...] = ("",)
    workers: tuple[int, int] = (2, 12)
    levels: tuple[str, ...] = ("",)


WORK = ("三级", "三级", "", "二级", "", "")
SECTORS = (
    Sector(
        "危险化学品", {"安A": 10, "安B": 26},
        ("禾川{brand}化工有限公司", "{village}加油站", "{village}液化气供应站", "禾川{brand}气体有限公司"),
        ("高危;重大危险源", "高危"), (5, 60), ("二级", "三级", "三级"),
    ),
    Sector("烟花爆竹", {"安A": 6, "安B": 14}, ("{village}烟花爆竹零售点", "禾川{brand}烟花有限公司"), ("高危",),
           (2, 8), ("三级", "")),
    Sector("建筑工地", {"安A": 8, "安B": 40}, ("禾川{brand}建设有限公司{village}项目部",), ("高危;高处作业",),
           (20, 140), ("三级", "", "二级")),
    Sector("机械加工", {"安A": 6, "安B": 60, "安C": 200}, ("禾川{brand}机械厂", "禾川{brand}五金有限公司",
           "禾川{brand}模具有限公司"), ("", "有限空间", "", "防汛重点"), (6, 150), WORK),
    Sector("木材家具", {"安B": 30, "安C": 90}, ("禾川{brand}家具厂", "禾川{brand}木业有限公司"),
           ("涉爆粉尘", "", ""), (5, 60), WORK),
    Sector("纺织服装", {"安B": 20, "安C": 120}, ("禾川{brand}制衣厂", "禾川{brand}针织有限公司"),
           ("", "劳动密集"), (10, 120), WORK),
    Sector("仓储物流", {"安B": 24, "安C": 70}, ("禾川{brand}物流有限公司", "禾川{brand}仓储有限公司"),
           ("", "防汛重点"), (4, 60), WORK),
    Sector("公众聚集场所", {"安A": 4, "安B": 60, "安C": 60}, ("{shop}宾馆", "{shop}超市", "{shop}KTV", "{shop}网吧",
           "{shop}影院"), ("人员密集",), (4, 60)),
    Sector("汽车维修", {"安C": 152}, ("{village}{boss}师傅汽修店", "{shop}汽车修理厂"), ("", "", "防汛重点"), (2, 14)),
    Sector("食品生产", {"食C": 44, "食D": 26}, ("禾川{brand}食品有限公司", "禾川{brand}粮油有限公司",
           "禾川{brand}冷冻食品有限公司"), ("", "", "高危;涉氨制冷"), (8, 90)),
    Sector("小作坊", {"食B": 90, "食C": 70}, (
        "{village}{boss}记豆腐坊", "{village}榨油坊", "{village}{boss}氏酒坊",
           "{village}糕点坊"),
           ("", "节日重点")),
    Sector("餐饮", {"食A": 220, "食B": 220, "食C": 80}, ("{eat}饭店", "{eat}面馆", "{village}农家乐", "{eat}酒楼",
           "{village}{boss}记小炒"), ("", "", "", "节日重点"), (2, 30)),
    Sector("食品流通", {"食A": 320, "食B": 140}, ("{village}{shop}便利店", "{village}{shop}副食店",
           "{village}{shop}生鲜店"), ("", "", "", "", "节日重点"), (1, 9)),
    Sector("学校食堂", {"食C": 76, "食D": 24}, ("{village}小学食堂", "{village}幼儿园食堂", "{village}中学食堂"),
           ("学校食堂",), (3, 20)),
    Sector("养老食堂", {"食B": 40, "食C": 18}, ("{village}敬老院食堂", "{village}助餐点"), ("",), (2, 8)),
    Sector("农贸市场", {"食D": 20}, ("{village}农贸市场",), ("节日重点;人员密集",), (4, 16)),
    Sector("集体配餐", {"食D": 12}, ("禾川{brand}配餐有限公司", "禾川{brand}中央厨房"), ("节日重点",), (12, 60)),
)  # fmt: skip
RISK = {"安A": 60, "安B": 40, "安C": 20, "食A": 15, "食B": 30, "食C": 45, "食D": 60}


@dataclass(frozen=True, slots=True)
class Village:
    """A village: its id, name, town (from 0) and middle (latitude, longitude)."""

    id: str
    name: str
    town: int
    middle: tuple[float, float]


def villages() -> list[Village]:
    """Give the villages, town after town."""
    return [
        Village(
            f"v{town + 1}{place + 1:02d}",
            f"{FIRST[place]}{SECOND[(place + town) % len(SECOND)]}村",
            town,
            (28.10 + town // 4 * 0.14 + place // 4 * 0.03, 112.40 + town % 4 * 0.14 + place % 4 * 0.03),
        )
        for town in range(len(TOWNS))
        for place in range(VILLAGES_OF_A_TOWN)
    ]


def person(number: int) -> str:
    """Give the name of the nth person; no two are alike."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number // len(SURNAMES) + number * 7) % len(GIVEN)]


def people_and_grids() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Give the rows of PEOPLE and of GRIDS: each town has a head, three for work safety and three for food."""
    people: list[dict[str, str]] = []
    grids: list[dict[str, str]] = []

    def add(id_: str, title: str, **more: str) -> str:
        people.append(
            dict.fromkeys(PEOPLE, "") | {"工号": id_, "姓名": person(len(people)), "职务": title} | more,
        )
        return id_

    for number, town in enumerate(TOWNS, 1):
        grid = f"t{number}"
        head = add(f"{grid}-head", f"{town}{'乡' if town.endswith('乡') else '镇'}长")
        crews = {
            name: [
                add(
                    f"{grid}-{mark}{n}", f"{town}{office}", 所属网格=grid,
                    执法证号=f"4399{number}{code}{n}", 执法证有效期=f"202{8 + n % 2}-{number:02d}-28",
                    请假=leave_of(number, code, n),
                )
                for n in range(1, 4)
            ]
            for name, mark, office, code in (("安监", "a", "安监站", 1), ("食安", "f", "市场监管所", 2))
        }  # fmt: skip
        grids.append(
            {"网格编号": grid, "网格名称": town, "级别": "镇", "上级": "hechuan", "镇长": head}
            | {name: ";".join(ids) for name, ids in crews.items()}
        )
    for village in villages():
        keeper = add(f"{village.id}-k", f"{village.name}网格员")
        grids.append(
            {"网格编号": village.id, "网格名称": village.name, "级别": "村", "上级": f"t{village.town + 1}",
             "网格员": keeper}
        )  # fmt: skip
    return people, grids


def leave_of(town: int, code: int, n: int) -> str:
    """Give a week of leave, another one for everybody; in the last town two of three are away in April and May."""
    if town == len(TOWNS) and code == 1 and n > 1:
        return "2026-04-01/2026-06-30" if n == 2 else "2026-04-01/2026-05-31"
    month = 3 + (town * 3 + code * 2 + n) % 9
    return f"2026-{month:02d}-{8 + n:02d}/2026-{month:02d}-{12 + n:02d}"


def enterprises() -> Iterator[dict[str, str]]:
    """Give the rows of ENTERPRISES without their numbers, sector after sector."""
    dice, places, taken = Dice(SEED), villages(), set[str]()
    for sector in SECTORS:
        classes = [letter for letter, n in sector.classes.items() for _ in range(n)]
        for n, letter in enumerate(classes):
            village = places[dice.below(len(places))]
            name = free_name(sector.names[n % len(sector.names)], village, dice, taken)
            low, high = sector.workers
            latitude, longitude = (at + (dice.below(2400) - 1200) * 1e-5 for at in village.middle)
            yield {
                "企业名称": name,
                "监管类别": letter,
                "行业类别": sector.name,
                "所属村": village.name,
                "经度": f"{longitude:.5f}",
                "纬度": f"{latitude:.5f}",
                "从业人数": str(low + dice.below(high - low)),
                "标签": turn(sector.tags, n),
                "标准化等级": turn(sector.levels, n),
                "风险分值": str(RISK[letter] + dice.below(35)),
                "上次检查日期": f"2025-{9 + dice.below(4):02d}-{10 + dice.below(15):02d}",
            }


def turn(values: Sequence[str], n: int) -> str:
    """Give the nth of the values, over and over."""
    return values[n % len(values)]


def free_name(template: str, village: Village, dice: Dice, taken: set[str]) -> str:
    """Fill a name in until nobody else has it; a village's second canteen is called 第二."""
    for attempt in range(1000):
        name = template.format(
            brand=BRANDS[dice.below(len(BRANDS))],
            shop=SHOPS[dice.below(len(SHOPS))],
            eat=(EATERIES + SHOPS)[dice.below(len(EATERIES) + len(SHOPS))],
            boss=SURNAMES[dice.below(len(SURNAMES))],
            village=village.name.removesuffix("村") + ("", "第二", "第三", "第四")[min(attempt // 5, 3)],
        )
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError(f"no free name is left for {template}")


def table(headings: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    """Give a table as Excel writes it: UTF-8 with a BOM, CRLF."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def write(folder: Path) -> None:
    """Write the three tables into a folder."""
    people, grids = people_and_grids()
    order = {village.name: n for n, village in enumerate(villages())}
    rows = sorted(enterprises(), key=lambda row: order[row["所属村"]])
    numbered = [{"企业编号": f"HC{number:04d}", **row} for number, row in enumerate(rows, 1)]
    for name, headings, made in (
        ("county-people.csv", PEOPLE, people),
        ("county-grids.csv", GRIDS, grids),
        ("county-enterprises.csv", ENTERPRISES, numbered),
    ):
        (folder / name).write_bytes(table(headings, made))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else PLANS)
