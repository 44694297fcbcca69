"""Forms as the practice published them, and who signed which.

What a form says lies in the clear: it is made of law and of the practice's own words, and no client
is in it. Who signed which, what was answered and how is sealed in the chart's ring; of that, in the
clear stand the chart's number, who of the staff kept it and when.
"""

from django.db import models

from stillroom.kernel import new_id


class FormEdition(models.Model):
    """One version of one form, as somebody of the practice read and published it. Never changed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    setting = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    words = models.TextField()
    digest = models.CharField(max_length=64)
    policy = models.PositiveIntegerField(default=0)
    published_by = models.CharField(max_length=26)
    published_at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "number"], name="one_edition_a_number")
        ]


class FormSigning(models.Model):
    """One person's signature under one version of a form. Never changed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    sealed = models.BinaryField()
    kept_by = models.CharField(max_length=26)
    kept_at = models.DateTimeField()
    entry = models.BigIntegerField()
