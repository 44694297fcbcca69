"""Passkeys: a way in that answers to this site alone and unlocks the identity by its PRF extension.

Sources: WebAuthn Level 3 (§5, §7, §10.1.4 *prf*). Rules: user verification is demanded, so a
passkey counts as two factors; a challenge serves once, for five minutes, and for the one thing it
was given for; an unknown name is answered with credentials that look real and lead nowhere (P8).
The PRF's 32 bytes, which the browser computes anew at each sign-in, unlock the identity; the
server keeps none of them.
"""

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import webauthn
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from stillroom.access import Act
from stillroom.identity import challenges, doors, rules, throttle, ways
from stillroom.identity.models import Person, WayIn
from stillroom.identity.refusals import NoKeyFromPasskey, PasskeyRefused, TooManyTries
from stillroom.kernel import Secret, StillroomError
from stillroom.phi import House, Presence, bridge
from stillroom.vault import PersonKey, passkey_lock

__all__ = ["NoKeyFromPasskey", "PasskeyRefused", "Site", "add", "answer", "ask", "offer"]

_PRF_LENGTH = 32
_ID_LENGTHS = (16, 20, 32, 48, 64)  # as authenticators make them
_SIGN_IN = "sign in"
_GUESTS_NAME = "me"
"""What a telephone shows of a client's passkey, to whoever looks at its list (T08)."""


@dataclass(frozen=True)
class Site:
    """The host that a passkey is bound to, and the address it is asked from."""

    host: str
    origin: str


def offer(presence: Presence, site: Site) -> dict[str, Any]:
    """What the browser needs to make a passkey for the signed-in, freshly proven person."""
    ways.require_fresh(presence)
    person = Person.anyone.get(pk=presence.person)
    shown = _GUESTS_NAME if person.guest else person.sign_name
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.host if person.guest else "Stillroom",
        user_name=shown,
        user_id=person.pk.encode(),
        user_display_name=shown,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=bytes(raw or b""))
            for raw in _passkeys_of(person).values_list("credential", flat=True)
        ],
    )
    challenges.keep(options.challenge, _making(person.pk), presence.at)
    public = options_to_json_dict(options)
    salt = _salt(presence.house, person.sign_name)
    public["extensions"] = {"prf": {"eval": {"first": bytes_to_base64url(salt)}}}
    return public


def _making(person: str) -> str:
    return f"make|{person}"


def _salt(house: House, sign_name: str) -> bytes:
    """The PRF's input for one person: stable, and no secret."""
    return _derived(house, b"stillroom passkey salt v1|", sign_name)


def _derived(house: House, what_for: bytes, name: str) -> bytes:
    """Bytes for a name that only this house can tell from random ones."""
    return sha256(house.server.derive(what_for + name.encode()).to_secret().expose()).digest()


def _passkeys_of(person: Person) -> QuerySet[WayIn]:
    return person.ways_in.filter(kind=WayIn.Kind.PASSKEY).order_by("pk")


def _prf(text: str) -> Secret:
    try:
        raw = _from_base64url(text)
    except ValueError:
        raise NoKeyFromPasskey from None
    if len(raw) != _PRF_LENGTH:
        raise NoKeyFromPasskey
    return Secret(raw)


