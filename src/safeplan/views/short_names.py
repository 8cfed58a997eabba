"""Names of enterprises as people say them in a chat: without 有限公司, where nobody is mistaken for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "（个体工商户）", "(个体工商户)")
_SHORTEST = 2  # characters that must be left of a name


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Give each name without its legal form, or the whole name where two would read alike."""
    wanted = {name: _without_form(name) for name in names}
    used = Counter(wanted.values())
    return {name: short if used[short] == 1 else name for name, short in wanted.items()}


def _without_form(name: str) -> str:
    for form in _LEGAL_FORMS:
        if name.endswith(form) and len(name) - len(form) >= _SHORTEST:
            return name.removesuffix(form)
    return name
