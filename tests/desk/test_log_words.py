"""The log is read by people: everything that anybody can do is said there in words."""

import pytest

from stillroom.access import Act
from stillroom.desk.views.entries import verb


@pytest.mark.parametrize("act", Act, ids=lambda act: act.name)
def test_every_act_is_said_in_words(act: Act) -> None:
    said = verb(act.value)
    assert said != act.value
    assert ":" not in said
    assert said[0].islower()
