"""Passkeys: a way in that answers to this site alone and unlocks the identity by its PRF extension.

Sources: WebAuthn Level 3 (§5, §7, §10.1.4 *prf*). Rules: user verification is demanded, so a
passkey counts as two factors; a challenge serves once, for five minutes; an unknown name is
answered with credentials that look real and lead nowhere (P8). The PRF's 32 bytes, which the
browser computes anew at each sign-in, unlock the identity; the server keeps none of them.
"""

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import webauthn
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from stillroom.access import Act
from stillroom.identity import doors, rules
from stillroom.identity.models import Challenge, Person, WayIn
from stillroom.kernel import Secret, StillroomError
from stillroom.phi import House, Presence, bridge
from stillroom.vault import passkey_lock

_PRF_LENGTH = 32


@dataclass(frozen=True)
class Site:
    """The host that a passkey is bound to, and the address it is asked from."""

    host: str
    origin: str


class PasskeyRefused(StillroomError):
    """The passkey's answer does not hold."""

    what = "that passkey was not accepted"
    usual_advice = "Try again, or sign in with your passphrase and a code."


class NoKeyFromPasskey(StillroomError):
    """The authenticator has no PRF extension, so it could sign in but unlock nothing."""

    what = "this passkey can prove who you are, but it cannot carry your key"
    usual_advice = (
        "Use a passkey of this device or a newer security key; your passphrase still works."
    )


def offer(presence: Presence, site: Site) -> dict[str, Any]:
    """What the browser needs to make a passkey for the signed-in person."""
    person = Person.objects.get(pk=presence.person)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Stillroom",
        user_name=person.sign_name,
        user_id=person.pk.encode(),
        user_display_name=person.sign_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=bytes(raw))
            for raw in _passkeys_of(person).values_list("credential", flat=True)
        ],
    )
    _keep(options.challenge, presence.at)
    public = options_to_json_dict(options)
    salt = _salt(presence.house, person.sign_name)
    public["extensions"] = {"prf": {"eval": {"first": bytes_to_base64url(salt)}}}
    return public


def _salt(house: House, sign_name: str) -> bytes:
    """The PRF's input for one person: stable, and no secret."""
    return (
        house.server.derive(b"stillroom passkey salt v1|" + sign_name.encode()).to_secret().expose()
    )


def _passkeys_of(person: Person) -> Any:
    return person.ways_in.filter(kind=WayIn.Kind.PASSKEY)


def _keep(challenge: bytes, at: datetime) -> None:
    Challenge.objects.filter(made_at__lt=at - rules.CHALLENGE_LIVES).delete()
    Challenge.objects.create(id=challenge.hex(), made_at=at)


def _spend(credential: dict[str, Any], at: datetime) -> bytes:
    """The challenge that was answered, once; `PasskeyRefused` if used, old or never given."""
    try:
        stated = parse_client_data_json(
            base64url_to_bytes(credential["response"]["clientDataJSON"])
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    since = at - rules.CHALLENGE_LIVES
    if not Challenge.objects.filter(pk=stated.challenge.hex(), made_at__gte=since).delete()[0]:
        raise PasskeyRefused
    return stated.challenge


def _prf(text: str) -> Secret:
    padded = text + "=" * (-len(text) % 4)
    try:
        raw = urlsafe_b64decode(padded)
    except ValueError:
        raise NoKeyFromPasskey from None
    if len(raw) != _PRF_LENGTH:
        raise NoKeyFromPasskey
    return Secret(raw)


def add(presence: Presence, site: Site, credential: dict[str, Any], prf: str, label: str) -> None:
    """Keep a new passkey of the signed-in person as one more way in."""
    challenge = _spend(credential, presence.at)
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError):
        raise PasskeyRefused from None
    person = Person.objects.get(pk=presence.person)
    lock = passkey_lock(_prf(prf), _salt(presence.house, person.sign_name))
    bridge.note_house(presence, Act.SESSION_BEGIN, {"did": "added a passkey"})
    WayIn.objects.create(
        person=person,
        kind=WayIn.Kind.PASSKEY,
        lock=b"",
        sealed_key=doors.seal_identity(person.pk, presence.key, lock),
        credential=made.credential_id,
        credential_key=made.credential_public_key,
        sign_count=made.sign_count,
        label=label.strip()[:60],
        created_at=presence.at,
    )


def ask(house: House, site: Site, sign_name: str, *, at: datetime) -> dict[str, Any]:
    """What the browser needs to answer for a name, real or not."""
    wanted = rules.clean_sign_name(sign_name)
    person = Person.objects.filter(sign_name=wanted, active=True).first()
    known = (
        [bytes(raw) for raw in _passkeys_of(person).values_list("credential", flat=True)]
        if person
        else []
    )
    if not known:
        decoy = house.server.derive(b"stillroom no such passkey v1|" + wanted.encode())
        known = [decoy.to_secret().expose()]
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=[PublicKeyCredentialDescriptor(id=raw) for raw in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    public = options_to_json_dict(options)
    salt = bytes_to_base64url(_salt(house, wanted))
    public["extensions"] = {"prf": {"eval": {"first": salt}}}
    _keep(options.challenge, at)
    return public


def answer(
    house: House, site: Site, credential: dict[str, Any], prf: str, *, at: datetime
) -> doors.Opened:
    """The person behind a passkey's answer, with her key; else `PasskeyRefused`."""
    challenge = _spend(credential, at)
    way = _way_of(str(credential.get("id", "")))
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
    except (WebAuthnException, ValueError, KeyError):
        raise PasskeyRefused from None
    lock = passkey_lock(_prf(prf), _salt(house, way.person.sign_name))
    try:
        key = doors.open_identity(way.person.pk, bytes(way.sealed_key), lock)
    except StillroomError:
        raise PasskeyRefused from None
    WayIn.objects.filter(pk=way.pk).update(sign_count=proven.new_sign_count, used_at=at)
    return doors.Opened(way.person.pk, key)


def _way_of(credential_id: str) -> WayIn:
    padded = credential_id + "=" * (-len(credential_id) % 4)
    try:
        raw = urlsafe_b64decode(padded)
    except ValueError:
        raise PasskeyRefused from None
    way = WayIn.objects.select_related("person").filter(credential=raw, person__active=True).first()
    if way is None:
        raise PasskeyRefused
    return way


def labels(presence: Presence) -> list[tuple[str, datetime, datetime | None]]:
    """The signed-in person's passkeys: label, made, last used."""
    rows = WayIn.objects.filter(person_id=presence.person, kind=WayIn.Kind.PASSKEY)
    return [(row.label or "Passkey", row.created_at, row.used_at) for row in rows.order_by("pk")]
