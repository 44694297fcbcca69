"""Accounts: one's keys are one's own, an invitation is used once, and roles are given by two."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from stillroom.access import Act, Purpose, Role, Ward
from stillroom.identity import accounts, doors, queries, sessions
from stillroom.identity.doors import Opened
from stillroom.identity.models import (
    Invitation,
    OneTimeCode,
    Person,
    RoleChange,
    Session,
    WayIn,
)
from stillroom.identity.refusals import (
    InvitationOver,
    LastOwner,
    NameMissing,
    NameTaken,
    OwnersOnly,
    SamePerson,
)
from stillroom.kernel import Misuse, Secret, StillroomError
from stillroom.phi import NotHere, Presence, bridge, rings
from stillroom.vault import PublicKey, WeakPassphrase
from tests.cast import NOON, PASSPHRASE, Cast
from tests.identity.conftest import Told

ZOES = "green lamps along the quay"
DESK = [Role.FRONT_DESK]


def invited(staff: Cast, name: str = "zoe", by: str = "olga", roles=DESK) -> Secret:
    """A new colleague's invitation code."""
    return accounts.invite(staff.here(by), name, "Zoe Arden", roles)


def agree(staff: Cast, by: str) -> None:
    """Agree to the one change that waits."""
    accounts.agree_to_roles(staff.here(by), RoleChange.objects.get().pk)


def role_of(name: str) -> list[str]:
    return Person.objects.get(sign_name=name).roles


def test_an_invitation_is_taken_up_once(staff: Cast) -> None:
    code = invited(staff)
    made = accounts.take_up(staff.house, code, ZOES, at=NOON)
    assert made.sign_name == "zoe"
    assert len(made.words) == 12
    with pytest.raises(InvitationOver):
        accounts.take_up(staff.house, code, ZOES, at=NOON)
    assert WayIn.objects.filter(person_id=made.person).count() == 2


def test_whoever_was_invited_cannot_sign_in_before_she_has_keys(staff: Cast) -> None:
    invited(staff)
    with pytest.raises(StillroomError):
        doors.by_passphrase(staff.house, "zoe", PASSPHRASE, "000000", at=NOON)
    assert queries.public_key(Person.objects.get(sign_name="zoe").pk) is None


@pytest.mark.parametrize("days", [3, 4])
def test_an_invitation_ends_after_three_days(staff: Cast, days: int) -> None:
    code = invited(staff)
    with pytest.raises(InvitationOver):
        accounts.take_up(staff.house, code, ZOES, at=NOON + timedelta(days=days))
    almost = NOON + timedelta(days=3, microseconds=-1)
    assert accounts.take_up(staff.house, code, ZOES, at=almost)


def test_the_code_may_be_typed_as_it_was_heard(staff: Cast) -> None:
    text = invited(staff).expose().decode()
    spoken = f" {text[:5].upper()}-{text[5:10]} {text[10:15]}\n{text[15:]} "
    assert accounts.take_up(staff.house, Secret(spoken.encode()), ZOES, at=NOON)


@pytest.mark.parametrize(
    "code", [b"", b"00000000000000000000", b"\xff\xfe", "\ud800".encode("utf-8", "replace")]
)
def test_a_code_that_is_none_opens_nothing(staff: Cast, code: bytes) -> None:
    invited(staff)
    with pytest.raises(InvitationOver):
        accounts.take_up(staff.house, Secret(code), ZOES, at=NOON)


def test_the_code_is_kept_nowhere(staff: Cast, told: Callable[[], list[Told]]) -> None:
    text = invited(staff).expose().decode()
    assert text not in repr(list(Invitation.objects.values()))
    assert text not in repr(told())


def test_a_weak_passphrase_leaves_the_invitation_open(staff: Cast) -> None:
    code = invited(staff)
    with pytest.raises(WeakPassphrase):
        accounts.take_up(staff.house, code, "password1234", at=NOON)
    assert accounts.take_up(staff.house, code, ZOES, at=NOON)


