"""T04: a policy is made by two, in the log before it counts, and asked at the very next question."""

from datetime import date
from pathlib import Path

import pytest

from stillroom.access import Act, Role
from stillroom.config import house
from stillroom.config.house import current_shell
from stillroom.config.law_keep import LawKeep, NotKept
from stillroom.identity.models import Person
from stillroom.identity.refusals import SamePerson
from stillroom.law import Corpus, Matter, Stance, differences
from stillroom.phi import NotHere
from stillroom.policy import actions, queries
from stillroom.policy.models import Edition, Proposal, Version
from stillroom.policy.rules import NothingNew, OwnerNeeded, PolicyMistaken, rules_of
from tests.cast import Cast
from tests.web import corpus, law_keep, serve

POLICY = """
- id: policy.nothing-to-employers
  title: Nothing to employers
  acts: [disclose]
  modality: forbids
  recipients: [employer]
  says: Nothing goes to an employer.
  as_of: 2026-11-22
"""
ASKED = Matter("disclose", ("us-md",), "psychologist", date(2026, 11, 22))
EMPLOYER = {"recipient": "employer"}


def made(cast: Cast, text: str = POLICY, law: Corpus | None = None) -> Corpus:
    """A policy that Max proposed and Olga agreed to."""
    law = law or corpus()
    actions.propose(cast.here("max"), law, text)
    waiting = Proposal.objects.get().pk
    return actions.agree(cast.here("olga"), law, waiting, law_keep().put)


def acts_since(cast: Cast, size: int) -> list[str]:
    return [logged.entry.act for logged in cast.house.log.entries(size)]


def test_one_person_cannot_agree_with_herself(cast: Cast) -> None:
    actions.propose(cast.here("olga"), corpus(), POLICY)
    waiting = Proposal.objects.get().pk
    with pytest.raises(SamePerson):
        actions.agree(cast.here("olga"), corpus(), waiting, law_keep().put)
    assert queries.text_in_force() == ""
    assert not Version.objects.exists()
    actions.agree(cast.here("max"), corpus(), waiting, law_keep().put)
    assert queries.text_in_force() == POLICY


def test_two_administrators_make_no_policy_without_an_owner(cast: Cast) -> None:
    other = cast.people["cal"]
    Person.objects.filter(pk=other.id).update(roles=[Role.ADMINISTRATOR.value])
    other.roles = frozenset({Role.ADMINISTRATOR})
    actions.propose(cast.here("max"), corpus(), POLICY)
    waiting = Proposal.objects.get().pk
    with pytest.raises(OwnerNeeded):
        actions.agree(cast.here("cal"), corpus(), waiting, law_keep().put)
    assert queries.text_in_force() == ""


def test_whoever_runs_the_accounts_alone_agrees_alone_and_it_says_so(cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["max"].id).update(active=False)
    actions.propose(cast.here("olga"), corpus(), POLICY)
    actions.agree(cast.here("olga"), corpus(), Proposal.objects.get().pk, law_keep().put)
    (policy,) = queries.policies(cast.here("olga"))
    assert policy.alone


@pytest.mark.parametrize("name", ["ada", "bea", "sol", "cal", "nan"])
def test_nobody_else_proposes_or_agrees(cast: Cast, name: str) -> None:
    with pytest.raises(NotHere):
        actions.propose(cast.here(name), corpus(), POLICY)
    actions.propose(cast.here("max"), corpus(), POLICY)
    with pytest.raises(NotHere):
        actions.agree(cast.here(name), corpus(), Proposal.objects.get().pk, law_keep().put)
    with pytest.raises(NotHere):
        actions.decline(cast.here(name), Proposal.objects.get().pk)
    assert queries.text_in_force() == ""


def test_what_was_agreed_is_asked_at_the_next_question_and_no_request_meets_half(
    cast: Cast,
) -> None:
    before = serve(cast)
    law = made(cast)
    before.lawbook.enact(law)
    after = current_shell()
    assert before.corpus is corpus(), "a request that has begun goes on with the law it began with"
    assert after.corpus is law
    assert (after.house, after.directory) == (before.house, before.directory)
    assert after.corpus.stance(ASKED, EMPLOYER).high is Stance.FORBIDDEN
    assert before.corpus.stance(ASKED, EMPLOYER).high > Stance.FORBIDDEN


