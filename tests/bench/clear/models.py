"""Records as a plain Django program keeps them: our two tables, with the words where they are read.

`Record` and `Revision` have the columns of ours but for what sealing and signing add. `Flat` is one
table for both, the least that any program could do.
"""

from django.db import models


class _Dated(models.Model):
    chart = models.CharField(max_length=26)
    kind = models.CharField(max_length=32)
    author = models.CharField(max_length=26)
    occurred_at = models.DateTimeField()
    started_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    private = models.BooleanField(default=False)
    part2 = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Record(_Dated):
    """One piece of documentation in a chart."""

    id = models.CharField(primary_key=True, max_length=26)

    class Meta:
        indexes = [models.Index(fields=["chart", "-occurred_at", "id"])]


class Signed(models.Model):
    """What every signed state says beside its words."""

    number = models.PositiveIntegerField()
    addendum = models.BooleanField(default=False)
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()

    class Meta:
        abstract = True


class Revision(Signed):
    """One signed state of a record, its words in the clear."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="revisions")
    words = models.TextField()


class Flat(_Dated):
    """A record and its words in one row."""

    id = models.CharField(primary_key=True, max_length=26)
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["chart", "-occurred_at", "id"])]


class Sheet(models.Model):
    """A client's front sheet in columns."""

    client = models.CharField(primary_key=True, max_length=26)
    given = models.CharField(max_length=60)
    family = models.CharField(max_length=60)
    pronouns = models.CharField(max_length=20)
    born = models.DateField(null=True)
    phone = models.CharField(max_length=20)
    email = models.CharField(max_length=80)


class Asked(models.Model):
    """A request for a record."""

    chart = models.CharField(max_length=26, db_index=True)
    opened_at = models.DateTimeField()
    asker = models.CharField(max_length=120)
    instrument = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    due = models.DateField(null=True)


class Allowed(models.Model):
    """An authorization."""

    chart = models.CharField(max_length=26, db_index=True)
    entered_at = models.DateTimeField()
    words = models.TextField()


class Looked(models.Model):
    """Who opened what, in an ordinary table."""

    chart = models.CharField(max_length=26)
    at = models.DateTimeField()
    actor = models.CharField(max_length=26)
    act = models.CharField(max_length=40)
    why = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["chart", "-id"])]
