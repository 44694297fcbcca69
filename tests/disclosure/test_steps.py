"""Steps in a matter: appended by those who care, signed, and refused once altered (P5)."""

import pytest

from stillroom.disclosure import actions, matters, queries, steps
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.models import Step
from stillroom.disclosure.occasions import OCCASIONS, Side
from stillroom.kernel import Misuse
from stillroom.law import ACTS
from stillroom.phi import NotHere
from tests.cast import Cast
from tests.disclosure.story import subpoena
from tests.web import corpus


@pytest.fixture
def matter(cast: Cast) -> str:
    """Rex's letter about Dov, entered by Ada, a psychologist in Maryland."""
    ada = cast.here("ada")
    cast.licensed("ada")
    return actions.enter(ada, cast.dov, subpoena())


def test_steps_come_back_in_their_order_with_whoever_took_them(cast: Cast, matter: str) -> None:
    first = steps.add(cast.here("ada"), matter, "identity", {"how": "called back"})
    steps.add(cast.here("ada"), matter, "attempt", {"result": "no answer"})
    told = queries.whole_matter(cast.here("ada"), corpus(), matter).steps
    assert [(one.number, one.kind) for one in told] == [(1, "identity"), (2, "attempt")]
    assert told[0].body == {"how": "called back"}
    assert (told[0].by, told[0].entry) == (cast.people["ada"].id, first.entry)


def test_nothing_of_a_step_stands_in_the_clear(cast: Cast, matter: str) -> None:
    steps.add(cast.here("ada"), matter, "identity", {"how": "called back"})
    row = Step.objects.get()
    assert b"identity" not in bytes(row.sealed)
    assert b"called" not in bytes(row.sealed)


def test_whoever_does_not_care_for_the_client_takes_no_step(cast: Cast, matter: str) -> None:
    with pytest.raises(NotHere):
        steps.add(cast.here("bea"), matter, "identity", {})
    assert not Step.objects.exists()


@pytest.mark.parametrize("what", ["content_hash", "signature", "signer"])
def test_an_altered_step_is_refused(cast: Cast, matter: str, what: str) -> None:
    steps.add(cast.here("ada"), matter, "identity", {"how": "called back"})
    other = cast.people["bea"].id if what == "signer" else bytes(64 if what == "signature" else 32)
    Step.objects.update(**{what: other})
    with pytest.raises(steps.StepAltered):
        queries.whole_matter(cast.here("ada"), corpus(), matter)


def test_every_occasion_asks_the_law_about_an_act_it_knows_and_facts_it_has() -> None:
    law = corpus()
    for one in OCCASIONS.values():
        assert one.act in ACTS, one.id
        assert one.known.keys() <= law.facts.keys(), one.id


def test_a_matter_of_an_older_form_is_a_request() -> None:
    asked = subpoena()
    older = matters.encode(asked).replace(b',"occasion":"request","elsewhere":[]', b"")
    assert b"occasion" not in older
    assert matters.decode(older) == asked


def test_no_matter_has_an_occasion_that_nobody_knows(cast: Cast) -> None:
    ada, asked = cast.here("ada"), subpoena()
    strange = Asked(asked.intake, "", {}, occasion="gossip")
    with pytest.raises(Misuse):
        actions.enter(ada, cast.dov, strange)


def test_what_happened_is_asked_as_its_own_act_in_both_places(cast: Cast) -> None:
    ada, asked = cast.here("ada"), subpoena()
    cast.licensed("ada")
    danger = next(one for one in OCCASIONS.values() if one.side is Side.HAPPENED)
    words = Asked(asked.intake, "", {}, occasion=danger.id, elsewhere=("us-tx",))
    matter = actions.enter(ada, cast.dov, words)
    made = queries.whole_matter(ada, corpus(), matter).determination
    assert made.record["matter"]["act"] == danger.act
    assert set(made.record["matter"]["places"]) == {"us", "us-md", "us-tx"}
