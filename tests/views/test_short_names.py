"""Names in a chat are short where nobody is mistaken for another."""

from __future__ import annotations

from safeplan.views.short_names import short_names


def test_the_legal_form_is_left_out():
    assert short_names(["楚天塑业有限公司", "隆盛农贸市场"]) == {
        "楚天塑业有限公司": "楚天塑业",
        "隆盛农贸市场": "隆盛农贸市场",
    }


def test_two_that_would_read_alike_keep_their_whole_names():
    names = ["楚天塑业有限公司", "楚天塑业股份有限公司"]
    assert short_names(names) == {name: name for name in names}


def test_a_name_that_is_almost_all_form_stays_whole():
    assert short_names(["好有限公司"]) == {"好有限公司": "好有限公司"}
