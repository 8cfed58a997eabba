"""Writes plans/street-enterprises.csv, the register of the example street: invented firms, the same bytes every time.

Run it as `python examples/generate_street.py [FILE]`; pure standard library. Nobody in it exists: the city, its street
and its roads are made up, the credit codes carry the region 420199, which is not assigned, and the phone numbers
begin with 1380000.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from street_words import BRANDS, COMMUNITIES, EATERIES, GIVEN, SHOPS, SURNAMES, Road

REGISTER = Path(__file__).parent / "plans" / "street-enterprises.csv"
SEED = 20260101
REGION = "420199"
HEADINGS = (
    "企业编号", "企业名称", "统一社会信用代码", "管理分类", "行业类别", "所属社区", "地址", "经度", "纬度", "从业人数",
    "状态", "上次检查日期", "歇业日", "标签", "标准化等级", "联系人", "联系电话",
)  # fmt: skip

INDUSTRY = {"北垸社区": 7, "工农桥社区": 3, "石码头社区": 1}
SHOPPING = {
    "老粮道社区": 4, "汀兰社区": 4, "茶港口社区": 3, "望渡社区": 3, "桂子园社区": 3, "工农桥社区": 2, "石码头社区": 2,
    "北垸社区": 1,
}  # fmt: skip
EVERYWHERE = dict.fromkeys(COMMUNITIES, 1)


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of the street: how many of class A, B and C, how they are called, where they are, what they are like.

    Names hold {brand}, {shop} and {boss} (each used once), {road} and {place} (the community without 社区). They are
    taken in turn, A first, so the dangerous trades stand at the beginning. `tags` and `levels` are by class.
    """

    name: str
    classes: tuple[int, int, int]
    names: tuple[str, ...]
    places: dict[str, int]
    workers: tuple[int, int]
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    code: str = "91"
    closed: tuple[str, ...] = ("",)


LEVELS = {"A": ("二级", "三级", "三级", ""), "B": ("三级", "三级", ""), "C": ("三级", "", "", "")}
TERM_BREAKS = "2026-02-01/2026-02-28;2026-07-06/2026-08-31"
BUILDING_BREAK = "2026-02-09/2026-02-24"

