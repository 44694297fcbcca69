"""P7: a past determination is given again, whatever became of the policy and of the law since."""

from pathlib import Path

import pytest
from django.urls import reverse

from stillroom.config.law_keep import LawKeep, NotKept
from stillroom.consent import actions as consent
from stillroom.disclosure import actions, standing
from stillroom.disclosure.rules import Decision
from stillroom.law import (
    AnswerDiffers,
    CorpusAltered,
    CorpusUnreadable,
    overlaid,
    pack,
    read_policy,
)
from stillroom.phi import NotHere
from tests.cast import Cast
from tests.disclosure.story import authorization, notes, subpoena
from tests.disclosure.test_story import profile
from tests.policy.test_by_two import POLICY, made
from tests.web import Visitor, corpus, law_keep, serve

LAWYERS = POLICY.replace("employer]", "attorney, party_by_subpoena]")


@pytest.fixture
def decided(cast: Cast) -> str:
    """A matter that was decided while the practice had a policy about employers."""
    law = made(cast)
    profile(cast)
    notes(cast)
    ada = cast.here("ada")
    matter = actions.enter(ada, cast.dov, subpoena())
    consent.take_up(ada, cast.dov, authorization(cast))
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, law, matter, fact, value)
    actions.decide(ada, law, matter, Decision.BUILD, "He has signed for these.")
    return matter


def test_a_determination_is_replayed_after_policy_and_corpus_changed(
    cast: Cast, decided: str
) -> None:
    now = made(cast, LAWYERS)
    assert now.digest != corpus().digest
    found = standing.replayed(cast.here("ada"), now, decided, 1, law_keep().get)
    assert found.trouble is None
    assert found.again is not None
    assert found.again.corpus == found.decision.signed.corpus
    assert found.again.corpus not in (now.digest, corpus().digest)
    whole = found.matter.determination.full
    assert whole.stance != found.again.stance, "today's law answers otherwise"


def test_a_corpus_that_is_gone_or_not_itself_is_told_and_never_stood_in_for(
    cast: Cast, decided: str, tmp_path: Path
) -> None:
    ada, law = cast.here("ada"), corpus()
    keep = LawKeep(tmp_path / "law")
    gone = standing.replayed(ada, law, decided, 1, keep.get)
    assert isinstance(gone.trouble, NotKept)
    digest = gone.decision.signed.corpus
    path = tmp_path / "law" / f"{digest}.corpus"
    path.parent.mkdir()
    path.write_bytes(pack(law, "1"))
    for words, told in ((pack(law, "1"), CorpusAltered), (pack(law, "1")[:700], CorpusUnreadable)):
        path.write_bytes(words)
        found = standing.replayed(ada, law, decided, 1, LawKeep(tmp_path / "law").get)
        assert isinstance(found.trouble, told)
        assert found.again is None


def test_an_answer_that_differs_under_its_own_corpus_is_told(cast: Cast, decided: str) -> None:
    other = overlaid(corpus(), read_policy(corpus(), LAWYERS))
    object.__setattr__(other, "digest", made_digest(cast, decided))
    found = standing.replayed(cast.here("ada"), corpus(), decided, 1, lambda _: other)
    assert isinstance(found.trouble, AnswerDiffers)


def made_digest(cast: Cast, matter: str) -> str:
    found = standing.replayed(cast.here("ada"), corpus(), matter, 1, law_keep().get)
    return found.decision.signed.corpus


def test_the_page_gives_it_again_to_those_who_may_know(cast: Cast, decided: str) -> None:
    made(cast, LAWYERS)
    serve(cast)
    path = reverse("matter_again", kwargs={"matter_id": decided, "number": 1})
    page = Visitor(cast, "ada").get(path)
    assert page.status_code == 200
    assert b"The same answer." in page.content
    assert Visitor(cast, "bea").get(path).status_code == 404
    assert Visitor(cast, "ada").get(path.replace("/1", "/9")).status_code == 404
    with pytest.raises(NotHere):
        standing.replayed(cast.here("bea"), corpus(), decided, 1, law_keep().get)
