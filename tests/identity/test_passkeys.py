"""Passkeys with a software authenticator: what opens, and every way in which it must not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillroom.access import Act
from stillroom.identity import accounts, doors, passkeys
from stillroom.identity.models import Challenge, WayIn
from stillroom.identity.passkeys import Site
from stillroom.identity.refusals import NoKeyFromPasskey, PasskeyRefused
from stillroom.kernel import StillroomError, Trilean
from stillroom.phi import Presence, StepUpNeeded
from tests.cast import NOON, PASSPHRASE, Cast
from tests.identity.authenticator import HOST, ORIGIN, Authenticator, Ceremony, decode, encode
from tests.identity.conftest import Told, code_of

SITE = Site(HOST, ORIGIN)


def here(staff: Cast, name: str = "ada", *, fresh: bool = True) -> Presence:
    return staff.here(name, stepped_up=Trilean.of(fresh))


def register(
    staff: Cast, made: Authenticator, name: str = "ada", how: Ceremony | None = None
) -> None:
    options = passkeys.offer(here(staff, name), SITE)
    credential, prf = made.make(options, how)
    passkeys.add(here(staff, name), SITE, credential, prf, "Laptop")


def sign_in(
    staff: Cast, made: Authenticator, name: str = "ada", how: Ceremony | None = None
) -> doors.Opened:
    options = passkeys.ask(staff.house, SITE, name, at=NOON)
    credential, prf = made.answer(options, how)
    return passkeys.answer(staff.house, SITE, credential, prf, at=NOON)


@pytest.fixture
def adas(staff: Cast) -> Authenticator:
    """Ada's passkey, registered."""
    made = Authenticator()
    register(staff, made)
    return made


def test_a_passkey_opens_its_owners_own_key(staff: Cast, adas: Authenticator) -> None:
    opened = sign_in(staff, adas)
    assert opened.person == staff.ada.id
    assert opened.key.public == staff.ada.key.public


def test_the_authenticator_may_name_its_owner(staff: Cast, adas: Authenticator) -> None:
    assert sign_in(staff, adas, how=Ceremony(user=staff.ada.id.encode()))


def test_it_opens_again_and_the_server_kept_nothing_that_opens_it(
    staff: Cast, adas: Authenticator
) -> None:
    sign_in(staff, adas)
    assert sign_in(staff, adas).person == staff.ada.id
    way = WayIn.objects.get(credential=adas.credential)
    options = passkeys.ask(staff.house, SITE, "ada", at=NOON)
    kept = bytes(way.sealed_key) + bytes(way.lock) + bytes(way.credential_key or b"")
    assert decode(adas.prf(options)) not in kept
    assert adas.prf_key not in kept
    assert way.used_at == NOON


