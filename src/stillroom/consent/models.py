"""Authorizations, sealed. In the clear stand only the chart's number and the moment of revocation,
because a release must be able to see that moment under its lock without opening anything."""

from django.db import models

from stillroom.kernel import new_id


class Paper(models.Model):
    """One signed authorization of one chart, as data; the words are sealed in the chart's ring."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    sealed = models.BinaryField()
    entered_by = models.CharField(max_length=26)
    entered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    entry = models.BigIntegerField()
