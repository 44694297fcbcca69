"""What is held from a client who reads by her own door: until when in the clear, why is sealed."""

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
