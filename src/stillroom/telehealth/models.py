"""Rooms in which a clinician and a client meet by video, and what was said and found around it.

In the clear: which chart a room is for, who of the staff keeps it, when its door was opened and
shut, and that somebody (a member of staff, or an account without a name) wrote a fact down at a
moment. What the fact is (a place, an address, who is near) is sealed in the chart's ring.
"""

from django.db import models

from stillroom.kernel import new_id


class Room(models.Model):
    """One meeting by video. A booked one has the id of its appointment."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26)
    person = models.CharField(max_length=26)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["chart", "-made_at"])]


class Fact(models.Model):
    """One thing that was said, seen or done around a meeting: appended, signed, never changed."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="facts")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=26)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="one_fact_a_number")]