def test_proposed_and_agreed_are_in_the_log_before_they_count(cast: Cast) -> None:
    size = cast.house.log.size
    law = made(cast)
    assert acts_since(cast, size) == [Act.POLICY_PROPOSE.value, Act.POLICY_AGREE.value]
    (version,) = Version.objects.all()
    assert version.entry == cast.house.log.size - 1
    assert law_keep().get(law.digest).digest == law.digest


def test_a_policy_is_in_force_only_once_its_law_is_kept(cast: Cast) -> None:
    actions.propose(cast.here("max"), corpus(), POLICY)

    def full(_: Corpus) -> None:
        raise OSError("no room on the disk")

    size = cast.house.log.size
    with pytest.raises(OSError, match="no room"):
        actions.agree(cast.here("olga"), corpus(), Proposal.objects.get().pk, full)
    assert queries.text_in_force() == ""
    assert acts_since(cast, size) == []


@pytest.mark.parametrize("text", ["", "- {id: policy.a}", POLICY.replace("forbids", "permits")])
def test_a_policy_with_a_mistake_is_not_proposed(cast: Cast, text: str) -> None:
    size = cast.house.log.size
    with pytest.raises(PolicyMistaken) as told:
        actions.propose(cast.here("max"), corpus(), text)
    assert all(one.line >= 1 for one in told.value.problems)
    assert not Proposal.objects.exists()
    assert acts_since(cast, size) == []


def test_a_new_proposal_cannot_be_agreed_to_under_the_name_of_the_old(cast: Cast) -> None:
    actions.propose(cast.here("max"), corpus(), POLICY)
    seen = Proposal.objects.get().pk
    actions.propose(cast.here("max"), corpus(), POLICY.replace("employer]", "media]"))
    with pytest.raises(NotHere):
        actions.agree(cast.here("olga"), corpus(), seen, law_keep().put)
    assert queries.text_in_force() == ""


def test_versions_follow_one_another_and_the_older_stay(cast: Cast) -> None:
    law = made(cast)
    with pytest.raises(NothingNew):
        actions.propose(cast.here("max"), law, POLICY)
    made(cast, "[]", law)
    ada = cast.here("ada")
    assert [one.number for one in queries.policies(ada)] == [2, 1]
    assert queries.policy(ada, 1).text == POLICY
    assert rules_of(law)[0].does.startswith("Forbids: disclose; everywhere")
    assert [(one.policy, one.by_policy) for one in queries.editions(ada)] == [(2, True), (1, False)]
    assert Edition.objects.latest("number").digest == corpus().digest
    assert [
        (one.what, one.name) for one in differences(law, corpus()) if one.section == "provisions"
    ] == [("removed", "policy.nothing-to-employers")]


def test_a_proposal_is_put_aside_by_either(cast: Cast) -> None:
    size = cast.house.log.size
    actions.propose(cast.here("max"), corpus(), POLICY)
    actions.decline(cast.here("olga"), Proposal.objects.get().pk)
    assert not Proposal.objects.exists()
    assert acts_since(cast, size) == [Act.POLICY_PROPOSE.value] * 2


def test_a_start_asks_the_policy_in_force(cast: Cast, tmp_path: Path) -> None:
    law = made(cast)
    keep = LawKeep(tmp_path / "law")
    found, troubles = house._law_in_force(keep)
    assert (found.digest, troubles) == (law.digest, ())
    assert keep.get(law.digest).digest == law.digest


def test_a_policy_that_new_law_cannot_read_is_never_left_out(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = made(cast)
    Version.objects.update(text=POLICY.replace("employer]", "emploier]"))
    keep = LawKeep(tmp_path / "law")
    with pytest.raises(NotKept):
        house._law_in_force(keep)
    keep.put(law)
    found, troubles = house._law_in_force(keep)
    assert found.digest == law.digest
    assert "the nearest is employer" in troubles[0]


def test_other_law_at_the_start_is_written_down_once(cast: Cast) -> None:
    size = cast.house.log.size
    actions.note_law(cast.house, corpus(), at=cast.at)
    actions.note_law(cast.house, corpus(), at=cast.at)
    actions.note_law(cast.house, made(cast), at=cast.at)
    acts = [act for act in acts_since(cast, size) if act == Act.LAW_ENACT.value]
    assert len(acts) == 1
    assert Edition.objects.count() == 2
