"""Authorizations, sealed. In the clear stand only the chart's number and the moments at which one
was taken back or its event was said to have come, because a release must be able to see them under
its lock without opening anything."""

from django.db import models

from stillroom.kernel import new_id


class Paper(models.Model):
    """One signed authorization of one chart, as data; the words are sealed in the chart's ring."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    sealed = models.BinaryField()
    entered_by = models.CharField(max_length=26)
    entered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=26, blank=True, default="")
    taken_back = models.BinaryField(null=True)
    revoked_entry = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    looked_on = models.DateField(null=True)
    entry = models.BigIntegerField()


class Restriction(models.Model):
    """What a client asked to be kept from whom, with the answer and the end; the words are sealed.

    That a chart has one stands in the clear; on which ground, against whom and whether it still
    holds does not.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    chart = models.CharField(max_length=26, db_index=True)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    changed_by = models.CharField(max_length=26)
    changed_at = models.DateTimeField()
    entry = models.BigIntegerField()


# Django looks for a slice's tables here.
from stillroom.consent.models_events import PaperEvent as PaperEvent  # noqa: E402
from stillroom.consent.models_forms import FormEdition as FormEdition  # noqa: E402
from stillroom.consent.models_forms import FormSigning as FormSigning  # noqa: E402
from stillroom.consent.models_offers import Offer as Offer  # noqa: E402
from stillroom.consent.models_offers import OfferAnswer as OfferAnswer  # noqa: E402
from stillroom.consent.models_privilege import PrivilegeEvent as PrivilegeEvent  # noqa: E402
