"""Attacks on wrapped keyrings: by a colleague, an administrator, a thief of the session store."""

import pytest

from stillroom.kernel import Misuse, Secret
from stillroom.vault import (
    Keyring,
    KeyUnreadable,
    PersonKey,
    PublicKey,
    SharedKey,
    WrongIdentity,
    passkey_lock,
    unwrap,
    unwrap_twice,
)

CONTEXT = b"practice/dov/chart"


@pytest.fixture(params=["person", "oneself", "shared"])
def pair(request):
    """Every kind of recipient with its identity: the same attacks on each."""
    person, shared = PersonKey.create(), SharedKey.create()
    every = {"person": (person.public, person), "shared": (shared, shared)}
    return every.get(request.param, (person, person))


def test_who_was_given_the_ring_opens_the_chart(note, pair):
    recipient, identity = pair
    ring = unwrap(note.ring.wrap(recipient, CONTEXT), identity, CONTEXT)
    assert ring.open(note.bytes, note.place) == note.words


@pytest.mark.parametrize("stranger", [PersonKey.create(), SharedKey.create()])
def test_who_was_not_given_the_ring_does_not(note, pair, stranger):
    with pytest.raises(WrongIdentity):
        unwrap(note.ring.wrap(pair[0], CONTEXT), stranger, CONTEXT)


@pytest.mark.parametrize("context", [b"", b"practice/dov/private", b"practice/fay/chart"])
def test_a_wrap_moved_to_another_purpose_will_not_open(note, pair, context):
    recipient, identity = pair
    with pytest.raises(WrongIdentity):
        unwrap(note.ring.wrap(recipient, CONTEXT), identity, context)


def test_a_wrap_cut_at_any_length_will_not_open(note, pair):
    recipient, identity = pair
    wrapped = note.ring.wrap(recipient, CONTEXT)
    for length in range(len(wrapped)):
        with pytest.raises(WrongIdentity):
            identity.unwrap(wrapped[:length], CONTEXT)


def test_a_wrap_with_a_flipped_bit_will_not_open(note, pair):
    recipient, identity = pair
    wrapped = note.ring.wrap(recipient, CONTEXT)
    for index in range(len(wrapped)):
        altered = bytearray(wrapped)
        # The top bit of an X25519 key is ignored (RFC 7748, section 5) but hashed by HPKE.
        altered[index] ^= 0x80
        with pytest.raises(WrongIdentity):
            identity.unwrap(bytes(altered), CONTEXT)


def test_two_wraps_spliced_will_not_open(note, pair):
    recipient, identity = pair
    one, other = (note.ring.wrap(recipient, CONTEXT) for _ in range(2))
    for cut in range(2, len(one)):
        spliced = one[:cut] + other[cut:]
        if spliced not in (one, other):
            with pytest.raises(WrongIdentity):
                identity.unwrap(spliced, CONTEXT)


def test_the_same_ring_wrapped_twice_does_not_look_the_same(note, pair):
    assert note.ring.wrap(pair[0], CONTEXT) != note.ring.wrap(pair[0], CONTEXT)


def test_a_person_key_offered_as_a_ring_is_refused(ada):
    """Whoever may write the database swaps two wraps that the same key made."""
    server = SharedKey.create()
    wrapped = server.wrap(ada.to_secret(), CONTEXT)
    with pytest.raises(KeyUnreadable):
        unwrap(wrapped, server, CONTEXT)
    with pytest.raises(KeyUnreadable):
        PersonKey.from_secret(Keyring.create().to_secret())


def test_a_wrap_that_does_not_commit_to_its_key_is_refused():
    """A partitioning oracle needs wraps that open under many keys; ours begin with zeros inside."""
    shared = SharedKey.create()
    forged = (
        b"\x21" + bytes(12) + shared._cipher.encrypt(bytes(12), b"ring" * 20, b"\x21" + CONTEXT)
    )
    with pytest.raises(WrongIdentity):
        shared.unwrap(forged, CONTEXT)


def test_a_planted_ring_opens_nothing_and_has_another_pseudonym(note, ada):
    """HPKE's base mode does not say who wrapped; the pseudonym does (P03, exceptions)."""
    planted = unwrap(Keyring.create().wrap(ada.public, CONTEXT), ada, CONTEXT)
    assert planted.pseudonym("ledger") != note.ring.pseudonym("ledger")


def test_a_wrap_to_oneself_is_made_and_opened_by_ones_own_key_alone(note, ada):
    """Whoever knows the public half, or the signing half, makes none that opens (P3)."""
    opening, other = ada._opening, PersonKey.create()
    own = note.ring.wrap(ada, CONTEXT)
    assert unwrap(own, PersonKey(opening, other._signing), CONTEXT).newest == note.ring.newest
    with pytest.raises(WrongIdentity):
        unwrap(own, PersonKey(other._opening, ada._signing), CONTEXT)
    given = note.ring.wrap(ada.public, CONTEXT)
    for forged in (own[:1] + given[1:], given[:1] + own[1:], own[1:]):
        with pytest.raises(WrongIdentity):
            unwrap(forged, ada, CONTEXT)


