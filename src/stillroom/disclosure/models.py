"""Matters, decisions, packets and departures. The words of each are sealed in the chart's ring."""

from django.db import models

from stillroom.disclosure.models_leaving import (
    AccountGiven,
    Delivery,
    Incident,
    IncidentEntry,
    LetterDelivery,
    Link,
    Suspension,
)
from stillroom.identity.fields import WordsField
from stillroom.kernel import new_id

__all__ = [
    "AccountGiven",
    "Delivery",
    "Departure",
    "Determination",
    "Incident",
    "IncidentEntry",
    "LetterDelivery",
    "Link",
    "Matter",
    "Packet",
    "Step",
    "Suspension",
]


class Matter(models.Model):
    """One request for a record, from arrival to its account."""

    class State(models.TextChoices):
        OPEN = "open"
        DECIDED = "decided"
        RELEASED = "released"
        CLOSED = "closed"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    opened_by = models.CharField(max_length=26)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_matter_a_number")
        ]


class Determination(models.Model):
    """A signed decision with the opinion it rests on: facts, corpus digest, answer, words (P7)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="determinations")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_decision_a_number")
        ]


class Step(models.Model):
    """Something done or learned in a matter: appended, signed, never changed.

    What kind of step it is (an identity checked, a colleague asked, a telephone call tried) is
    sealed with its words.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_step_a_number")
        ]


class PacketDraft(models.Model):
    """What was chosen and cut for the next packet of a matter: places and reasons, sealed."""

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, related_name="draft", primary_key=True
    )
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()


class Packet(models.Model):
    """The very bytes that leave, or would: built once, never changed, released at most once.

    `leaving` is a packet on its way, in the two minutes in which it can be stopped.
    """

    class State(models.TextChoices):
        PROOF = "proof"
        LEAVING = "leaving"
        RELEASED = "released"
        VOID = "void"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="packets")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROOF)
    built_by = models.CharField(max_length=26)
    built_at = models.DateTimeField()
    papers = WordsField(default=list)
    private = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    head = models.BinaryField()
    sealed = models.BinaryField()
    bundle = models.BinaryField(default=b"")
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_packet_a_number")
        ]


class Watch(models.Model):
    """That something in a matter is still open, for whom, since when: for the bar of every page.

    Coarse on purpose: neither what it is nor what the matter is about (P8). `count` is none when
    all is done. `offered` is the colleague to whom it was offered and who has not yet taken it.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, related_name="watch", primary_key=True
    )
    person = models.CharField(max_length=26, db_index=True)
    offered = models.CharField(max_length=26, default="", db_index=True)
    since = models.DateTimeField()
    due = models.DateTimeField(null=True)
    count = models.PositiveIntegerField()


class Departure(models.Model):
    """One disclosure in the account: what 45 CFR 164.528(b) wants told, sealed.

    `packet` is empty for what was told without one: a call, a form. `recalled_at` is when a link
    was called back before anybody had opened it, so that nothing was disclosed.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    packet = models.OneToOneField(
        Packet, on_delete=models.PROTECT, related_name="departure", null=True
    )
    left_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    entry = models.BigIntegerField()


class Arrival(models.Model):
    """A letter or a call about somebody who may or may not be a client, until it is taken up."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    written_by = models.CharField(max_length=26)
    written_at = models.DateTimeField()
    sealed = models.BinaryField()