HOSTILE = {
    "another origin": Ceremony(origin="https://linden.example.evil.example"),
    "the same host in the clear": Ceremony(origin="http://linden.example"),
    "another port": Ceremony(origin="https://linden.example:8443"),
    "another site's passkey": Ceremony(host="evil.example"),
    "no user verification": Ceremony(verified=False),
    "nobody there": Ceremony(present=False),
    "a challenge never given": Ceremony(challenge=b"c" * 64),
    "the other ceremony's answer": Ceremony(kind="webauthn.create"),
    "another person's name in it": Ceremony(user=b"somebody else"),
    "a credential that nobody has": Ceremony(credential=b"x" * 32),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_an_answer_is_refused_with(staff: Cast, adas: Authenticator, what: str) -> None:
    with pytest.raises(PasskeyRefused):
        sign_in(staff, adas, how=HOSTILE[what])
    assert sign_in(staff, adas)


@pytest.mark.parametrize(
    "what", [one for one in HOSTILE if "nobody has" not in one and "name in it" not in one]
)
def test_a_registration_is_refused_with(staff: Cast, what: str) -> None:
    how = HOSTILE[what]
    if how.kind:
        how = Ceremony(kind="webauthn.get")
    with pytest.raises(PasskeyRefused):
        register(staff, Authenticator(), how=how)
    assert not WayIn.objects.filter(kind="passkey").exists()


@pytest.mark.parametrize("counts", [True, False])
def test_an_answer_is_good_once(staff: Cast, adas: Authenticator, counts: bool) -> None:
    """Also from an authenticator that does not count, as those that are synchronised."""
    if not counts:
        adas = Authenticator(counts=False)
        register(staff, adas)
    options = passkeys.ask(staff.house, SITE, "ada", at=NOON)
    credential, prf = adas.answer(options)
    assert passkeys.answer(staff.house, SITE, credential, prf, at=NOON)
    with pytest.raises(PasskeyRefused):
        passkeys.answer(staff.house, SITE, credential, prf, at=NOON)


def test_an_answer_after_five_minutes_is_too_late(staff: Cast, adas: Authenticator) -> None:
    options = passkeys.ask(staff.house, SITE, "ada", at=NOON)
    credential, prf = adas.answer(options)
    with pytest.raises(PasskeyRefused):
        passkeys.answer(
            staff.house, SITE, credential, prf, at=NOON + timedelta(minutes=5, seconds=1)
        )


def test_old_challenges_do_not_pile_up(staff: Cast) -> None:
    for minutes in range(0, 60, 6):
        passkeys.ask(staff.house, SITE, "ada", at=NOON + timedelta(minutes=minutes))
    assert Challenge.objects.count() == 1


def test_a_challenge_for_signing_in_makes_no_passkey_nor_the_reverse(
    staff: Cast, adas: Authenticator
) -> None:
    asked = passkeys.ask(staff.house, SITE, "ada", at=NOON)
    credential, prf = Authenticator().make(asked)
    with pytest.raises(PasskeyRefused):
        passkeys.add(here(staff), SITE, credential, prf, "")
    offered = passkeys.offer(here(staff), SITE)
    credential, prf = adas.answer(offered)
    with pytest.raises(PasskeyRefused):
        passkeys.answer(staff.house, SITE, credential, prf, at=NOON)


def test_a_passkey_made_for_one_person_is_not_kept_as_anothers(staff: Cast) -> None:
    """A stolen session of Max's does not take in what Ada's browser made for her."""
    options = passkeys.offer(here(staff), SITE)
    credential, prf = Authenticator().make(options)
    with pytest.raises(PasskeyRefused):
        passkeys.add(here(staff, "max"), SITE, credential, prf, "")


def test_a_credential_that_is_kept_already_is_not_taken_over(
    staff: Cast, adas: Authenticator
) -> None:
    with pytest.raises(PasskeyRefused):
        register(staff, Authenticator(credential=adas.credential), "max")
    assert sign_in(staff, adas).person == staff.ada.id


def test_another_key_under_her_credential_is_refused(staff: Cast, adas: Authenticator) -> None:
    forged = Authenticator(credential=adas.credential, prf_key=adas.prf_key, count=100)
    with pytest.raises(PasskeyRefused):
        sign_in(staff, forged)


def test_a_copied_passkey_shows_by_its_counter(staff: Cast, adas: Authenticator) -> None:
    """WebAuthn §6.1.1: the counter only grows."""
    copy = Authenticator(adas.key, adas.credential, adas.prf_key, count=adas.count)
    for _ in range(3):
        sign_in(staff, adas)
    with pytest.raises(PasskeyRefused):
        sign_in(staff, copy)


def test_a_signature_without_the_prf_opens_nothing(staff: Cast, adas: Authenticator) -> None:
    adas.has_prf = False
    with pytest.raises(NoKeyFromPasskey):
        sign_in(staff, adas)


@pytest.mark.parametrize("prf", ["", "%%%%%", "é", "AAAA", "A" * 44, "A"])
def test_a_prf_that_is_none_opens_nothing(staff: Cast, adas: Authenticator, prf: str) -> None:
    credential, _ = adas.answer(passkeys.ask(staff.house, SITE, "ada", at=NOON))
    with pytest.raises(NoKeyFromPasskey):
        passkeys.answer(staff.house, SITE, credential, prf, at=NOON)


def test_an_authenticator_without_prf_is_told_so_and_not_kept(staff: Cast) -> None:
    with pytest.raises(NoKeyFromPasskey):
        register(staff, Authenticator(has_prf=False))
    assert not WayIn.objects.filter(kind="passkey").exists()


def test_another_prf_opens_nothing(staff: Cast, adas: Authenticator) -> None:
    adas.prf_key = bytes(32)
    with pytest.raises(PasskeyRefused):
        sign_in(staff, adas)


def test_a_passkey_row_moved_to_another_person_opens_nothing(
    staff: Cast, adas: Authenticator
) -> None:
    WayIn.objects.filter(credential=adas.credential).update(person_id=staff.max.id)
    with pytest.raises(PasskeyRefused):
        sign_in(staff, adas, "max")


def test_a_closed_accounts_passkey_opens_nothing(staff: Cast, adas: Authenticator) -> None:
    accounts.close(staff.here("olga"), staff.ada.id)
    with pytest.raises(PasskeyRefused):
        sign_in(staff, adas)
    options = passkeys.ask(staff.house, SITE, "ada", at=NOON)
    assert encode(adas.credential) not in str(options), "the door shows a decoy, as for nobody"


def test_a_screen_left_open_takes_in_no_passkey(staff: Cast) -> None:
    with pytest.raises(StepUpNeeded):
        passkeys.offer(here(staff, fresh=False), SITE)
    options = passkeys.offer(here(staff), SITE)
    credential, prf = Authenticator().make(options)
    with pytest.raises(StepUpNeeded):
        passkeys.add(here(staff, fresh=False), SITE, credential, prf, "")


def test_a_new_passkey_stands_in_the_log(staff: Cast, told: Callable[[], list[Told]]) -> None:
    register(staff, Authenticator())
    last = told()[-1]
    assert (last.actor, last.act) == (staff.ada.id, Act.OWN_ACCOUNT_WRITE.value)
    assert last.details == {"did": "added a passkey"}


# What the door tells


def test_an_unknown_name_gets_a_decoy_that_stays_the_same(staff: Cast, adas: Authenticator) -> None:
    def asked(name: str) -> dict[str, Any]:
        options = passkeys.ask(staff.house, SITE, name, at=NOON)
        options.pop("challenge")
        return options

    for name in ("nobody", "bea", "", "max"):
        assert asked(name) == asked(name)
        assert asked(name).keys() == asked("ada").keys()
        assert len(asked(name)["allowCredentials"]) == 1
        assert (
            asked(name)["allowCredentials"][0].keys() == asked("ada")["allowCredentials"][0].keys()
        )
    assert asked("nobody")["allowCredentials"] != asked("somebody")["allowCredentials"]
    assert asked("nobody")["extensions"] != asked("somebody")["extensions"]
    assert asked(" NOBODY") == asked("nobody")


def test_decoys_look_like_credentials(staff: Cast) -> None:
    """No common beginning, no odd length: nothing by which a list of names could be sorted."""
    ids = [
        decode(passkeys.ask(staff.house, SITE, name, at=NOON)["allowCredentials"][0]["id"])
        for name in (f"name{n}" for n in range(60))
    ]
    assert len({one[:4] for one in ids}) == len(ids)
    assert {len(one) for one in ids} == {16, 20, 32, 48, 64}


def test_asking_takes_the_same_queries_for_every_name(staff: Cast, adas: Authenticator) -> None:
    counts = []
    for name in ("ada", "bea", "nobody", ""):
        with CaptureQueriesContext(connection) as queries:
            passkeys.ask(staff.house, SITE, name, at=NOON)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_a_passkey_tried_in_vain_is_written_down_but_not_without_end(
    staff: Cast, adas: Authenticator, told: Callable[[], list[Told]]
) -> None:
    before = len(told())
    for _ in range(20):
        with pytest.raises(PasskeyRefused):
            sign_in(staff, adas, how=Ceremony(verified=False))
    refused = told()[before:]
    assert [entry.act for entry in refused] == [Act.SESSION_REFUSE.value] * 5
    assert {entry.details["person"] for entry in refused} == {staff.ada.id}


def test_a_name_that_waits_still_opens_by_passkey(staff: Cast, adas: Authenticator) -> None:
    """Nobody can lock Ada out by failing in her name."""
    for _ in range(9):
        with pytest.raises(StillroomError):
            doors.by_passphrase(staff.house, "ada", PASSPHRASE + "x", code_of(staff.ada), at=NOON)
    assert sign_in(staff, adas)


def test_a_passkey_in_hand_is_not_offered_to_be_made_again(
    staff: Cast, adas: Authenticator
) -> None:
    options = passkeys.offer(here(staff), SITE)
    assert [one["id"] for one in options["excludeCredentials"]] == [encode(adas.credential)]
    assert options["user"]["id"] == encode(staff.ada.id.encode())
    assert staff.ada.name not in str(options)
    assert options["authenticatorSelection"]["userVerification"] == "required"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("AAAA"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "rawId", "type", "response", "clientDataJSON", "signature", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(["", "id", "rawId", "type", "response"]), value=ANYTHING)
def test_whatever_a_script_sends_is_refused_and_breaks_nothing(
    staff: Cast, part: str, value: Any
) -> None:
    made = Authenticator()
    if not WayIn.objects.filter(kind="passkey").exists():
        register(staff, made)
    options = passkeys.ask(staff.house, SITE, "ada", at=NOON)
    credential, prf = Authenticator().answer(options)
    sent = {**credential, part: value} if part else value
    if not isinstance(sent, dict):
        sent = {"response": sent}
    with pytest.raises(StillroomError):
        passkeys.answer(staff.house, SITE, sent, prf, at=NOON)
    with pytest.raises(StillroomError):
        passkeys.add(here(staff), SITE, sent, prf, "")


def test_json_nested_without_end_is_refused(staff: Cast) -> None:
    credential, prf = Authenticator().answer(passkeys.ask(staff.house, SITE, "ada", at=NOON))
    credential["response"]["clientDataJSON"] = encode(b"[" * 100_000)
    with pytest.raises(PasskeyRefused):
        passkeys.answer(staff.house, SITE, credential, prf, at=NOON)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]),
    at_byte=st.integers(0, 400),
    bit=st.integers(0, 7),
    cut=st.booleans(),
)
def test_one_bit_or_one_end_of_an_answer_altered_is_refused(
    staff: Cast, field: str, at_byte: int, bit: int, cut: bool
) -> None:
    made = Authenticator()
    WayIn.objects.filter(kind="passkey").delete()
    register(staff, made)
    credential, prf = made.answer(passkeys.ask(staff.house, SITE, "ada", at=NOON))
    raw = bytearray(decode(credential["response"][field]))
    at_byte %= len(raw)
    if cut:
        del raw[at_byte:]
    else:
        raw[at_byte] ^= 1 << bit
    credential["response"][field] = encode(bytes(raw))
    with pytest.raises(StillroomError):
        passkeys.answer(staff.house, SITE, credential, prf, at=NOON)
