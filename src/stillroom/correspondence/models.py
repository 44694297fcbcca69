"""Threads and their messages. In the clear: between whom of which chart's number, when, and whether
an answer is waited for. What was written is sealed in the chart's ring.

How a practice answers is its own words for everybody who comes in, and no client's.
"""

from django.db import models

from stillroom.kernel import new_id


class Thread(models.Model):
    """What one who comes in by her own door and the care team write to each other.

    `client` is whose chart it is; `person` is empty for the client herself, whatever account she
    has now, and names the account of a proxy, whose thread is her own.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26)
    client = models.CharField(max_length=26)
    person = models.CharField(max_length=26, blank=True, default="")
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chart", "client", "person"], name="one_thread_each")
        ]


class Message(models.Model):
    """One message, written once. One of hers waits until it is settled; one of the team's never."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=26)
    from_team = models.BooleanField()
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=26, blank=True, default="")
    sealed = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_message_a_number")
        ]


class Manner(models.Model):
    """How the practice answers, in its own words, as it was said each time; the last one holds."""

    words = models.TextField()
    spanish = models.TextField(blank=True, default="")
    said_by = models.CharField(max_length=26)
    said_at = models.DateTimeField()
    entry = models.BigIntegerField()
