"""Records, their drafts and their revisions. Every word is sealed; a revision is never rewritten.

In the clear stand: which chart, what kind, who wrote, when, and hashes over salted contents, from
which nobody can guess a short note back.
"""

from django.db import models

from stillroom.chart.models_files import Leaf, Original, Piece
from stillroom.kernel import new_id

__all__ = ["Draft", "Leaf", "Original", "Piece", "Record", "Revision"]


class Record(models.Model):
    """One piece of documentation in a chart."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SIGNED = "signed"
        IN_ERROR = "in_error"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26)
    kind = models.CharField(max_length=32)
    author = models.CharField(max_length=26)
    occurred_at = models.DateTimeField()
    started_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    private = models.BooleanField(default=False)
    part2 = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["chart", "-occurred_at", "id"]),
            models.Index(fields=["author", "state"]),
            # All that counting a shelf, sifting by it and naming the shelves of a chart look at.
            models.Index(
                fields=["chart", "kind", "author", "state", "private", "restricted"],
                name="records_on_their_shelves",
            ),
            # Few are: which charts hold one is asked at every search, and looks at those alone.
            models.Index(
                fields=["chart", "restricted"],
                condition=models.Q(restricted=True),
                name="records_kept_to_some",
            ),
        ]


class Draft(models.Model):
    """What is being written: one for each record, autosaved, replaced as a whole.

    `head` holds the session's facts, sealed once; `sealed` the words, sealed at every save. Saving
    therefore opens nothing, and only reading a draft back is an entry in the log.
    """

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True)
    version = models.PositiveIntegerField(default=0)
    form = models.CharField(max_length=12)
    head = models.BinaryField()
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()


class Revision(models.Model):
    """One signed state of a record, or an addendum to it. Written once (P5)."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    addendum = models.BooleanField(default=False)
    sealed = models.BinaryField()
    content_hash = models.BinaryField()
    chain_hash = models.BinaryField()
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()
    signature = models.BinaryField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="one_revision_a_number")
        ]


class WordIndex(models.Model):
    """Which words stand in which records of a chart, sealed like the records themselves.

    One for what the chart's ring seals (`author` is empty), one for each author's private notes.
    `marked` counts what was signed since; `made` is what it counted when the index was made.
    What it knows lies in parts (`WordPart`), of which a question opens a few.
    """

    chart = models.CharField(max_length=26)
    author = models.CharField(max_length=26, blank=True, default="")
    marked = models.PositiveIntegerField(default=0)
    made = models.IntegerField(default=-1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chart", "author"], name="one_word_index_a_ring")
        ]


class WordPart(models.Model):
    """One part of an index, sealed by itself under the same ring: its records, its spellings, a
    sixteenth of its words, or of what says for phrases which of them stand side by side."""

    chart = models.CharField(max_length=26)
    author = models.CharField(max_length=26, blank=True, default="")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chart", "author", "number"], name="one_part_a_number")
        ]


class Review(models.Model):
    """How far a record that goes to a supervisor is. What counts is the chain; this finds it.

    `version` is the number of the revision whose words are looked at, `since` the moment of the
    last step.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RETURNED = "returned"
        COSIGNED = "cosigned"

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField()
    since = models.DateTimeField()


class Asked(models.Model):
    """A supervisor to whom a record was sent, and whether her co-signature of it stands."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="asked")
    person = models.CharField(max_length=26)
    cosigned = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="asked_once")]
        indexes = [models.Index(fields=["person", "cosigned"])]


# Django looks for a slice's tables here; they stand in rooms of their own.
from stillroom.chart.models_writing import Phrasebook as Phrasebook  # noqa: E402


class Followup(models.Model):
    """That something is to follow after a record, and by which day. What it is, the record says."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=26, default="")

    class Meta:
        indexes = [models.Index(fields=["due_on"])]


class Handed(models.Model):
    """A questionnaire handed to a client on this device: which, and what came back.

    `sealed_ask` is under the chart's ring and says which questionnaire. `sealed_answers` is sealed
    to `person` alone, because the session is locked while the client writes (`phi.handing`).
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26)
    person = models.CharField(max_length=26)
    handed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    sealed_ask = models.BinaryField()
    sealed_answers = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["person"])]


from stillroom.chart.models_given import Again as Again  # noqa: E402
from stillroom.chart.models_given import Given as Given  # noqa: E402
from stillroom.chart.models_holds import Hold as Hold  # noqa: E402
from stillroom.chart.models_holds import Restricted as Restricted  # noqa: E402