SECTORS = (
    Sector(
        "危险化学品", (5, 8, 0),
        ("楚江{brand}化工有限公司", "楚能石油{road}加油站", "楚江{brand}工业气体有限公司", "{place}液化石油气供应站",
         "楚江{brand}涂料有限公司", "汀洲油品{road}加油站", "楚江{brand}化工贸易有限公司", "{place}农资农药经营部",
         "楚能石油{road}加油站", "楚江{brand}油漆经营部", "汀洲油品{road}加油站", "楚江{brand}氧气乙炔经营部",
         "楚江{brand}试剂有限公司"),
        {"北垸社区": 4, "工农桥社区": 2, "石码头社区": 1, "望渡社区": 1, "桂子园社区": 1}, (5, 48),
        {"A": ("高危;重大危险源", "高危"), "B": ("高危",)}, {"A": ("二级", "三级"), "B": ("三级", "三级", "")},
    ),
    Sector(
        "烟花爆竹", (1, 3, 0),
        ("楚江{brand}烟花爆竹批发有限公司", "{place}烟花爆竹零售点", "{place}烟花爆竹零售点", "{place}烟花爆竹零售点"),
        {"石码头社区": 1, "北垸社区": 1, "工农桥社区": 1, "茶港口社区": 1}, (2, 9),
        {"A": ("高危",), "B": ("高危",)}, {"A": ("三级",)},
    ),
    Sector(
        "建筑工地", (6, 5, 0),
        ("湖北{brand}建设有限公司（汀兰雅苑二期项目部）", "湖北{brand}建筑工程有限公司（北垸标准厂房项目部）",
         "湖北{brand}市政工程有限公司（沿江路改造项目部）", "湖北{brand}建设集团有限公司（桂园中学扩建项目部）",
         "湖北{brand}建筑工程有限公司（望渡安置房项目部）", "湖北{brand}路桥工程有限公司（工农桥加固项目部）",
         "湖北{brand}建筑装饰有限公司（文澜街商铺装修项目部）", "湖北{brand}园林工程有限公司（滨河公园项目部）",
         "湖北{brand}水利工程有限公司（石码头泵站项目部）", "湖北{brand}建设有限公司（人民路棚改项目部）",
         "湖北{brand}安装工程有限公司（创业大道管廊项目部）"),
        {}, (18, 160),
        {"A": ("高危;高处作业", "高危;高处作业;深基坑"), "B": ("高处作业",)}, {"A": ("二级", "三级", "")},
        closed=(BUILDING_BREAK, BUILDING_BREAK, ""),
    ),
    Sector(
        "公众聚集场所", (3, 20, 8),
        ("{place}购物中心", "{place}农贸市场", "楚江{brand}大酒店", "{place}农贸市场", "{brand}宾馆", "{shop}量贩KTV",
         "{shop}网咖", "{brand}国际影城", "{shop}浴池", "{place}生鲜超市", "{brand}商务酒店", "{shop}健身馆",
         "{shop}棋牌室", "{shop}旅社", "{brand}教育培训中心", "{shop}台球俱乐部"),
        {name: weight for name, weight in SHOPPING.items() if name != "北垸社区"}, (4, 90),
        {"A": ("人员密集",), "B": ("人员密集", "人员密集", "人员密集;夜间营业"), "C": ("人员密集",)},
        {"A": ("三级",)}, closed=("", "", "", "", "周一"),
    ),
    Sector(
        "机械加工", (3, 11, 20),
        ("楚江{brand}铸造有限公司", "楚江{brand}表面处理有限公司", "楚江{brand}金属压延有限公司",
         "楚江{brand}机械制造有限公司", "楚江{brand}精密模具有限公司", "楚江{brand}五金制品厂",
         "楚江{brand}汽车零部件有限公司", "楚江{brand}数控设备有限公司", "楚江{brand}钢结构有限公司",
         "楚江{brand}弹簧厂", "楚江{brand}机电设备有限公司", "楚江{brand}阀门有限公司", "楚江{brand}钣金加工厂"),
        INDUSTRY, (8, 180),
        {"A": ("高危;涉爆粉尘", "高危;有限空间", "高危;高温熔融金属"), "B": ("有限空间", "涉爆粉尘", "")}, LEVELS,
    ),
    Sector(
        "仓储物流", (2, 8, 10),
        ("楚江{brand}冷链物流有限公司", "楚江{brand}冷库有限公司", "楚江{brand}物流有限公司",
         "楚江{brand}仓储服务有限公司", "楚江{brand}供应链有限公司", "楚江{brand}快运有限公司",
         "楚江{brand}电商仓配中心"),
        INDUSTRY, (6, 85), {"A": ("高危;涉氨制冷",), "B": ("大型仓库", ""), "C": ("", "防汛重点")}, LEVELS,
    ),
    Sector(
        "木材家具", (2, 5, 8),
        ("楚江{brand}家具有限公司", "楚江{brand}木业有限公司", "楚江{brand}门窗有限公司", "楚江{brand}橱柜厂",
         "楚江{brand}木制品加工厂"),
        INDUSTRY, (6, 60), {"A": ("高危;涉爆粉尘",), "B": ("涉爆粉尘",)}, LEVELS,
    ),
    Sector(
        "纺织服装", (0, 5, 9),
        ("楚江{brand}服饰有限公司", "楚江{brand}纺织有限公司", "楚江{brand}针织厂", "楚江{brand}制衣厂",
         "楚江{brand}家纺有限公司"),
        INDUSTRY, (10, 130), {"B": ("劳动密集", "人员密集"), "C": ("", "劳动密集")}, LEVELS,
    ),
    Sector(
        "食品加工", (1, 4, 6),
        ("楚江{brand}肉类食品有限公司", "楚江{brand}粮油食品有限公司", "楚江{brand}水产食品有限公司",
         "楚江{brand}豆制品有限公司", "楚江{brand}糕点食品厂", "楚江{brand}酱菜厂"),
        INDUSTRY, (8, 75), {"A": ("高危;涉氨制冷",), "B": ("有限空间", "")}, LEVELS,
    ),
    Sector(
        "塑料橡胶", (1, 3, 5),
        ("楚江{brand}橡胶制品有限公司", "楚江{brand}塑料包装有限公司", "楚江{brand}塑胶有限公司",
         "楚江{brand}泡沫制品厂"),
        INDUSTRY, (7, 66), {"A": ("高危;涉爆粉尘",), "B": ("易燃物",)}, LEVELS,
    ),
    Sector(
        "道路运输", (1, 3, 2),
        ("楚江{brand}危险货物运输有限公司", "楚江{brand}客运有限公司", "楚江{brand}货运有限公司",
         "楚江{brand}渣土运输有限公司", "楚江{brand}汽车租赁有限公司", "楚江{brand}搬家服务有限公司"),
        {"工农桥社区": 2, "北垸社区": 2, "石码头社区": 1}, (9, 70), {"A": ("高危",), "B": ("两客一危", "")}, LEVELS,
    ),
    Sector(
        "高空作业", (0, 2, 3),
        ("楚江{brand}外墙清洗有限公司", "楚江{brand}高空防水工程有限公司", "楚江{brand}广告安装有限公司",
         "楚江{brand}空调安装服务部", "楚江{brand}幕墙维护有限公司"),
        EVERYWHERE, (4, 26), {"B": ("高处作业",), "C": ("高处作业",)},
    ),
    Sector(
        "学校托幼", (0, 8, 2),
        ("青汀街道第一小学", "青汀街道第二小学", "青汀中学", "桂园中学", "{place}幼儿园", "{place}幼儿园",
         "{place}幼儿园",
         "{place}幼儿园", "{place}托育中心", "{place}托育中心"),
        SHOPPING, (9, 120), {"B": ("人员密集;学校食堂",), "C": ("人员密集",)}, code="52", closed=(TERM_BREAKS,),
    ),
    Sector(
        "养老医疗", (0, 4, 4),
        ("青汀街道社区卫生服务中心", "青汀街道养老服务中心", "{brand}康养护理院", "{brand}口腔门诊部",
         "{place}卫生服务站",
         "{place}日间照料中心", "{place}卫生服务站", "{place}日间照料中心"),
        SHOPPING, (6, 58), {"B": ("人员密集",)}, code="52",
    ),
    Sector(
        "汽车维修", (0, 2, 11),
        ("楚江{brand}汽车销售服务有限公司", "楚江{brand}汽车修理厂", "{boss}师傅汽车维修部", "{shop}汽车美容店",
         "{boss}记轮胎店", "{shop}摩托车修理店"),
        {"工农桥社区": 4, "北垸社区": 2, "茶港口社区": 2, "石码头社区": 2, "汀兰社区": 1}, (2, 32),
        {"B": ("喷漆作业",)},
    ),
    Sector(
        "餐饮", (0, 10, 46),
        ("{shop}大酒楼", "{shop}火锅城", "{shop}饭店", "{shop}酒家", "{shop}宴会厅", "{shop}热干面馆",
         "{boss}记牛肉粉馆",
         "{shop}土菜馆", "{shop}烧烤店", "老{boss}早点铺", "{shop}小炒", "{shop}包子铺", "{boss}记卤味店",
         "{shop}奶茶店",
         "{shop}快餐店", "{boss}嫂煨汤馆", "{shop}鱼馆", "{shop}面包坊", "{shop}米粉店", "{boss}氏豆皮店",
         "{shop}餐馆"),
        SHOPPING, (2, 34), {"B": ("人员密集;瓶装液化气", "人员密集;管道燃气"), "C": ("瓶装液化气", "", "管道燃气", "")},
        code="92", closed=("",) * 9 + ("周一",),
    ),
    Sector(
        "三小场所", (0, 2, 70),
        ("{shop}批发部", "{shop}糕点作坊", "{shop}便利店", "{boss}记五金店", "{shop}水果店", "{shop}文具店",
         "{shop}理发店",
         "{shop}药店", "{boss}记裁缝铺", "{boss}记豆腐坊", "{shop}粮油店", "{boss}氏榨油坊", "{shop}手机店",
         "{shop}图文打印店", "{shop}洗衣店", "{shop}花店", "{shop}烟酒店", "{shop}童装店", "{boss}记窗帘店",
         "{boss}师傅家电维修部", "{shop}电动车行", "{shop}快递驿站", "{shop}母婴店", "{shop}足浴店", "{boss}记粉条作坊",
         "{shop}灯具店", "{shop}渔具店", "{boss}姐副食店", "{shop}茶叶店", "{boss}记废品回收站", "{shop}宠物店",
         "{shop}鞋店", "{boss}记铝合金加工店", "{shop}建材店", "{shop}蛋糕店", "{shop}游戏厅"),
        SHOPPING, (1, 9), {"B": ("三合一场所",), "C": ("", "", "", "三合一场所", "")}, code="92",
    ),
)  # fmt: skip