def test_an_invitation_that_ran_out_can_be_given_again_and_the_older_code_is_over(
    staff: Cast,
) -> None:
    older = invited(staff)
    newer = invited(staff)
    with pytest.raises(InvitationOver):
        accounts.take_up(staff.house, older, ZOES, at=NOON)
    assert accounts.take_up(staff.house, newer, ZOES, at=NOON)
    assert Person.objects.filter(sign_name="zoe").count() == 1


@pytest.mark.parametrize("name", ["ada", "ADA", " Ada\u200b"])
def test_nobody_is_invited_under_a_name_that_is_somebodys(
    staff: Cast, told: Callable[[], list[Told]], name: str
) -> None:
    before = len(told())
    with pytest.raises(NameTaken):
        invited(staff, name)
    assert len(told()) == before
    assert Person.objects.get(sign_name="ada").active


def test_a_name_that_was_closed_is_not_given_to_another(staff: Cast) -> None:
    """Her entries in the log and her signatures go on under it."""
    accounts.close(staff.here("olga"), staff.ada.id)
    with pytest.raises(NameTaken):
        invited(staff, "ada")


def test_an_account_without_a_name_is_not_opened(staff: Cast) -> None:
    with pytest.raises(NameMissing):
        invited(staff, " \u200b ")


@pytest.mark.parametrize("who", ["ada", "bea"])
def test_only_whoever_runs_accounts_invites_changes_and_closes(staff: Cast, who: str) -> None:
    here = staff.here(who)
    for act in (
        lambda: accounts.invite(here, "zoe", "Zoe", DESK),
        lambda: accounts.propose_roles(here, staff.bea.id, DESK),
        lambda: accounts.agree_to_roles(here, "x"),
        lambda: accounts.close(here, staff.max.id),
        lambda: queries.accounts(here),
        lambda: queries.proposed_roles(here),
    ):
        with pytest.raises(NotHere):
            act()
    assert not Person.objects.filter(sign_name="zoe").exists()


# Two persons


def test_an_administrator_alone_gives_nobody_a_role_by_inviting_her(staff: Cast) -> None:
    """T04: else he invites a second self at the front desk, and reads who is a client."""
    code = invited(staff, by="max", roles=[Role.FRONT_DESK, Role.ADMINISTRATOR])
    accounts.take_up(staff.house, code, ZOES, at=NOON)
    assert role_of("zoe") == []
    with pytest.raises(SamePerson):
        agree(staff, "max")
    agree(staff, "olga")
    assert role_of("zoe") == ["administrator", "front_desk"]


def test_a_second_self_without_roles_agrees_to_nothing(staff: Cast) -> None:
    code = invited(staff, by="max", roles=[Role.ADMINISTRATOR])
    made = accounts.take_up(staff.house, code, ZOES, at=NOON)
    opened = doors.by_words(staff.house, "zoe", made.words, at=NOON)
    cookie = sessions.begin(staff.house, opened, at=NOON)
    second = sessions.resume(staff.house, cookie, at=NOON)
    assert isinstance(second, Presence)
    with pytest.raises(NotHere):
        accounts.agree_to_roles(second, RoleChange.objects.get().pk)


def test_whoever_runs_the_accounts_alone_gives_the_first_roles(staff: Cast) -> None:
    """A practice of one owner has no second person to ask."""
    accounts.close(staff.here("olga"), staff.max.id)
    invited(staff)
    assert role_of("zoe") == ["front_desk"]
    assert not RoleChange.objects.exists()


def test_an_invited_administrator_who_never_came_is_no_second_person(staff: Cast) -> None:
    accounts.close(staff.here("olga"), staff.max.id)
    invited(staff, "yan", roles=[Role.ADMINISTRATOR])
    invited(staff)
    assert role_of("zoe") == ["front_desk"]


def test_roles_change_when_a_second_person_agrees_and_not_before(staff: Cast) -> None:
    accounts.propose_roles(staff.here("max"), staff.bea.id, DESK)
    assert role_of("bea") == ["clinician"]
    with pytest.raises(SamePerson):
        agree(staff, "max")
    assert role_of("bea") == ["clinician"]
    agree(staff, "olga")
    assert role_of("bea") == ["front_desk"]
    assert not RoleChange.objects.exists()


