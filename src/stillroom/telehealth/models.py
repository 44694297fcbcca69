"""Rooms in which a clinician and a client meet by video, and what was said and found around it.

In the clear: which chart a room is for, who of the staff keeps it, when its door was opened and
shut, whether a server carries it, and that somebody (a member of staff, or an account without a
name) wrote a fact down at a moment. What the fact is (a place, an address, who is near) is sealed
in the chart's ring. Of a couple or a group each member has a seat: which client, in which chart
what she says lies, when she was let in and out.
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
    carried = models.BooleanField(default=False)
    """Whether a server passes its sealed frames on, from when its door was opened."""

    class Meta:
        indexes = [models.Index(fields=["chart", "-made_at"])]


class Seat(models.Model):
    """A member's seat in a meeting of several. `chart`: where what is said of her lies."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    client = models.CharField(max_length=26)
    chart = models.CharField(max_length=26)
    let_in_at = models.DateTimeField(null=True)
    out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="one_seat_a_number")]
        indexes = [models.Index(fields=["chart", "client"])]


class Fact(models.Model):
    """One thing that was said, seen or done around a meeting: appended, signed, never changed.

    `seat`: of which member of a couple or a group it is; none where it is of the meeting as a
    whole, or of a visit of two.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="facts")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="facts", null=True)
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=26)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="one_fact_a_number")]
