"""What a page that keeps itself posts: by a script as JSON, by a form as a form. Nothing is lost.

A script sends `{version, fields}`, a field being a text or a list of texts; a form brings the same
fields, and beside them its buttons and its mark against forgery, which are no words.
"""

import json
from datetime import datetime

from django.utils import timezone

from stillroom.chart.actions import Clash
from stillroom.chart.contents import Content
from stillroom.chart.sheets import Posted, fields_of
from stillroom.desk.shell import DeskRequest
from stillroom.desk.views.problems import told
from stillroom.kernel import StillroomError


class UnreadableSave(StillroomError):
    """What a page sent could not be read."""

    what = "what was to be saved could not be read"
    usual_advice = "Your words are still on the page; reload only after copying them."


def sent(request: DeskRequest) -> tuple[int, dict[str, Posted]]:
    """The version that a script's page was made from, and its fields."""
    try:
        body = json.loads(request.body)
        fields = {str(name): _typed(value) for name, value in body["fields"].items()}
        return int(body["version"]), fields
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableSave from None


def _typed(value: object) -> Posted:
    if isinstance(value, list):
        return [_whole_letters(str(one)) for one in value]
    return _whole_letters(str(value))


def _whole_letters(text: str) -> str:
    """Text without half letters: a script may cut an emoji in two; a half cannot be kept."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def clash(error: Clash, theirs: Content | None, version: int) -> dict[str, object]:
    """What a script is told when the draft moved on: the other version, to show beside its own."""
    fields = fields_of(theirs) if theirs else {}
    return {**told(error), "version": version, "fields": fields, "by": "Your other window"}


def version(request: DeskRequest) -> int:
    """The version that a form was made from."""
    text = request.POST.get("version", "")
    if not text.isascii() or not text.isdigit():
        raise UnreadableSave
    return int(text)


_NO_WORDS = frozenset({"as_it_is", "csrfmiddlewaretoken", "discard", "form"})


def posted(request: DeskRequest) -> dict[str, Posted]:
    """A form's fields as a script sends them: one text, or a list where several were chosen."""
    fields: dict[str, Posted] = {}
    for name, values in request.POST.lists():
        if name != "version":
            several = [str(one) for one in values]
            fields[name] = several if len(several) > 1 else several[0]
    return fields


def brings_words(fields: dict[str, Posted]) -> bool:
    """Whether a form brought a field to be kept; a button's own form brings none."""
    return not fields.keys() <= _NO_WORDS


def clock(moment: datetime) -> str:
    """When something was saved, by the practice's clock."""
    local = timezone.localtime(moment)
    return f"{local.hour}:{local:%M}"
