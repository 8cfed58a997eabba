"""Everything that safeplan says is in the Chinese catalogue, and the catalogue holds nothing that it does not say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import safeplan
from safeplan.words.language import Words, language_of

ROOM = Path(safeplan.__file__).parent
SPEAKERS = {"words", "_words", "w"}


def catalogue() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in (ROOM / "words/locale/zh_CN").rglob("*.po*"):
        entry: dict[str, str] = {}
        at = ""
        for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
            match = re.match(r'(msgid|msgstr)? ?(".*")$', line.strip())
            if match is None:
                continue
            if match[1] == "msgid" and "msgstr" in entry:
                found[entry["msgid"]] = entry["msgstr"]
                entry = {}
            at = match[1] or at
            entry[at] = entry.get(at, "") + ast.literal_eval(match[2])
    found.pop("", None)
    return found


def trees(below: str = "") -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOM / below).rglob("*.py"))]


def templates() -> str:
    """What is said outside the code: templates, and the first comment of each preset."""
    files = [*ROOM.rglob("*.jinja"), *(ROOM / "reading/presets").glob("*.yaml")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def said() -> set[str]:
    """The messages that are handed straight to whoever speaks."""
    found = set(re.findall(r"""\bwords\(["']([^"']+)["']""", templates()))
    return found | handed_to(SPEAKERS, trees()) | handed_to({"say"}, trees("cli"))


def handed_to(speakers: set[str], among: list[ast.Module]) -> set[str]:
    found = set()
    for tree in among:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in speakers and isinstance(node.args[0].value, str) and node.args[0].value:
                    found.add(node.args[0].value)
    return found


def listed() -> set[str]:
    """The messages that stand in tables of the room of words: codes, sentences, titles."""
    found = set()
    for path in [*sorted((ROOM / "words").glob("*.py")), ROOM / "views/columns.py"]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(value, ast.Dict):
                found |= {
                    one.value for one in value.values if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return {one for one in found if one}


def every_text() -> set[str]:
    texts = {node.value for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {one for one in texts if isinstance(one, str)}


def test_everything_said_has_a_translation() -> None:
    assert sorted((said() | listed()) - catalogue().keys()) == []


def test_nothing_is_translated_that_is_not_said() -> None:
    texts, page = every_text(), templates()
    assert sorted(one for one in catalogue() if one not in texts and one not in page) == []


def test_a_translation_has_the_fields_of_its_message() -> None:
    def fields(text: str) -> set[str]:
        found = set(re.findall(r"\{(\w+)[^}]*\}", text))
        return found | {"number"} if "month" in found else found  # a month is given by name and by number

    wrong = {key: text for key, text in catalogue().items() if not fields(text) <= fields(key)}
    assert wrong == {}


def test_words_are_spoken_in_the_language_asked_for() -> None:
    assert language_of("zh-Hans-CN") == "zh_CN"
    assert language_of(None, "fr", "en-GB") == "en"
    assert Words("zh_CN")("Enterprise") == "企业名称"
    assert Words("en")("{n} visits", n=3) == "3 visits"
