"""Lots (抽签): an order that nobody can foresee before the seed and everybody can recompute after it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import sha256


def digest(parts: Sequence[str]) -> str:
    """Give the SHA-256 of some texts as lower-case hex: the UTF-8 bytes of their JSON list without spaces, in NFC.

    Raises
    ------
    UnicodeEncodeError
        When a text holds half a surrogate pair, which is no text.
    """
    texts = [unicodedata.normalize("NFC", part) for part in parts]
    return sha256(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def in_order(ids: Iterable[str], *, seed: str, rule: str, period: str) -> list[str]:
    """Give enterprises in the order in which they are drawn; it does not depend on the order that they come in."""
    return sorted(ids, key=lambda one: digest((seed, rule, period, one)))


def officers_in_order(officers: Iterable[str], *, seed: str, rule: str, period: str, enterprise: str) -> list[str]:
    """Give officers in the order in which they are drawn for one enterprise."""
    return sorted(officers, key=lambda one: digest((seed, rule, period, enterprise, one)))


def pool_hash(ids: Sequence[str]) -> str:
    """Give the SHA-256 of a pool's ids in their order: what a commitment fixes."""
    return digest(ids)
