"""A client comes in by her own door, with keys of her own, and nobody else by hers (P3, P8, T08)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stillroom.access import Act, Capacity, Purpose, Ward
from stillroom.identity import doors, guests, sessions
from stillroom.identity.doors import Opened
from stillroom.identity.models import GuestInvitation, Person
from stillroom.identity.queries import colleagues, names_of_staff
from stillroom.identity.refusals import InvitationOver, SignInRefused
from stillroom.kernel import Trilean
from stillroom.phi import NotHere, bridge, rings
from stillroom.phi.models import Wrap
from stillroom.practice import actions_guests, queries, queries_guests
from stillroom.practice.actions_guests import NoDoorForGroups, Stand, StandsAlready
from stillroom.practice.models import Standing
from tests.cast import PASSPHRASE, Cast
from tests.web import Visitor, serve

pytestmark = pytest.mark.django_db


def client_of(cast: Cast, chart: str, by: str = "ada") -> str:
    return queries.chart_head(cast.here(by), chart).holders[0].client


def invited(cast: Cast) -> guests.Offer:
    return actions_guests.invite(cast.here("ada"), cast.dov, Stand(client_of(cast, cast.dov)))


def test_from_the_invitation_to_the_first_page(cast: Cast) -> None:
    serve(cast)
    offered = invited(cast)
    seen = Visitor(cast)
    place = reverse("portal_place", kwargs={"address": offered.address})
    assert b"four words" in seen.get(place).content
    typed = {"code": offered.code.upper(), "passphrase": PASSPHRASE, "again": PASSPHRASE}
    told = seen.post(place, typed)
    assert told.status_code == 200
    (word,) = [line for line in told.content.decode().splitlines() if '<p class="told">' in line]
    name = word.split("<strong>")[1].split("<")[0]
    assert seen.post(place, typed).status_code == 403, "a place is taken up once"
    answer = seen.post(reverse("portal_signin"), {"name": name, "passphrase": PASSPHRASE})
    assert answer.headers["Location"] == reverse("portal_home")
    page = seen.get(reverse("portal_home")).content.decode()
    assert "D.H." in page
    assert "<title>My page</title>" in page
    assert seen.post(reverse("portal_signout")).headers["Clear-Site-Data"]
    assert seen.get(reverse("portal_home")).status_code == 302


def test_a_client_holds_the_ring_of_her_chart_and_of_no_other(cast: Cast) -> None:
    cast.holder("dov")
    dov = cast.here("dov")
    assert rings.open_ring(dov, cast.dov, rings.Kind.CHART)
    with pytest.raises(NotHere):
        rings.open_ring(dov, cast.fay, rings.Kind.CHART)
    cares = queries.cares_of(dov.person, cast.dov)
    ward = Ward(chart=cast.dov)
    assert bridge.ask(dov, Act.LEDGER_READ, Purpose.OWN, ward, cares=cares)
    with pytest.raises(NotHere):
        bridge.ask(dov, Act.LEDGER_READ, Purpose.TREATMENT, ward, cares=cares)


def test_the_key_that_was_made_for_her_opens_nothing_once_she_has_her_own(cast: Cast) -> None:
    """Whoever kept the link, the code and an old copy of the invitation has nothing of today's."""
    offered = invited(cast)
    old = [bytes(row.sealed) for row in Wrap.objects.filter(recipient=offered.person)]
    guests.take_up(cast.house, offered.address, offered.code, PASSPHRASE, at=cast.at)
    new = [bytes(row.sealed) for row in Wrap.objects.filter(recipient=offered.person)]
    assert len(new) == len(old) == 1
    assert new != old
    assert Person.anyone.get(pk=offered.person).public_key != offered.public.to_bytes()
    assert not GuestInvitation.objects.exists()


def test_the_disk_does_not_say_whose_an_account_is(cast: Cast) -> None:
    told = cast.holder("dov")
    row = Person.anyone.get(pk=told.id)
    assert row.name == ""
    assert told.sign_name not in row.sign_name
    assert len(row.sign_name) == 61
    assert told.id not in colleagues(active=False)
    assert "" not in names_of_staff()


@pytest.mark.parametrize("wrong", ["code", "address", "late", "used up"])
def test_whatever_is_wrong_with_a_place_is_told_alike(cast: Cast, wrong: str) -> None:
    offered = invited(cast)
    address = offered.address if wrong != "address" else "A" * 43
    code = offered.code if wrong not in ("code", "used up") else "able able able able"
    at = cast.at + (guests.LIVES if wrong == "late" else timedelta(0))
    for _ in range(guests.TRIES if wrong == "used up" else 1):
        with pytest.raises(InvitationOver):
            guests.take_up(cast.house, address, code, PASSPHRASE, at=at)
    if wrong == "used up":
        with pytest.raises(InvitationOver):
            guests.take_up(cast.house, offered.address, offered.code, PASSPHRASE, at=at)


def test_each_door_knows_its_own_people_alone(cast: Cast) -> None:
    serve(cast)
    told = cast.holder("dov")
    with pytest.raises(SignInRefused):
        doors.by_passphrase(cast.house, told.sign_name, PASSPHRASE, "", at=cast.at)
    mark = guests.mark_of(cast.house, "ada")
    with pytest.raises(SignInRefused):
        doors.by_guest_passphrase(cast.house, mark, PASSPHRASE, "", at=cast.at)
    with pytest.raises(SignInRefused):
        doors.by_guest_passphrase(cast.house, "ada", PASSPHRASE, "", at=cast.at)
    staff, client = Visitor(cast, "ada").client.cookies, Visitor(cast, "dov").client.cookies
    swapped = Visitor(cast)
    swapped.client.cookies["__Host-stillroom"] = client["__Host-my"].value
    swapped.client.cookies["__Host-my"] = staff["__Host-stillroom"].value
    assert swapped.get(reverse("today")).status_code == 302
    assert swapped.get(reverse("portal_home")).status_code == 302


