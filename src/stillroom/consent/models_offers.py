"""Permissions that the practice wrote and a client is to sign by her own door, and what she
answered. In the clear stands only what must be seen under a lock: whether it still waits."""

from django.db import models

from stillroom.kernel import new_id


class Offer(models.Model):
    """One permission that waits for signatures until `until`, that day included.

    Ended: signed by all (`paper` is the authorization), declined, or withdrawn by the practice.
    `noted_at`: somebody of the practice has read how it ended.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    sealed = models.BinaryField()
    until = models.DateField()
    offered_by = models.CharField(max_length=26)
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=26, blank=True, default="")
    paper = models.CharField(max_length=26, blank=True, default="")
    noted_at = models.DateTimeField(null=True)
    entry = models.BigIntegerField()


class OfferAnswer(models.Model):
    """What one of those who are to sign answered; whether it is a yes, and of whom, is sealed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="answers")
    given_by = models.CharField(max_length=26)
    given_at = models.DateTimeField()
    sealed = models.BinaryField()
    entry = models.BigIntegerField()
