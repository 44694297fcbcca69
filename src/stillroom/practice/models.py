"""The practice: staff, clients, charts and who holds them, care relationships, appointments.

What a thief with the disk learns from these tables is the practice's shape: how many charts, who
of the staff treats which number, and when. Names, dates of birth and every way to reach a client
are sealed in the front sheet (docs/promises/P03.md lists this as an exception).
"""

from django.db import models

from stillroom.kernel import new_id
from stillroom.practice.models_guests import Standing
from stillroom.practice.models_own import OwnAsk

__all__ = [
    "Appointment",
    "Block",
    "Breaking",
    "CareRelationship",
    "Chart",
    "Client",
    "Holder",
    "Message",
    "OwnAsk",
    "Staff",
    "Standing",
]


class Staff(models.Model):
    """A colleague's profession and place of licence; the account itself is `identity`'s."""

    person = models.CharField(primary_key=True, max_length=26)
    profession = models.CharField(max_length=32, blank=True, default="")
    credential = models.CharField(max_length=60, blank=True, default="")
    place = models.CharField(max_length=8, blank=True, default="")
    location = models.CharField(max_length=120, blank=True, default="")
    work = models.TextField(blank=True, default="")
    """What she says of her work, once for all her matters: `rules_work.write_work`."""


class Client(models.Model):
    """A person in care. The front sheet is sealed under the client's front ring."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    front = models.BinaryField(default=b"")
    front_revision = models.PositiveIntegerField(default=0)


class Chart(models.Model):
    """A record of care: of one client, a couple or a group, each with a ring of its own."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual"
        COUPLE = "couple"
        GROUP = "group"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INDIVIDUAL)
    place = models.CharField(max_length=8, blank=True, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    clients = models.ManyToManyField(Client, related_name="charts", through="Holder")


class Holder(models.Model):
    """A client who holds a chart, alone or with others; each one's privilege stands alone."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="holders")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="held")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chart", "client"], name="holds_a_chart_once")
        ]


class Message(models.Model):
    """One message that was written to a client: to where and what it said is sealed."""

    class State(models.TextChoices):
        KEPT = "kept"
        GONE = "gone"
        FAILED = "failed"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="messages")
    state = models.CharField(max_length=8, choices=State.choices, default=State.KEPT)
    sealed = models.BinaryField()
    written_by = models.CharField(max_length=26)
    written_at = models.DateTimeField()
    entry = models.BigIntegerField()


class OwedNotice(models.Model):
    """A notice that her wishes do not let go at this hour: to which client, since when."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, primary_key=True)
    chart = models.CharField(max_length=26)
    since = models.DateTimeField()


class CareRelationship(models.Model):
    """Who of the staff cares for a chart, in which capacity, from when to when."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="cares")
    person = models.CharField(max_length=26)
    capacity = models.CharField(max_length=12)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "ends_at"])]


class Appointment(models.Model):
    """A planned or past meeting. Times stand in the clear; with whom, only as a chart's number."""

    class State(models.TextChoices):
        PLANNED = "planned"
        HELD = "held"
        MISSED = "missed"
        CANCELLED = "cancelled"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="appointments")
    person = models.CharField(max_length=26)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    mode = models.CharField(max_length=12, default="in_person")
    code = models.CharField(max_length=8, blank=True, default="")
    series = models.CharField(max_length=26, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["person", "starts_at"]),
            models.Index(fields=["chart", "starts_at"]),
            models.Index(
                fields=["series", "starts_at"],
                condition=~models.Q(series=""),
                name="follows_in_series",
            ),
        ]


class Block(models.Model):
    """Hours that one of the staff keeps free. What for stands nowhere. Those that repeat know by a
    number of their own that they belong together; each can be freed by itself."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    person = models.CharField(max_length=26)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    series = models.CharField(max_length=26, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "starts_at"])]


class Breaking(models.Model):
    """A chart's glass that somebody broke: when, for how long, and whether it was looked into.

    The chart stands here by its number's row, as in a care relationship; why, and what the review
    found, is sealed under a ring of its own (`phi.glass`).
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="breakings")
    person = models.CharField(max_length=26)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    entry = models.BigIntegerField()
    said = models.BinaryField()
    seen_by = models.CharField(max_length=26, blank=True, default="")
    seen_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=26, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)
    found = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["chart", "person", "ends_at"])]
