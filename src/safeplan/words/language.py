"""Sentences in the reader's language, from gettext catalogues; English is the language of the message ids."""

from __future__ import annotations

import gettext
import locale
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

LANGUAGES = ("zh_CN", "en")


def language_of(*wishes: str | None) -> str:
    """Give the first language of the wishes that safeplan speaks, else English.

    A wish is a language tag or a locale as people and systems write it: zh-CN, zh_CN.UTF-8, zh, en-GB; None and
    unknown ones are passed over.
    """
    return next((language for wish in wishes if (language := _spoken(wish))), "en")


def speaks(wish: str) -> bool:
    """Whether safeplan speaks the language of a tag or a locale."""
    return _spoken(wish) is not None


def _spoken(wish: str | None) -> str | None:
    tag = (wish or "").replace("-", "_").split(".")[0].lower()
    for language in LANGUAGES:
        if tag == language.lower() or (tag and tag.split("_")[0] == language.split("_")[0]):
            return language
    return None


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    compiled = files("safeplan.words") / "locale" / language / "LC_MESSAGES" / "safeplan.mo"
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


class Words:
    """Says things in one language: `w("{n} visits", n=3)`.

    The message id is the English sentence with named fields; values are filled in after translation, so a catalogue may
    order them as its language wants.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: str, /, **values: object) -> str:
        text = _catalogue(self.language).gettext(message) if message else ""
        return Formatter().vformat(text, (), _Shown(values)) if values else text


class _Shown(dict[str, object]):
    """Values as a sentence shows them; a value that is not there shows as its absence, never as an error."""

    def __missing__(self, key: str) -> object:
        return "?"


def environment_language(environment: Mapping[str, str]) -> str | None:
    """Give the language that the environment asks for, as gettext has it; None for none that safeplan speaks.

    The locale is LC_ALL, else LC_MESSAGES, else LANG; LANGUAGE lists languages to prefer, unless the locale is C.
    """
    found = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    if found.split(".")[0] in ("C", "POSIX"):
        return None
    preferred = [one for one in environment.get("LANGUAGE", "").split(":") if one]
    return next((one for one in (*preferred, locale.normalize(found).split(".")[0]) if speaks(one)), None)
