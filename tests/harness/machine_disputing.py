"""The machine once more, with what a client says against an entry, and what is kept back.

A correction is denied and disputed, or something is kept from the one who asks, at any moment before
or after the packet leaves (THREATS.md, 6.3: consent, revoke, release, restrict, break-glass).
"""

from typing import Any

from django.db import transaction
from hypothesis.stateful import rule

from stillroom.consent import actions_restrictions as keeping
from stillroom.consent.rules import Party
from stillroom.consent.rules_restrictions import Basis, Restriction, agreed
from stillroom.disclosure import actions, disputing
from stillroom.disclosure.askers.amending import Done
from stillroom.disclosure.matters import Asked
from stillroom.disclosure.rules import Decision, Intake
from stillroom.kernel import StillroomError
from stillroom.phi import NotHere, Presence
from tests.cast import NOON
from tests.harness.machine import DECIDING, WHO, Practice
from tests.web import corpus

AGAINST = "He told her seven hours, and stands by it."
ASKED = Intake(Party("Dov Halpern", "client"), NOON.date(), "client_request")


class Disputing(Practice):
    """The same, with a client who disagrees and who asks to keep things back."""

    @rule(by=DECIDING)
    def dispute_the_note_in_the_packet(self, by: str) -> None:
        """From then on the packet does not leave as it is: her statement is not in it."""
        here = self.here(by)
        if here is None:
            return
        Practice.size = self.cast.house.log.size
        try:
            with transaction.atomic():
                self._dispute(here)
        except NotHere:
            assert not self.ought.decides(self.cast.dov, self.id(by)), "she may, and is refused"
            return
        except StillroomError:
            # Of another than Ada no profession is on file, so the law does not answer her.
            assert by != "ada", "Ada is answered"
            return
        assert self.ought.writes(self.cast.dov, self.id(by)), f"{by} disputes and ought not to"
        self.disputed = True
        self.done["dispute_the_note_in_the_packet"] += 1

    def _dispute(self, here: Presence) -> None:
        matter = actions.enter(here, self.cast.dov, Asked(ASKED, "", {}, "amendment"))
        actions.decide(here, corpus(), matter, Decision.DENY, "It says what was told.")
        for done in (
            Done("denial", "It says what was told on that day."),
            Done("about", "", (self.ids["note"],)),
            Done("statement", AGAINST),
        ):
            disputing.write_down(here, matter, done)

    @rule(by=WHO)
    def keep_the_plan_from_the_payer(self, by: str) -> None:
        """A restriction on somebody else lets the packet leave as before."""
        on = self.cast.dov
        may = self.ought.decides(on, self.id(by))
        plan = (Party("The plan", "payer"),)
        kept = Restriction("", Basis.AGREED, "dov", NOON.date(), "Not to it.", recipients=plan)

        def do(here: Presence) -> Any:
            made = keeping.ask(here, on, kept)
            return keeping.change(here, made, lambda one: agreed(one, NOON.date()), "agreed")

        self.ask(by, may, do)