SITES = {"汀兰": "汀兰社区", "北垸": "北垸社区", "沿江": "望渡社区", "桂园": "桂子园社区", "望渡": "望渡社区",
         "工农桥": "工农桥社区", "文澜": "汀兰社区", "滨河": "石码头社区", "石码头": "石码头社区",
         "人民路": "老粮道社区",
         "创业": "北垸社区", "青汀中学": "汀兰社区", "第一小学": "老粮道社区", "第二小学": "茶港口社区"}  # fmt: skip
"""Words in a name that say where the place must be."""

AS_WRITTEN = {"A": {3: "a类", 11: "甲", 17: "a类"}, "B": {20: "B类", 61: "b类"}, "C": {40: "c", 133: "C类"}}
"""How a few classes stand in the office's own sheet: the nth of its class → what is written."""
STOPPED = {("机械加工", "B"): 5, ("餐饮", "C"): 21, ("三小场所", "C"): 33}
"""Which ones are 停业: the nth of that sector and class."""
LAST_VISITS = {"A": (12, 12), "B": (10, 12), "C": (7, 12)}
"""The months of 2025 in which the classes were last visited."""


def credit_code(kind: str, body: str) -> str:
    """Make a 统一社会信用代码 of the invented region.

    Parameters
    ----------
    kind
        Registering authority and type of entity, two digits.
    body
        Eight characters of the organisation code, without its own check character (GB 11714-1997).

    Returns
    -------
    str
        18 characters, the last the check character of GB 32100-2015.
    """
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    own = 11 - sum(alphabet.index(sign) * w for sign, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    head = kind + REGION + body + {10: "X", 11: "0"}.get(own, str(own))
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(head))
    return head + signs[-total % 31]


