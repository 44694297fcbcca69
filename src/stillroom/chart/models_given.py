"""Questionnaires given to a client by her own door. In the clear: the chart's number, who gave it,
the days, and that somebody of the practice is to look at once; which it is and every answer are
sealed in the chart's ring."""

from django.db import models

from stillroom.kernel import new_id


class Given(models.Model):
    """One questionnaire on its way: asked, being filled in, handed in, signed into the record.

    `pressing_at` is the moment at which an answer asked for an assessment of risk; it is never
    taken back. `record` is the signed measure; then the answers here are gone.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    given_by = models.CharField(max_length=26)
    given_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    sealed_ask = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)
    sealed_answers = models.BinaryField(default=b"")
    saved_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    pressing_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=26, default="")
    record = models.CharField(max_length=26, default="")

    class Meta:
        indexes = [models.Index(fields=["pressing_at"])]


class Again(models.Model):
    """A questionnaire that is given again and again: how often, and when it was last.

    `weeks` 0 is before each session. Which it is, and for whom, is sealed in the chart's ring.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26)
    by = models.CharField(max_length=26)
    begun_on = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    last_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["chart", "ended_at"])]
