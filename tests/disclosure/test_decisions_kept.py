"""A decision is what was signed, or is not shown (P5); and the law is asked for who answers (P7)."""

import pytest

from stillroom.disclosure import actions, queries
from stillroom.disclosure.models import Determination
from stillroom.disclosure.rules import Decision
from stillroom.phi import NotHere
from stillroom.practice import actions as practice
from tests.cast import Cast
from tests.disclosure.story import subpoena
from tests.web import corpus


@pytest.fixture
def decided(cast: Cast) -> str:
    """Rex's letter, entered by Ada, a psychologist in Maryland, who asks for his authorization."""
    ada = cast.here("ada")
    cast.licensed("ada")
    matter = actions.enter(ada, cast.dov, subpoena())
    actions.decide(ada, corpus(), matter, Decision.ASK, "He may wish to sign.")
    return matter


@pytest.mark.parametrize("what", ["content_hash", "signature", "signer", "another's place"])
def test_an_altered_decision_is_refused(cast: Cast, decided: str, what: str) -> None:
    if what == "another's place":
        actions.decide(cast.here("ada"), corpus(), decided, Decision.ASK, "Once more.")
        first, second = Determination.objects.order_by("number")
        Determination.objects.filter(pk=second.pk).update(signature=bytes(first.signature))
    else:
        other = {"content_hash": bytes(32), "signature": bytes(64)}
        Determination.objects.update(**{what: other.get(what, cast.people["bea"].id)})
    with pytest.raises(queries.DecisionAltered):
        queries.whole_matter(cast.here("ada"), corpus(), decided)


def test_a_decision_that_nobody_touched_is_shown_as_it_was_signed(cast: Cast, decided: str) -> None:
    (one,) = queries.whole_matter(cast.here("ada"), corpus(), decided).decisions
    assert (one.signer, one.signed.words) == (cast.people["ada"].id, "He may wish to sign.")


def test_whoever_supervises_reads_the_answer_of_who_will_give_it(cast: Cast, decided: str) -> None:
    """Sol is a social worker; Ada's matter is answered for a psychologist, whoever looks at it."""
    sol = cast.here("sol")
    practice.set_profile(
        sol.person, profession="clinical_social_worker", credential="", place="us-md", location=""
    )
    seen = queries.whole_matter(sol, corpus(), decided).determination
    own = queries.whole_matter(cast.here("ada"), corpus(), decided).determination
    assert seen.around.profession == own.around.profession == "psychologist"
    assert seen.digest == own.digest
    with pytest.raises(NotHere):
        actions.decide(sol, corpus(), decided, Decision.ASK, "For her.")
