"""Notes as a plain Django program keeps them."""

from django.db import models
from encrypted_fields.fields import EncryptedTextField


class _Note(models.Model):
    """What both kinds of note have beside their words."""

    id = models.CharField(primary_key=True, max_length=26)
    chart = models.CharField(max_length=26)
    kind = models.CharField(max_length=32)
    author = models.CharField(max_length=26)
    occurred_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    private = models.BooleanField(default=False)
    part2 = models.BooleanField(default=False)
    signer = models.CharField(max_length=26)
    signed_at = models.DateTimeField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["chart", "-occurred_at", "id"])]


class PlainNote(_Note):
    """A note whose words stand in the clear."""

    text = models.TextField()


class FernetNote(_Note):
    """A note whose words are in an encrypted field (django-fernet-encrypted-fields)."""

    text = EncryptedTextField()
