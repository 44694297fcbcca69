"""What was said of the event with which an authorization ends, sealed. In the clear: of which
authorization, how often, by whom and when; and beside the authorization, since when it is over."""

from django.db import models

from stillroom.kernel import new_id


class PaperEvent(models.Model):
    """One signed saying: that the event has come, or not yet. Never changed, never taken away."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    paper = models.ForeignKey("consent.Paper", on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_paper_event_a_number")
        ]
