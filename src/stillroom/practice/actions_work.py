"""Saying what holds of one's own work, once for all one's matters."""

from collections.abc import Mapping

from stillroom.access import Act, Purpose, Ward
from stillroom.phi import Presence, bridge
from stillroom.practice.models import Staff
from stillroom.practice.rules_work import read_work, said_anew, write_work


def say_of_work(presence: Presence, told: Mapping[str, tuple[str, str]]) -> None:
    """Keep answers and words, by the law's name of the fact; an empty answer is taken back.

    A decision that was signed holds what it rested on: nothing of it changes with this.
    """
    grant = bridge.ask(presence, Act.OWN_ACCOUNT_WRITE, Purpose.ACCOUNTS, Ward(chart=""))
    row, _ = Staff.objects.get_or_create(person=presence.person)
    said = said_anew(read_work(row.work), told, presence.today)
    answers = {one.fact: one.value for one in said}
    bridge.note_house(presence, grant.act, {"did": "work", "answers": answers})
    row.work = write_work(said)
    row.save(update_fields=["work"])
