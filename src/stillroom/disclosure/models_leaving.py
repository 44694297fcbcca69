"""How packets and letters leave, what holds a line of the account back, accounts, and incidents.

What is told is sealed: the plan of a delivery, a statement and an account in the chart's ring; the
file behind a link under a key that is nowhere on the disk; the words of an incident in the
practice's log ring. In the clear stand states, times and counts, which a clock needs.
"""

from django.db import models

from stillroom.kernel import new_id


class Delivery(models.Model):
    """One way out for a packet: two minutes to stop it in, then gone, or called back."""

    class State(models.TextChoices):
        WAITING = "waiting"
        LEFT = "left"
        STOPPED = "stopped"
        REFUSED = "refused"
        CALLED_BACK = "called back"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    packet = models.ForeignKey(
        "disclosure.Packet", on_delete=models.PROTECT, related_name="deliveries"
    )
    begun_by = models.CharField(max_length=26)
    begun_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["packet"],
                condition=models.Q(state="waiting"),
                name="a_packet_waits_once",
            )
        ]


class LetterDelivery(models.Model):
    """A signed letter to the client that was put behind a link. `letter` is its step's number."""

    class State(models.TextChoices):
        LEFT = "left"
        CALLED_BACK = "called back"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    matter = models.ForeignKey(
        "disclosure.Matter", on_delete=models.PROTECT, related_name="letter_deliveries"
    )
    letter = models.PositiveIntegerField()
    sent_by = models.CharField(max_length=26)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.LEFT)
    ended_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    entry = models.BigIntegerField()


class Link(models.Model):
    """A file behind an address and a code, of a packet's delivery or of a letter's. `mark` is a
    digest of the address's secret."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    delivery = models.OneToOneField(
        Delivery, on_delete=models.PROTECT, related_name="link", null=True
    )
    letter = models.OneToOneField(
        LetterDelivery, on_delete=models.PROTECT, related_name="link", null=True
    )
    mark = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    tries = models.PositiveIntegerField()
    opens = models.PositiveIntegerField()
    opened_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delivery__isnull=True, letter__isnull=False)
                | models.Q(delivery__isnull=False, letter__isnull=True),
                name="a_link_is_of_one_delivery",
            )
        ]


class Suspension(models.Model):
    """An agency's statement that keeps lines out of a client's account for a time."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    entered_by = models.CharField(max_length=26)
    entered_at = models.DateTimeField()
    sealed = models.BinaryField()
    entry = models.BigIntegerField()


class AccountGiven(models.Model):
    """An account of disclosures that was handed over: the very file, kept as it left."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    given_by = models.CharField(max_length=26)
    given_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    head = models.BinaryField()
    sealed = models.BinaryField()
    entry = models.BigIntegerField()


class Incident(models.Model):
    """Something that may be a breach. Its story is its entries, appended and never changed."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    opened_by = models.CharField(max_length=26)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_incident_a_number")
        ]


class IncidentEntry(models.Model):
    """One thing learned, weighed, decided or done about an incident, signed."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=26)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="one_entry_a_number")
        ]
