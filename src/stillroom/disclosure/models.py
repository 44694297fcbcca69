"""Matters, decisions, packets and departures. The words of each are sealed in the chart's ring."""

from django.db import models

from stillroom.identity.fields import WordsField
from stillroom.kernel import new_id


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


class Packet(models.Model):
    """The very bytes that leave, or would: built once, never changed, released at most once."""

    class State(models.TextChoices):
        PROOF = "proof"
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
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_packet_a_number")
        ]


class Departure(models.Model):
    """One disclosure in the account: what 45 CFR 164.528(b) wants told, sealed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    packet = models.OneToOneField(Packet, on_delete=models.PROTECT, related_name="departure")
    left_at = models.DateTimeField()
    sealed = models.BinaryField()
    entry = models.BigIntegerField()
