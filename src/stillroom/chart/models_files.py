"""Files of documents: the original in sealed pieces, and each of its pages as it is shown.

In the clear stand: which record, when it was begun, in how many pieces it lies and how many pages
it has. Its name, its size to the byte, what it is and every word of it are sealed.
"""

from django.db import models

from stillroom.kernel import new_id


class Original(models.Model):
    """The file of one record, as it came. While its record is a draft it can be taken away."""

    class State(models.TextChoices):
        ARRIVING = "arriving"
        ARRIVED = "arrived"
        LOOKED = "looked"

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    record = models.OneToOneField("chart.Record", on_delete=models.CASCADE, related_name="original")
    begun_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ARRIVING)
    arrived = models.PositiveIntegerField(default=0)
    """Full pieces that have come; of a file that is whole, all pieces."""
    pages = models.PositiveIntegerField(default=0)
    drawn = models.PositiveIntegerField(default=0)
    undrawn = models.PositiveIntegerField(default=0)
    """Pages over which drawing died, and which are passed over."""
    header = models.BinaryField()
    facts = models.BinaryField()
    facts_revision = models.PositiveIntegerField(default=1)


class Piece(models.Model):
    """A sealed piece of an original. Written once, and gone with it."""

    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="kept")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["original", "number"], name="one_piece_a_number")
        ]


class Leaf(models.Model):
    """A page as it is shown: its picture and its words, sealed together."""

    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="leaves")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["original", "number"], name="one_leaf_a_page")
        ]
