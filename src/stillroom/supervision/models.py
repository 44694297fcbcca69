"""Notes about supervision, their drafts and revisions. Every word is sealed (docs/decisions/0017).

In the clear stand: who supervised whom, when the note was begun and signed, and salted hashes.
"""

from django.db import models

from stillroom.kernel import new_id


class Note(models.Model):
    """One note; its number names its ring. Who may read is who holds a wrap of that ring."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    supervisor = models.CharField(max_length=26)
    supervisee = models.CharField(max_length=26)
    started_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["supervisor", "-started_at"]),
            models.Index(fields=["supervisee", "-started_at"]),
        ]


class Draft(models.Model):
    """What is being written: one for each note, replaced as a whole."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, primary_key=True)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()


class Revision(models.Model):
    """The signed note, or an addendum to it. Written once (P5)."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    chain_hash = models.BinaryField()
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="one_supervision_revision")
        ]