@pytest.mark.parametrize("point", [bytes(32), b"\x01" + bytes(31)])
def test_nothing_is_wrapped_to_a_point_of_small_order(note, ada, point):
    with pytest.raises(KeyUnreadable):
        note.ring.wrap(PublicKey(point, ada.public.signing), CONTEXT)


def test_a_wrap_from_a_point_of_small_order_will_not_open(note, ada):
    wrapped = note.ring.wrap(ada.public, CONTEXT)
    with pytest.raises(WrongIdentity):
        ada.unwrap(wrapped[:1] + bytes(32) + wrapped[33:], CONTEXT)


def test_derived_keys_open_only_their_own():
    root = SharedKey.create()
    wrapped = root.derive(b"sessions").wrap(Secret(b"key"), CONTEXT)
    assert root.derive(b"sessions").unwrap(wrapped, CONTEXT).expose() == b"key"
    for other in (root, root.derive(b"index"), SharedKey.create().derive(b"sessions")):
        with pytest.raises(WrongIdentity):
            other.unwrap(wrapped, CONTEXT)


def test_a_passkey_opens_only_with_its_own_output_and_salt():
    output, salt = Secret(b"p" * 32), b"s" * 16
    wrapped = passkey_lock(output, salt).wrap(Secret(b"key"), CONTEXT)
    assert passkey_lock(output, salt).unwrap(wrapped, CONTEXT).expose() == b"key"
    for lock in (passkey_lock(Secret(b"q" * 32), salt), passkey_lock(output, b"t" * 16)):
        with pytest.raises(WrongIdentity):
            lock.unwrap(wrapped, CONTEXT)


@pytest.mark.parametrize(("output", "salt"), [(b"p" * 31, b"s" * 16), (b"p" * 32, b"s" * 15)])
def test_a_passkey_that_gave_too_little_is_a_mistake_of_ours(output, salt):
    with pytest.raises(Misuse):
        passkey_lock(Secret(output), salt)


def test_a_shared_key_has_32_bytes():
    with pytest.raises(Misuse):
        SharedKey(Secret(b"short"))


def test_every_key_comes_back_from_its_secret(note, ada):
    shared = SharedKey.create()
    wrapped = shared.wrap(Secret(b"x"), CONTEXT)
    assert SharedKey.from_secret(shared.to_secret()).unwrap(wrapped, CONTEXT).expose() == b"x"
    assert PersonKey.from_secret(ada.to_secret()).public == ada.public
    turned = note.ring.turn().turn()
    again = Keyring.from_secret(turned.to_secret())
    assert again.newest == 3
    assert again.open(turned.seal(b"x", note.place), note.place) == b"x"
    assert again.open(note.bytes, note.place) == note.words


@pytest.mark.parametrize("kind", [Keyring, PersonKey, SharedKey])
def test_a_key_cut_lengthened_or_of_another_version_is_refused(kind):
    written = kind.create().to_secret().expose()
    mark = written.index(b"\x01")
    damaged = [written[:n] for n in range(len(written))]
    damaged += [written + b"\0", written[:mark] + b"\x02" + written[mark + 1 :]]
    for secret in damaged:
        with pytest.raises(KeyUnreadable):
            kind.from_secret(Secret(secret))


def test_a_ring_with_a_number_missing_or_twice_is_refused(note):
    written = bytearray(note.ring.turn().to_secret().expose())
    second = len(b"ring\x01") + 32 + 2 + 34
    for number in (0, 1, 3):
        written[second : second + 2] = number.to_bytes(2, "big")
        with pytest.raises(KeyUnreadable):
            Keyring.from_secret(Secret(bytes(written)))


def test_a_ring_without_keys_is_refused():
    with pytest.raises(KeyUnreadable):
        Keyring.from_secret(Secret(b"ring\x01" + bytes(34)))


def test_a_ring_wrapped_twice_opens_for_the_two_together_and_for_neither_alone(note):
    """A key for an emergency: hers, and the practice's over it."""
    bea, server, other = PersonKey.create(), SharedKey.create(), SharedKey.create()
    wrapped = note.ring.wrap_twice(bea.public, server, CONTEXT)
    ring = unwrap_twice(wrapped, server, bea, CONTEXT)
    assert ring.open(note.bytes, note.place) == note.words
    for outer, inner, context in (
        (other, bea, CONTEXT),
        (server, PersonKey.create(), CONTEXT),
        (server, server, CONTEXT),
        (bea, bea, CONTEXT),
        (server, bea, b"practice/fay/chart"),
    ):
        with pytest.raises(WrongIdentity):
            unwrap_twice(wrapped, outer, inner, context)
    for alone in (bea, server):
        with pytest.raises((WrongIdentity, KeyUnreadable)):
            unwrap(wrapped, alone, CONTEXT)
