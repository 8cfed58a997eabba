"""Mail addresses: read strictly, and allowed by their very domain alone."""

from __future__ import annotations

import pytest

from safeplan.terms.address import ascii_domain, is_allowed, read_mailbox


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("wang@example.org", "wang@example.org"),
        (" 王强 <Wang.Q+x@Example.ORG> ", "Wang.Q+x@example.org"),
        ("ｗａｎｇ＠ｅｘａｍｐｌｅ．ｏｒｇ", "wang@example.org"),
        ("wang@例子.cn", "wang@xn--fsqu00a.cn"),
        ("wang", None), ("@example.org", None), ("a b@example.org", None), ("wang@example.org\r\nBcc: x@y.z", None),
        ("wang@example.org, li@example.org", None), ('"a b"@example.org', None), ("wang@[127.0.0.1]", None),
        ("wang@-example.org", None), ("wang@example..org", None), ("王强@example.org", None), ("a@b@c.org", None),
        (f"{'a' * 250}@example.org", None), ("", None),
    ],
)  # fmt: skip
def test_addresses_are_read_strictly(text: str, address: str | None) -> None:
    found = read_mailbox(text)
    assert (found.address if found else None) == address


@pytest.mark.parametrize(
    ("domain", "allowed"),
    [
        ("example.org", True), ("EXAMPLE.org.", True), ("sub.example.org", False), ("example.org.evil.net", False),
        ("evilexample.org", False), ("xn--fsqu00a.cn", True), ("other.org", False),
    ],
)  # fmt: skip
def test_only_the_very_domains_that_are_named_are_allowed(domain: str, allowed: bool) -> None:
    mailbox = read_mailbox(f"wang@{domain}")
    assert mailbox is not None
    assert is_allowed(mailbox, ("@Example.Org", "例子.cn")) is allowed
    assert ascii_domain("例子.cn") == "xn--fsqu00a.cn"
