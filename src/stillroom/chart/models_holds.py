"""What is held from a client who reads by her own door, and what is kept to those who treat: that
it is so lies in the clear, why is sealed."""

from django.db import models

from stillroom.kernel import new_id


class Hold(models.Model):
    """One record, or one kind of record of a chart, held from its client or from her proxies.

    Signed by whoever holds, over the sealed reason and words; never changed but to end it.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    record = models.CharField(max_length=26, blank=True, default="")
    kind = models.CharField(max_length=32, blank=True, default="")
    proxies = models.BooleanField(default=False)
    stays = models.BooleanField(default=False)
    ends_on = models.DateField()
    by = models.CharField(max_length=26)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=26, blank=True, default="")
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()


class Restricted(models.Model):
    """One record, kept to those who treat (45 CFR 164.522(a)), from `begun_at` on.

    `Record.restricted` says that one stands; here is who did it, and, sealed, what was agreed. An
    end is signed like a beginning.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    record = models.ForeignKey("chart.Record", on_delete=models.CASCADE, related_name="kept_to")
    number = models.PositiveIntegerField()
    begins = models.BooleanField()
    by = models.CharField(max_length=26)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="one_restriction_a_number")
        ]
