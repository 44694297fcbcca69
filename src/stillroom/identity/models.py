"""People who sign in, their ways in, and their sessions.

A person's identity key exists only sealed: once under each way in, and, while signed in, once in
the session row under a key that only that person's cookie carries (P3).
"""

from django.db import models

from stillroom.identity.fields import WordsField
from stillroom.kernel import new_id


class Staff(models.Manager["Person"]):
    """Those who work here. No list of the practice's people ever holds a client."""

    def get_queryset(self) -> models.QuerySet["Person"]:
        """Everybody but guests."""
        return super().get_queryset().filter(guest=False)


class Person(models.Model):
    """Somebody with an account. Rights over accounts are no rights over charts.

    A *guest* is a client, or somebody who stands for one. That somebody is a client is itself
    secret (P8), so a guest's row has no name, and in place of the name to sign in with a mark which
    only the unsealed server can make (`identity.guests`). `objects` knows the staff alone. She may
    have chosen that her passphrase is always asked, also beside a passkey (`asks_words`).
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    sign_name = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    roles = WordsField(default=list)
    public_key = models.BinaryField()
    active = models.BooleanField(default=True)
    veil = models.CharField(max_length=8, blank=True, default="")
    guest = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)
    language = models.CharField(max_length=5, blank=True, default="")
    asks_words = models.BooleanField(default=False)

    objects = Staff()
    anyone = models.Manager()  # noqa: DJ012 - the second manager, for keys and sessions

    class Meta:
        # The few who work here are asked for by nearly every page, and stand among all clients.
        indexes = [
            models.Index(fields=["id"], condition=models.Q(guest=False), name="who_works_here")
        ]


class WayIn(models.Model):
    """One way to a person's identity key: the lock, and the key sealed under it."""

    class Kind(models.TextChoices):
        PASSPHRASE = "passphrase"  # noqa: S105 - a kind of way, no secret
        PASSKEY = "passkey"
        WORDS = "words"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ways_in")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    lock = models.BinaryField()
    sealed_key = models.BinaryField()
    credential = models.BinaryField(null=True, unique=True)
    credential_key = models.BinaryField(null=True)
    sign_count = models.BigIntegerField(default=0)
    label = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class OneTimeCode(models.Model):
    """A person's authenticator secret (RFC 6238), sealed for the unsealed server."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="one_time_code")
    sealed = models.BinaryField()
    last_step = models.BigIntegerField(default=0)


class Session(models.Model):
    """A signed-in browser. `sealed_key` is empty while the session is locked."""

    id = models.CharField(primary_key=True, max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    sealed_key = models.BinaryField(default=b"")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proven_at = models.DateTimeField()
    known = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["person"])]


class Attempt(models.Model):
    """Failed sign-ins of one name, existing or not, counted by a keyed hash of the name."""

    name_mark = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)


class Challenge(models.Model):
    """A passkey challenge waiting for its answer; used once, dead after five minutes."""

    id = models.CharField(primary_key=True, max_length=128)
    made_at = models.DateTimeField()


class Invitation(models.Model):
    """An open place for a person: she makes her own keys when she takes it up."""

    id = models.CharField(primary_key=True, max_length=64)
    person = models.OneToOneField(Person, on_delete=models.CASCADE)
    ends_at = models.DateTimeField()


class Readmission(models.Model):
    """That somebody is to be let in again although she lost every way in; it waits (T11)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    begun_at = models.DateTimeField()
    ready_at = models.DateTimeField()


class GuestInvitation(models.Model):
    """An open place for a client: a key made for her, behind a link's secret and a code.

    `mark` is a digest of the link's secret, which opens nothing; `tries` are those that are left.
    """

    mark = models.CharField(primary_key=True, max_length=64)
    person = models.OneToOneField(Person, on_delete=models.CASCADE)
    sealed = models.BinaryField()
    ends_at = models.DateTimeField()
    tries = models.PositiveIntegerField()


class FamiliarBrowser(models.Model):
    """A browser that a guest asked us to know again: a digest of what its cookie carries."""

    mark = models.CharField(primary_key=True, max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    made_at = models.DateTimeField()


class Unfamiliar(models.Model):
    """That a guest's account was opened from somewhere it was not known, until somebody looked."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField(null=True)
    unread = models.PositiveIntegerField(default=0)


class RoleChange(models.Model):
    """A change of somebody's roles that one person proposed and another has to agree to."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    roles = WordsField()
    proposed_by = models.CharField(max_length=26)
    proposed_at = models.DateTimeField()
