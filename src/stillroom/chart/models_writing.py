"""What helps to write: the practice's phrases and checks, and each writer's own snippets.

In the clear, like a policy: they are stock sentences, no client belongs in them, and their pages
say so. Each change is a new version; none is ever rewritten.
"""

from django.db import models


class Phrasebook(models.Model):
    """One version of the practice's book (`owner` is empty), or of one writer's own.

    `text` is YAML as `phrase_files` reads it; `without` the checks switched off, by a space.
    """

    owner = models.CharField(max_length=26, blank=True, default="")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    without = models.CharField(max_length=400, blank=True, default="")
    changed_by = models.CharField(max_length=26)
    changed_at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="one_phrasebook_a_number")
        ]
