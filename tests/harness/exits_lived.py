"""A practice in which every ground of exits.yaml exists, and what is seen to leave by one question.

Every question is a function of the practice that stands; it gives the last answer. What left by it is
seen from outside: a file, a button that prints, an address to be sent, a line of the account, an
account handed over, a message.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from stillroom.access import Capacity
from stillroom.disclosure import (
    actions,
    lettering,
    queries,
    releasing,
)
from stillroom.disclosure.models import AccountGiven, Departure, LetterDelivery
from stillroom.disclosure.rules import State
from stillroom.practice import actions as practice
from stillroom.practice.models import Message
from stillroom.practice.rules import FrontSheet
from stillroom.practice.rules_wishes import Way
from tests.cast import Cast
from tests.disclosure.leaving import packet_for_rex
from tests.disclosure.story import risks, subpoena
from tests.harness import exits
from tests.harness.accounts import accounts_and_incidents
from tests.harness.consenting import forms_signed
from tests.harness.documents import documents
from tests.harness.in_danger import happened
from tests.harness.in_session import by_video, by_video_together
from tests.harness.lettered import more_time
from tests.web import Visitor, corpus, serve

MAIL = Way("email", "dov.safe@example.org")
WHY = "His father has moved in with them, and she asked for it."


@dataclass
class Lived:
    """The practice, at a moment, and what is in it by name."""

    cast: Cast
    ids: Mapping[str, str]
    before: dict[str, Any] = field(default_factory=dict)
    """How much had left, and where was asked, when the last question was put."""

    def later(self, **delta: float) -> "Lived":
        """The same, so much later; the practice answers from then."""
        return replace(self, cast=self.cast.later(**delta))

    def ask(self, who: str, method: str, door: str, sent: Any = None, **parts: Any) -> Any:
        """One question, by one of the cast or by nobody."""
        query = parts.pop("query", "")
        serve(self.cast)
        seen = Visitor(self.cast, who)
        path = reverse(door, kwargs=parts) + query
        self.before.update(path=path.encode(), left=_left(), messages=_messages())
        return seen.get(path) if method == "GET" else seen.post(path, sent)


Ask = Callable[[Lived], Any]


@dataclass(frozen=True)
class Case:
    """A door: the questions on its ground, and those without."""

    on: tuple[Ask, ...]
    without: tuple[Ask, ...]


_ADDRESS = re.compile(rb"/(?:r|my/place)/[A-Za-z0-9_-]{12,}")


def gone(lived: Lived, ask: Ask) -> frozenset[str]:
    """All that left by the last question of these, as exits.yaml names it."""
    answer = ask(lived)
    before = lived.before
    found = {"leaves"} if _left() > before["left"] else set()
    found |= {"message"} if _messages() > before["messages"] else set()
    # Not in a file: what base64 makes of a proof may look like an address.
    shown = answer.content if answer.headers["Content-Type"].startswith("text/") else b""
    found |= {"link"} if set(_ADDRESS.findall(shown)) - {before["path"]} else set()
    return frozenset(found | ({exits.gives(answer)} - {""}))


def _left() -> int:
    """Lines of accounts that stand, accounts that were handed over, letters behind a link."""
    lines = Departure.objects.filter(recalled_at=None).count()
    return lines + AccountGiven.objects.count() + LetterDelivery.objects.count()


def _messages() -> int:
    return Message.objects.count()


def live(cast: Cast) -> Lived:
    """Every ground of every door, in one practice."""
    cast.holder("dov")
    cast.holder("fay", by="bea")
    cast.licensed("bea", credential="")
    ids = packet_for_rex(cast)
    ada = cast.here("ada")
    ids |= {**_both(cast, ids["matter"]), **happened(cast), **risks(cast), **documents(cast)}
    ids |= {**by_video(cast), **accounts_and_incidents(cast), **forms_signed(cast)}
    ids |= by_video_together(cast, _couple(cast))
    ids["lettered"] = actions.enter(ada, cast.dov, subpoena())
    ids["unlettered"] = actions.enter(ada, cast.dov, subpoena())
    made = lettering.draft(
        ada, corpus(), queries.whole_matter(ada, corpus(), ids["lettered"]), "neither", {}, {}
    )
    ids["number"] = str(lettering.sign(ada, corpus(), ids["lettered"], made, made.seen))
    ids["hers"], ids["her_letter"] = more_time(cast)
    return Lived(cast, ids)


def _couple(cast: Cast) -> str:
    """A couple of Ada's."""
    carers = [practice.Carer(cast.ada.id, Capacity.TREATING)]
    both = [FrontSheet(given="Imani", family="Feld"), FrontSheet(given="Joss", family="Feld")]
    return practice.admit(cast.here("ada"), cast.directory, both, carers, kind="couple")


def _both(cast: Cast, matter: str) -> dict[str, str]:
    """A packet with a file for machines beside its pages, and the note in it."""
    ada = cast.here("ada")
    bundle = releasing.choices(ada, corpus(), matter)
    chosen = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]
    both = releasing.build(ada, corpus(), matter, chosen, ["1 Court Square"], ["pdf", "fhir"])
    return {"both": both, "note": chosen[0]}
