"""Policies as they were agreed, what waits for a second person, and which law was in force when.

All of it in the clear: a policy holds no client's words, and the law under it must be loaded before
the practice is unsealed (docs/decisions/0015-policy-over-law.md).
"""

from django.db import models

from stillroom.kernel import new_id


class Version(models.Model):
    """A policy that two people agreed to. It is never changed; the highest number is in force."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    proposed_by = models.CharField(max_length=26)
    proposed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=26)
    agreed_at = models.DateTimeField()
    entry = models.BigIntegerField()


class Proposal(models.Model):
    """A policy that waits for a second person. There is one at most."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    text = models.TextField()
    proposed_by = models.CharField(max_length=26)
    proposed_at = models.DateTimeField()


class Edition(models.Model):
    """One corpus that came into force: by a policy, or with another release of Stillroom."""

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    law = models.CharField(max_length=64)
    policy = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    entry = models.BigIntegerField()
