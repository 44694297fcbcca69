"""A signed state of a record with its words in an encrypted field (django-fernet-encrypted-fields)."""

from django.db import models
from encrypted_fields.fields import EncryptedTextField

from tests.bench.clear.models import Record, Signed


class FernetRevision(Signed):
    """One signed state of a plain record, its words encrypted."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="fernet_revisions")
    words = EncryptedTextField()
