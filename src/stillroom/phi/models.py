"""Rings and their wrappings: who could open what, were they signed in. No words are kept here.

A ring belongs to a ward (a client's front sheet, a chart, or one note about a colleague's work) and
has a kind. A wrap is the ring
sealed to one recipient: a person's public key, the server's own key (front rings only), or the
practice's recovery key. Deleting every wrap of a ring erases what it sealed, save
in backups that still hold the wraps.
"""

from django.db import models

from stillroom.kernel import new_id


class Ring(models.Model):
    """One keyring's place in the world; the keys themselves exist only inside wraps."""

    class Kind(models.TextChoices):
        FRONT = "front"
        CHART = "chart"
        PRIVATE = "private"
        LOG = "log"
        SUPERVISION = "supervision"
        GLASS = "glass"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    ward = models.CharField(max_length=26)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    author = models.CharField(max_length=26, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "kind", "author"], name="one_ring_of_a_kind")
        ]


class Wrap(models.Model):
    """One ring, sealed to one recipient."""

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="wraps")
    recipient = models.CharField(max_length=26)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ring", "recipient"], name="one_wrap_a_recipient")
        ]
        indexes = [models.Index(fields=["recipient"])]


class Spare(models.Model):
    """A chart's ring laid by for a colleague's emergency: wrapped to her, and under the server."""

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="spares")
    recipient = models.CharField(max_length=26)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ring", "recipient"], name="one_spare_a_recipient")
        ]
        indexes = [models.Index(fields=["recipient"])]


class Apart(models.Model):
    """That somebody is not to know of a chart: who, and of which, is sealed for the server."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    sealed = models.BinaryField()
