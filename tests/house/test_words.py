"""The words that stand in two rooms are the same words."""

from typing import get_args

from config.model import DealKind, DealStage
from crawler.model import Role, Stage


def test_rules_name_the_kinds_of_deals_as_the_crawler_does() -> None:
    assert set(get_args(DealKind)) == {role.value for role in Role if role.makes_deal}


def test_rules_name_the_stages_as_the_crawler_does() -> None:
    assert set(get_args(DealStage)) == {stage.value for stage in Stage}
