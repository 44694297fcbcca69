"""T11: a passphrase is forgotten, an authenticator lost, a person gone; and there is no back door.

Each subset of a person's ways in opens her key, or does not, as documented; every ring in the
database has exactly the recipients that the documents name; one share of the recovery key opens
nothing, two open the charts again, on a clean machine, from the backup and the paper. Passkeys as
a way in are tests/identity/test_passkeys.py.
"""

import shutil
from base64 import b32decode
from itertools import product
from pathlib import Path

import pyotp
import pytest

from stillroom.identity import accounts, doors, recovery
from stillroom.identity.models import WayIn
from stillroom.kernel import StillroomError
from stillroom.phi.models import Ring, Wrap
from stillroom.vault import PersonKey, Place, Share, combine, unwrap
from tests.cast import NOON, PASSPHRASE, Cast
from tests.disclosure.story import notes
from tests.harness import keys
from tests.harness.evidence import Evidence

WRONG_WORDS = "abandon ability able about above absent absorb abstract absurd abuse access accident"


def _renewed(cast: Cast, name: str) -> tuple[accounts.Welcome, str]:
    """A person made anew, whose recovery words the test knows."""
    person = accounts.found(cast.house, name, name, [], at=NOON)
    made = accounts.make_keys(cast.house, person, PASSPHRASE, at=NOON)
    return made, made.code_secret.expose().decode()


def _code(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).at(int(NOON.timestamp()) + 30 * step)


@pytest.mark.parametrize(("passphrase", "code"), list(product([True, False], repeat=2)))
def test_passphrase_and_code_open_together_and_neither_alone(
    cast: Cast, passphrase: bool, code: bool
) -> None:
    made, secret = _renewed(cast, "uma")
    typed = PASSPHRASE if passphrase else "five other words entirely here"
    number = _code(secret, 0) if code else f"{(int(_code(secret, 0)) + 1) % 1_000_000:06d}"

    def enter() -> doors.Opened:
        return doors.by_passphrase(cast.house, "uma", typed, number, at=NOON)

    if passphrase and code:
        assert enter().person == made.person
    else:
        with pytest.raises(StillroomError):
            enter()


def test_the_words_on_paper_open_alone_and_only_hers(cast: Cast) -> None:
    made, _ = _renewed(cast, "uma")
    other, _ = _renewed(cast, "eve")
    assert doors.by_words(cast.house, "uma", made.words, at=NOON).person == made.person
    for words in (other.words, WRONG_WORDS.split(), made.words[:-1], made.words[::-1]):
        with pytest.raises(StillroomError):
            doors.by_words(cast.house, "uma", words, at=NOON)


def test_whoever_lost_passphrase_and_authenticator_comes_back_by_paper_with_the_same_key(
    cast: Cast,
) -> None:
    made, old_secret = _renewed(cast, "uma")
    before = doors.by_words(cast.house, "uma", made.words, at=NOON).key.public.to_bytes()
    renewed = recovery.renew(cast.house, "uma", made.words, "six new geese above the mill", at=NOON)
    secret = renewed.code_secret.expose().decode()
    opened = doors.by_passphrase(
        cast.house, "uma", "six new geese above the mill", _code(secret, 0), at=NOON
    )
    assert opened.key.public.to_bytes() == before
    with pytest.raises(StillroomError):
        doors.by_passphrase(cast.house, "uma", PASSPHRASE, _code(old_secret, 0), at=NOON)


def test_nobody_has_fewer_than_two_ways_in(cast: Cast) -> None:
    for member in cast.people.values():
        kinds = list(WayIn.objects.filter(person_id=member.id).values_list("kind", flat=True))
        assert sorted(kinds) == ["passphrase", "words"]


# No back door


def _recipients(cast: Cast) -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for ring in Ring.objects.all():
        holders = set(Wrap.objects.filter(ring=ring).values_list("recipient", flat=True))
        found[(ring.kind, ring.ward, ring.author)] = holders
    return found


