"""How a client, or who stands for one, stands to a chart by her own door.

In the clear: that some account, whose row has no name, stands to a chart's number, how and how far.
For a proxy, on what it rests (which parent, which paper) is sealed in the chart's ring.
"""

from django.db import models

from stillroom.identity.fields import WordsField
from stillroom.kernel import new_id


class Standing(models.Model):
    """One account and one chart: as holder or proxy, of which client, how far, how long."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.ForeignKey("practice.Chart", on_delete=models.CASCADE, related_name="standings")
    client = models.ForeignKey(
        "practice.Client", on_delete=models.CASCADE, related_name="standings"
    )
    person = models.CharField(max_length=26)
    capacity = models.CharField(max_length=12)
    reach = WordsField(default=list)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    invited_by = models.CharField(max_length=26)
    sealed = models.BinaryField(default=b"")
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["person", "chart"])]
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "person"],
                condition=models.Q(ends_at=None),
                name="stands_to_a_chart_once",
            )
        ]