class Dice:
    """Draws from `random()` alone, whose numbers are the same in every Python; the other methods promise less."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, n: int) -> int:
        """Give a number from 0 to n - 1."""
        return int(self._random.random() * n)

    def shuffled(self, items: list[str]) -> list[str]:
        """Give the items in another order."""
        return sorted(items, key=lambda _: self._random.random())

    def weighted(self, weights: dict[str, int]) -> str:
        """Give one of the keys, as often as its weight says."""
        at = self.below(sum(weights.values()))
        for key, weight in weights.items():
            at -= weight
            if at < 0:
                return key
        raise AssertionError("weights are positive")


class Register:
    """The enterprises, one by one; remembers which names, bosses and house numbers are taken."""

    def __init__(self) -> None:
        self.dice = Dice(SEED)
        self.brands = self.dice.shuffled(BRANDS)
        self.shops = self.dice.shuffled(SHOPS)
        self.eateries = self.dice.shuffled(EATERIES)
        self.bosses = self.dice.shuffled(list(SURNAMES))
        self.names: set[str] = set()
        self.houses: set[tuple[str, int]] = set()
        self.of_class: Counter[str] = Counter()
        self.of_sector: Counter[tuple[str, str]] = Counter()

    def rows(self) -> Iterator[dict[str, str]]:
        """Give every enterprise, sector after sector, in the columns of `HEADINGS` without its number."""
        for sector in SECTORS:
            classes = [letter for letter, n in zip("ABC", sector.classes, strict=True) for _ in range(n)]
            for n, letter in enumerate(classes):
                yield self.row(sector, letter, sector.names[n % len(sector.names)], n)

    def row(self, sector: Sector, letter: str, template: str, n: int) -> dict[str, str]:
        """Give the nth enterprise of a sector."""
        dice = self.dice
        community = self.place_of(template, sector)
        road, number = self.house(community)
        boss = self.bosses.pop() if "{boss}" in template else SURNAMES[dice.below(len(SURNAMES))]
        name = template.format(
            brand=self.brands.pop() if "{brand}" in template else "",
            shop=(self.eateries if sector.name == "餐饮" and self.eateries else self.shops).pop()
            if "{shop}" in template
            else "",
            boss=boss,
            road=road.name,
            place=community.removesuffix("社区"),
        )
        self.names.add(name)
        self.of_class[letter] += 1
        self.of_sector[sector.name, letter] += 1
        latitude, longitude = self.spot(road, number)
        low, high = sector.workers
        # Big ones are in the stricter classes, so the range is cut in three, C lowest.
        third = max(1, (high - low) // 3)
        workers = low + third * "CBA".index(letter) + dice.below(third)
        stopped = STOPPED.get((sector.name, letter)) == self.of_sector[sector.name, letter]
        return {
            "企业名称": name,
            "统一社会信用代码": self.code(sector.code),
            "管理分类": AS_WRITTEN[letter].get(self.of_class[letter], letter),
            "行业类别": sector.name,
            "所属社区": community,
            "地址": f"楚江市汀洲区青汀街道{road.name}{number}号",
            "经度": f"{longitude:.6f}",
            "纬度": f"{latitude:.6f}",
            "从业人数": str(workers),
            "状态": "停业" if stopped else "在营",
            "上次检查日期": self.last_visit(letter),
            "歇业日": sector.closed[n % len(sector.closed)],
            "标签": self.nth(sector.tags, letter, n),
            "标准化等级": self.nth(sector.levels, letter, n),
            "联系人": boss + GIVEN[dice.below(len(GIVEN))],
            "联系电话": f"1380000{(sum(self.of_class.values()) * 2371 + 1009) % 10000:04d}",
        }

    def place_of(self, template: str, sector: Sector) -> str:
        """Give the community: the one that the name speaks of, else one of the sector's, each with free names."""
        for word, community in SITES.items():
            if word in template:
                return community
        open_places = {
            community: weight
            for community, weight in sector.places.items()
            if template.format(brand="", shop="", boss="", road="", place=community[:-2]) not in self.names
        }
        return self.dice.weighted(open_places)

    def house(self, community: str) -> tuple[Road, int]:
        """Give a road of the community and a number that nobody else has."""
        while True:
            road = COMMUNITIES[community][self.dice.below(len(COMMUNITIES[community]))]
            number = 1 + self.dice.below(road.numbers)
            if (road.name, number) not in self.houses:
                self.houses.add((road.name, number))
                return road, number

    def spot(self, road: Road, number: int) -> tuple[float, float]:
        """Give where a number stands: along the road, odd and even numbers across from each other."""
        along = number / road.numbers
        side = 0.00012 if number % 2 else -0.00012
        jitter = (self.dice.below(41) - 20) * 1e-6
        latitude = road.first[0] + along * (road.last[0] - road.first[0]) + side + jitter
        return latitude, road.first[1] + along * (road.last[1] - road.first[1]) + side - jitter

    def code(self, kind: str) -> str:
        """Give a credit code; codes of firms begin MA4 as Hubei's do, those of other bodies MJH."""
        signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        body = ("MJH" if kind == "52" else "MA4") + "".join(signs[self.dice.below(31)] for _ in range(5))
        return credit_code(kind, body)

    def last_visit(self, letter: str) -> str:
        """Give a weekday of 2025 on which it was visited, mostly in ISO form; some C were never visited."""
        first, last = LAST_VISITS[letter]
        day, month = 9 + self.dice.below(5), first + self.dice.below(last - first + 1)
        # The 9th to 13th of a month, moved to a weekday below: clear of National Day and month ends.
        weekend = {7: (12, 13), 8: (9, 10), 9: (13,), 10: (11, 12), 11: (9,), 12: (13,)}[month]
        while day in weekend:
            day += 2
        if letter == "C" and self.of_class["C"] % 29 == 0:
            return ""
        form = {13: "{}.{}.{}", 14: "{}年{}月{}日"}.get(sum(self.of_class.values()) % 15, "{}-{:02d}-{:02d}")
        return form.format(2025, month, day)

    @staticmethod
    def nth(by_class: dict[str, tuple[str, ...]], letter: str, n: int) -> str:
        """Give the value for the nth enterprise of a class, in turn."""
        values = by_class.get(letter, ("",))
        return values[n % len(values)]


def register_bytes() -> bytes:
    """Give the register as Excel writes it: UTF-8 with a BOM, CRLF; community after community, numbered through."""
    order = list(COMMUNITIES)
    rows = sorted(Register().rows(), key=lambda row: order.index(row["所属社区"]))
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({"企业编号": f"QT{number:04d}", **row} for number, row in enumerate(rows, 1))
    return text.getvalue().encode("utf-8-sig")


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else REGISTER).write_bytes(register_bytes())
