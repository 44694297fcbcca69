"""Jinja's environment for the client's pages: autoescaping on, words by gettext, days as she says
them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_time
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from stillroom.kernel import capital
from stillroom.portal.language import words_of


def url(name: str, /, **parts: object) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=parts or None)


@pass_context
def _day(context: Context, when: date | datetime | None) -> str:
    """`Tuesday, December 8, 2026`, in the language of the page."""
    if when is None:
        return ""
    day = timezone.localtime(when).date() if isinstance(when, datetime) else when
    return str(format_date(day, "full", locale=context["language"]))


@pass_context
def _clock(context: Context, when: datetime | None) -> str:
    """`3:00 PM` or `15:00`, in the language of the page, by the practice's clock."""
    if when is None:
        return ""
    local = timezone.localtime(when).time()
    return str(format_time(local, "short", locale=context["language"]))


@pass_context
def _gettext(context: Context, text: str) -> str:
    return words_of(context["language"]).gettext(text)


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return words_of(context["language"]).ngettext(one, many, count)


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for."""
    given = {**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    given.pop("autoescape", None)
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n"], **given)
    # The language is the page's, not the process's: looked up in the context at each word.
    install: Callable[..., None] = made.install_gettext_callables  # type: ignore[attr-defined]
    install(_gettext, _ngettext, newstyle=True)
    made.globals.update({"static": static, "url": url})
    made.filters.update({"capital": capital, "clock": _clock, "day": _day})
    return made
