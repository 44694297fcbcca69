"""What happened to the privilege of a chart's holders, sealed. In the clear: which chart, how many
entries, who signed each and when; not whose it is, nor whether it was claimed or given up."""

from django.db import models

from stillroom.kernel import new_id


class PrivilegeEvent(models.Model):
    """One signed event; never changed, never taken away."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chart", "number"], name="one_privilege_event_a_number")
        ]