def test_every_ring_has_exactly_the_recipients_that_are_documented(cast: Cast) -> None:
    notes(cast)
    people = cast.people
    carers = {cast.dov: {people["ada"].id, people["sol"].id}, cast.fay: {people["bea"].id}}
    for (kind, ward, author), holders in _recipients(cast).items():
        if kind in ("front", "log"):
            assert holders == {"server", "recovery"}, (kind, ward)
        elif kind == "chart":
            assert holders == carers[ward] | {"recovery"}
        elif kind == "supervision":
            assert holders == {people["sol"].id}, "nobody she did not give it to; not even recovery"
        else:
            assert kind == "private"
            assert holders == {author}, "not even recovery"


def test_every_wrap_opens_for_its_recipient_and_for_nobody_else(evidence: Evidence) -> None:
    served = evidence.life.served
    practice = keys.Home.load(served.home).practice
    holders = {**keys.person_keys(served), "server": keys.server_key(served)}
    clients = keys.guests(served)
    holders["recovery"] = _recovered(served.shares()[:2])
    for wrap in keys.wraps(served):
        opens = []
        for who, identity in holders.items():
            try:
                unwrap(wrap.sealed, identity, wrap.context(practice))
            except StillroomError:
                continue
            opens.append(who)
        if wrap.recipient in clients:
            # Her own passphrase alone leads there (tests/portal/test_doors); nobody else's key does.
            assert (wrap.kind, opens) == ("chart", [])
        else:
            assert opens == [wrap.recipient], (wrap.kind, wrap.recipient)


# Shares


def _share(text: str) -> Share:
    return Share.from_bytes(b32decode(text + "=" * (-len(text) % 8)))


def _recovered(shares: list[str]) -> PersonKey:
    return PersonKey.from_secret(combine([_share(one) for one in shares]))


def test_one_share_opens_nothing_and_any_two_open_everything_but_private_notes(
    evidence: Evidence,
) -> None:
    served = evidence.life.served
    practice = keys.Home.load(served.home).practice
    shares = served.shares()
    assert len(shares) == 3
    for share in shares:
        with pytest.raises(StillroomError):
            _recovered([share])
        with pytest.raises(StillroomError):
            _recovered([share, share])
    for two in (shares[:2], shares[1:], shares[::2]):
        key = _recovered(two)
        for wrap in keys.wraps(served):
            if wrap.recipient == "recovery":
                unwrap(wrap.sealed, key, wrap.context(practice))
    reached = {wrap.kind for wrap in keys.wraps(served) if wrap.recipient == "recovery"}
    assert reached == {"front", "chart", "log", "glass"}


def test_a_backup_and_two_papers_open_a_chart_on_a_clean_machine(
    evidence: Evidence, tmp_path: Path
) -> None:
    """The rehearsal: the folder without its key file, and two of three shares; nothing else."""
    kept = evidence.life.served
    clean = type(kept)(tmp_path)
    shutil.copytree(kept.home, clean.home)
    key = _recovered(kept.shares()[1:])
    home = keys.Home.load(clean.home)
    wrap = next(
        one
        for one in keys.wraps(clean)
        if (one.kind, one.recipient, one.ward) == ("chart", "recovery", evidence.life.ids["chart"])
    )
    ring = unwrap(wrap.sealed, key, wrap.context(home.practice))
    note = evidence.life.ids["note"]
    query = f"SELECT number, sealed FROM chart_revision WHERE record_id = '{note}'"
    opened = b" ".join(
        ring.open(
            bytes(sealed),  # type: ignore[call-overload]
            Place(home.practice, wrap.ward, note, "revision", int(str(number))),
        )
        for number, sealed in keys.read_rows(clean, query)
    )
    assert evidence.life.chart.tag.encode() in opened.lower()


def test_a_share_of_another_practice_opens_nothing_here(evidence: Evidence) -> None:
    from stillroom.vault import split

    strange = split(PersonKey.create().to_secret(), shares=3, threshold=2)
    with pytest.raises(StillroomError):
        PersonKey.from_secret(combine([_share(evidence.life.served.shares()[0]), strange[1]]))