def _from_base64url(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def add(presence: Presence, site: Site, credential: dict[str, Any], prf: str, label: str) -> None:
    """Keep a new passkey of the signed-in person as one more way in."""
    ways.require_fresh(presence)
    challenge = challenges.spend(credential, _making(presence.person), presence.at)
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except challenges.MALFORMED:
        raise PasskeyRefused from None
    person = Person.anyone.get(pk=presence.person)
    lock = passkey_lock(_prf(prf), _salt(presence.house, person.sign_name))
    way = WayIn(
        person=person,
        kind=WayIn.Kind.PASSKEY,
        lock=b"",
        sealed_key=doors.seal_identity(person.pk, presence.key, lock),
        credential=made.credential_id,
        credential_key=made.credential_public_key,
        sign_count=made.sign_count,
        # A telephone's name says whose it is: of a guest's nothing is kept in the clear (P8).
        label="" if person.guest else label.strip()[:60],
        created_at=presence.at,
    )
    bridge.note_house(presence, Act.OWN_ACCOUNT_WRITE, {"did": "added a passkey"})
    try:
        with transaction.atomic():
            way.save(force_insert=True)
    except IntegrityError:
        # A credential that is kept already, perhaps another person's.
        raise PasskeyRefused from None


def ask(
    house: House, site: Site, sign_name: str, *, at: datetime, guest: bool = False
) -> dict[str, Any]:
    """What the browser needs to answer for a name, real or not; a guest's is her mark."""
    wanted = sign_name if guest else rules.clean_sign_name(sign_name)
    rows = WayIn.objects.filter(
        person__sign_name=wanted,
        person__active=True,
        person__guest=guest,
        person__frozen=False,
        kind=WayIn.Kind.PASSKEY,
    ).order_by("pk")
    known = [bytes(raw or b"") for raw in rows.values_list("credential", flat=True)]
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=[
            PublicKeyCredentialDescriptor(id=raw) for raw in known or [_decoy(house, wanted)]
        ],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    public = options_to_json_dict(options)
    salt = bytes_to_base64url(_salt(house, wanted))
    public["extensions"] = {"prf": {"eval": {"first": salt}}}
    challenges.keep(options.challenge, _SIGN_IN, at)
    return public


def _decoy(house: House, name: str) -> bytes:
    """A credential that nobody holds: the same for each asking, of a length as real ones have."""
    first = _derived(house, b"stillroom no such passkey v1|", name)
    second = _derived(house, b"stillroom no such passkey v1, more|", name)
    return (first + second)[: _ID_LENGTHS[second[-1] % len(_ID_LENGTHS)]]


def answer(
    house: House,
    site: Site,
    credential: dict[str, Any],
    prf: str,
    *,
    at: datetime,
    guest: bool = False,
) -> doors.Opened:
    """The person behind a passkey's answer, with her key; else `PasskeyRefused`.

    A client's passkey opens no door of the staff, and theirs none of hers.
    """
    challenge = challenges.spend(credential, _SIGN_IN, at)
    way = _way_of(str(credential.get("id", "")), guest=guest)
    try:
        count, key = _prove(house, site, credential, prf, way, challenge)
    except StillroomError:
        _note_refusal(house, way.person, at)
        raise
    WayIn.objects.filter(pk=way.pk).update(sign_count=count, used_at=at)
    return doors.Opened(way.person.pk, key)


def _prove(
    house: House, site: Site, credential: dict[str, Any], prf: str, way: WayIn, challenge: bytes
) -> tuple[int, PersonKey]:
    try:
        proven = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(way.credential_key or b""),
            credential_current_sign_count=way.sign_count,
            require_user_verification=True,
        )
        _require_owner(credential, way)
    except challenges.MALFORMED:
        raise PasskeyRefused from None
    lock = passkey_lock(_prf(prf), _salt(house, way.person.sign_name))
    try:
        key = doors.open_identity(way.person.pk, bytes(way.sealed_key), lock)
    except StillroomError:
        raise PasskeyRefused from None
    return proven.new_sign_count, key


def _require_owner(credential: dict[str, Any], way: WayIn) -> None:
    """Whom the authenticator names, if it names anybody, is whose passkey it is (§7.2, step 6)."""
    stated = credential["response"].get("userHandle")
    if stated and base64url_to_bytes(stated) != way.person.pk.encode():
        raise PasskeyRefused


def _note_refusal(house: House, person: Person, at: datetime) -> None:
    """Write down that a passkey of somebody's was tried in vain; not without end.

    Whoever knows a credential's id may try it as fast as the network goes, and the log must not be
    filled by that. Passkeys themselves never wait: they are the way past a name that does.
    """
    try:
        mark = throttle.charge(house, f"passkey|{person.sign_name}", at=at)
    except TooManyTries:
        return
    doors.note_refusal(house, "passkey", person.pk, mark, at=at)


def _way_of(credential_id: str, *, guest: bool) -> WayIn:
    try:
        raw = _from_base64url(credential_id)
    except ValueError:
        raise PasskeyRefused from None
    rows = WayIn.objects.select_related("person").filter(credential=raw, person__active=True)
    way = rows.filter(person__guest=guest, person__frozen=False).first()
    if way is None:
        raise PasskeyRefused
    return way
