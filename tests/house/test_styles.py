"""The style sheets: what is named is there. A browser drops a rule with an unknown name silently."""

import re
from pathlib import Path

STYLES = Path(__file__).parents[2] / "ui" / "styles"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
USED = re.compile(r"var\((--[\w-]+)")
DEFINED = re.compile(r"(--[\w-]+)\s*:")


def found(what: re.Pattern[str]) -> set[str]:
    sheets = [COMMENT.sub("", one.read_text("utf-8")) for one in sorted(STYLES.glob("*.css"))]
    return {name for sheet in sheets for name in what.findall(sheet)}


def test_every_token_that_a_rule_asks_for_is_defined_and_none_is_left_over() -> None:
    assert found(USED) == found(DEFINED)