def test_nobody_agrees_to_a_proposal_that_was_changed_after_she_saw_it(staff: Cast) -> None:
    accounts.propose_roles(staff.here("max"), staff.bea.id, DESK)
    seen = RoleChange.objects.get().pk
    accounts.propose_roles(staff.here("max"), staff.bea.id, [Role.ADMINISTRATOR])
    with pytest.raises(NotHere):
        accounts.agree_to_roles(staff.here("olga"), seen)
    assert role_of("bea") == ["clinician"]


def test_a_change_is_agreed_to_once(staff: Cast) -> None:
    accounts.propose_roles(staff.here("max"), staff.bea.id, DESK)
    change = RoleChange.objects.get().pk
    accounts.agree_to_roles(staff.here("olga"), change)
    with pytest.raises(NotHere):
        accounts.agree_to_roles(staff.here("olga"), change)


def test_both_persons_are_in_the_log(staff: Cast, told: Callable[[], list[Told]]) -> None:
    accounts.propose_roles(staff.here("max"), staff.bea.id, DESK)
    agree(staff, "olga")
    proposed, agreed = told()[-2:]
    assert (proposed.actor, proposed.details["did"]) == (staff.max.id, "proposed roles")
    assert (agreed.actor, agreed.details["did"]) == (staff.olga.id, "agreed to roles")
    assert agreed.details["roles"] == ["front_desk"]


def test_new_roles_hold_at_the_very_next_page(staff: Cast) -> None:
    cookie = sessions.begin(staff.house, Opened(staff.bea.id, staff.bea.key), at=NOON)
    accounts.propose_roles(staff.here("max"), staff.bea.id, [])
    agree(staff, "olga")
    here = sessions.resume(staff.house, cookie, at=NOON)
    assert isinstance(here, Presence)
    assert here.roles == frozenset()


def test_the_practice_keeps_an_owner(staff: Cast) -> None:
    with pytest.raises(LastOwner):
        accounts.close(staff.here("olga"), staff.olga.id)
    accounts.propose_roles(staff.here("max"), staff.olga.id, DESK)
    with pytest.raises(LastOwner):
        agree(staff, "olga")
    assert "owner" in role_of("olga")


def test_an_owner_without_keys_is_nobody_to_rely_on(staff: Cast) -> None:
    """She could neither agree to anything nor sign in to make another owner."""
    accounts.found(staff.house, "yan", "Yan", [Role.OWNER, Role.ADMINISTRATOR], at=NOON)
    with pytest.raises(LastOwner):
        accounts.close(staff.here("olga"), staff.olga.id)
    accounts.close(staff.here("olga"), staff.max.id)
    invited(staff)
    assert role_of("zoe") == ["front_desk"]


def test_an_administrator_closes_no_owner(staff: Cast) -> None:
    """Else he would then be the one who runs accounts alone."""
    accounts.propose_roles(staff.here("olga"), staff.bea.id, [Role.OWNER])
    agree(staff, "max")
    for owner in (staff.olga, staff.bea):
        with pytest.raises(OwnersOnly):
            accounts.close(staff.here("max"), owner.id)
    accounts.close(staff.here("olga"), staff.bea.id)
    assert not Person.objects.get(pk=staff.bea.id).active


# Closing


def test_closing_ends_every_session_and_every_way_in(staff: Cast) -> None:
    cookies = [
        sessions.begin(staff.house, Opened(staff.ada.id, staff.ada.key), at=NOON) for _ in "ab"
    ]
    accounts.close(staff.here("max"), staff.ada.id)
    assert [sessions.resume(staff.house, cookie, at=NOON) for cookie in cookies] == [None, None]
    assert not Session.objects.exists()
    with pytest.raises(StillroomError):
        doors.by_passphrase(staff.house, "ada", PASSPHRASE, "", at=NOON)
    assert queries.public_key(staff.ada.id) is None
    assert queries.verifying_key(staff.ada.id) is not None


def test_closing_an_invited_account_takes_the_invitation_back(staff: Cast) -> None:
    code = invited(staff)
    accounts.close(staff.here("max"), Person.objects.get(sign_name="zoe").pk)
    with pytest.raises(InvitationOver):
        accounts.take_up(staff.house, code, ZOES, at=NOON)
    assert not RoleChange.objects.exists()