def test_a_frozen_door_is_shut_at_once_and_in_silence(cast: Cast) -> None:
    serve(cast)
    told = cast.holder("dov")
    seen = Visitor(cast, "dov")
    assert seen.get(reverse("portal_home")).status_code == 200
    actions_guests.freeze(cast.here("cal"), cast.dov, told.id)
    assert seen.get(reverse("portal_home")).status_code == 302
    tried = seen.post(reverse("portal_signin"), {"name": told.sign_name, "passphrase": PASSPHRASE})
    never = seen.post(
        reverse("portal_signin"), {"name": told.sign_name, "passphrase": "a b c d e f"}
    )
    assert tried.status_code == never.status_code == 403
    assert b"frozen" not in tried.content
    with pytest.raises(NotHere):
        actions_guests.freeze(cast.here("cal"), cast.dov, told.id, frozen=False)
    actions_guests.freeze(cast.here("ada"), cast.dov, told.id, frozen=False)
    mark = guests.mark_of(cast.house, told.sign_name)
    assert doors.by_guest_passphrase(cast.house, mark, PASSPHRASE, "", at=cast.at)


def test_a_session_that_is_left_alone_is_over_and_waits_for_nobody(cast: Cast) -> None:
    told = cast.holder("dov")
    cookie = sessions.begin(cast.house, Opened(told.id, told.key), at=cast.at)
    assert sessions.resume(cast.house, cookie, at=cast.at + timedelta(minutes=9))
    assert sessions.resume(cast.house, cookie, at=cast.at + timedelta(minutes=20)) is None
    assert sessions.resume(cast.house, cookie, at=cast.at + timedelta(minutes=10)) is None


def test_a_standing_that_ends_takes_the_key_and_the_account_along(cast: Cast) -> None:
    told = cast.holder("dov")
    actions_guests.end_standing(cast.here("ada"), cast.dov, told.id)
    assert not rings.holds(told.id, cast.dov, rings.Kind.CHART)
    assert not Person.anyone.get(pk=told.id).active
    mark = guests.mark_of(cast.house, told.sign_name)
    with pytest.raises(SignInRefused):
        doors.by_guest_passphrase(cast.house, mark, PASSPHRASE, "", at=cast.at)


def test_a_proxys_door_ends_by_itself_and_her_key_is_taken_away(cast: Cast) -> None:
    majority = cast.at + timedelta(days=30)
    stand = Stand(client_of(cast, cast.dov), Capacity.PROXY, frozenset({"forms"}), majority)
    told = cast.proxy("eva", cast.dov, stand)
    assert queries_guests.own_stand(cast.here("eva"), cast.dov).reach == {"forms"}
    with pytest.raises(NotHere):
        queries_guests.own_stand(cast.here("eva", at=majority), cast.dov)
    assert actions_guests.withdraw_past(cast.house, majority) == 1
    assert actions_guests.withdraw_past(cast.house, majority) == 0
    assert not rings.holds(told.id, cast.dov, rings.Kind.CHART)
    assert Standing.objects.get(person=told.id).ends_at == majority


def test_who_lost_her_way_in_is_offered_her_place_anew_and_the_old_way_leads_nowhere(
    cast: Cast,
) -> None:
    told = cast.holder("dov")
    offered = actions_guests.offer_anew(cast.here("ada"), cast.dov, told.id)
    assert offered.person == told.id
    mark = guests.mark_of(cast.house, told.sign_name)
    with pytest.raises(SignInRefused):
        doors.by_guest_passphrase(cast.house, mark, PASSPHRASE, "", at=cast.at)
    anew = guests.take_up(cast.house, offered.address, offered.code, "b c d e f g h", at=cast.at)
    mark = guests.mark_of(cast.house, anew.sign_name)
    opened = doors.by_guest_passphrase(cast.house, mark, "b c d e f g h", "", at=cast.at)
    assert opened.person == told.id


def test_nobody_invites_who_does_not_treat_and_a_chart_has_one_door_a_client(cast: Cast) -> None:
    client = client_of(cast, cast.dov)
    for name in ("bea", "sol", "cal", "max", "olga", "nan"):
        with pytest.raises(NotHere):
            actions_guests.invite(cast.here(name), cast.dov, Stand(client))
    invited(cast)
    with pytest.raises(StandsAlready):
        invited(cast)
    with pytest.raises(NotHere):
        stranger = Stand(client_of(cast, cast.fay, "bea"))
        actions_guests.invite(cast.here("ada"), cast.dov, stranger)


def test_a_client_is_no_client_by_proof_alone(cast: Cast) -> None:
    """Stepping up gives a client no act of the staff's."""
    cast.holder("dov")
    dov = cast.here("dov", stepped_up=Trilean.YES)
    for act in (Act.GUEST_INVITE, Act.RECORD_WRITE, Act.RELEASE_SEND, Act.FRONT_LIST):
        with pytest.raises(NotHere):
            bridge.ask(dov, act, Purpose.OWN, Ward(chart=cast.dov))


def test_a_group_has_no_door(cast: Cast) -> None:
    from stillroom.practice import actions

    carers = [actions.Carer(cast.people["ada"].id, Capacity.TREATING)]
    member = client_of(cast, cast.dov)
    group = actions.admit(
        cast.here("ada"), cast.directory, [], carers, kind="group", known_clients=[member]
    )
    with pytest.raises(NoDoorForGroups):
        actions_guests.invite(cast.here("ada"), group, Stand(member))
