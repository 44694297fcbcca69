"""What a client asked by her own door of whoever keeps the calendar and her front sheet.

In the clear: of which chart and client, about which appointment, when, and whether it is done. What
was asked, and her words, are sealed in the client's front ring, so that the front desk can read it.
"""

from django.db import models

from stillroom.kernel import new_id


class OwnAsk(models.Model):
    """One request: about an appointment, or about how she is reached."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.ForeignKey("practice.Chart", on_delete=models.CASCADE, related_name="own_asks")
    client = models.ForeignKey("practice.Client", on_delete=models.CASCADE, related_name="own_asks")
    appointment = models.ForeignKey("practice.Appointment", on_delete=models.CASCADE, null=True)
    asked_by = models.CharField(max_length=26)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=26, default="")
    sealed = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["done_at"])]