# Keys


def test_the_inviter_cannot_open_the_key_of_whom_he_invited(staff: Cast) -> None:
    """P3: with the code, the server, the rows and his own key; only her passphrase and words do."""
    code = invited(staff, by="max")
    made = accounts.take_up(staff.house, code, ZOES, at=NOON)
    house = staff.house
    for way in WayIn.objects.filter(person_id=made.person):
        for key in (house.server, house.server.derive(b"stillroom identity v1|")):
            with pytest.raises(StillroomError):
                doors.open_identity(made.person, bytes(way.sealed_key), key)
        with pytest.raises(StillroomError):
            staff.max.key.unwrap(bytes(way.sealed_key), b"stillroom identity v1|")
    assert doors.by_words(house, "zoe", made.words, at=NOON).person == made.person


def test_what_is_told_once_is_kept_nowhere(staff: Cast) -> None:
    made = accounts.take_up(staff.house, invited(staff), ZOES, at=NOON)
    kept = repr(list(WayIn.objects.values()) + list(OneTimeCode.objects.values()))
    secret = made.code_secret.expose().decode()
    assert secret not in kept
    assert ZOES not in kept
    assert not any(f"{word} " in kept for word in made.words)
    assert secret in made.code_address
    assert made.code_picture.startswith("data:image/svg+xml")


def test_a_person_has_one_identity(staff: Cast) -> None:
    with pytest.raises(Misuse):
        accounts.make_keys(staff.house, staff.ada.id, ZOES, at=NOON)
    assert WayIn.objects.filter(person_id=staff.ada.id).count() == 2


def test_the_key_that_others_wrap_to_is_hers(staff: Cast) -> None:
    made = accounts.take_up(staff.house, invited(staff), ZOES, at=NOON)
    opened = doors.by_words(staff.house, "zoe", made.words, at=NOON)
    public = queries.public_key(made.person)
    assert public == opened.key.public
    assert queries.public_keys([made.person, "nobody"]) == {made.person: public}


def test_nobody_who_holds_no_ring_gives_it_to_anybody(cast: Cast) -> None:
    """T04: Max in his own name, in Ada's, and through the server; each time nothing is wrapped."""
    mine = queries.public_key(cast.people["max"].id)
    assert isinstance(mine, PublicKey)
    max_id, ada = cast.people["max"].id, cast.here("ada")
    as_ada = Presence(cast.house, ada.person, ada.name, ada.roles, cast.people["max"].key, NOON)
    for here in (cast.here("max"), cast.here("bea"), as_ada):
        with pytest.raises(StillroomError):
            rings.share_ring(here, cast.dov, rings.Kind.CHART, max_id, mine)
    assert not rings.holds(max_id, cast.dov, rings.Kind.CHART)
    rings.share_ring(ada, cast.dov, rings.Kind.CHART, max_id, mine)
    assert rings.open_ring(cast.here("max"), cast.dov, rings.Kind.CHART)


def test_a_person_without_roles_keeps_no_accounts(staff: Cast) -> None:
    code = invited(staff, by="max")
    made = accounts.take_up(staff.house, code, ZOES, at=NOON)
    opened = doors.by_words(staff.house, "zoe", made.words, at=NOON)
    here = Presence(staff.house, made.person, "Zoe", frozenset(), opened.key, NOON)
    with pytest.raises(NotHere):
        bridge.ask(here, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, Ward(chart=""))


def test_the_few_who_work_here_are_not_sought_among_all_clients(staff):
    """Nearly every page names them; a practice has a dozen, and clients by the thousand."""
    asked: list[str] = []

    def told(execute, sql, parameters, many, context):
        asked.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(told):
        everybody = queries.colleagues(active=False)
        queries.names_of_staff()
    assert set(everybody) == {one.id for one in staff.people.values()}
    for statement in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps = [row[3] for row in cursor.fetchall()]
        assert steps == ["SCAN identity_person USING INDEX who_works_here"], statement
