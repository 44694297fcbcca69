"""The doors by which a packet leaves, each asked on its ground and without: a matter, an opinion that
surely lets it out, a decision that somebody signed; and what a client takes along by the same exit."""

from dataclasses import replace
from typing import Any

from stillroom.consent import actions as consent
from stillroom.disclosure import actions, own_asking, sending
from stillroom.disclosure.models import Packet
from stillroom.disclosure.rules_own_asking import KEPT, WAIT
from stillroom.kernel import Trilean
from tests.disclosure.leaving import TO
from tests.disclosure.story import subpoena
from tests.harness.exits_lived import Case, Lived
from tests.web import corpus


def _on_its_way(lived: Lived, packet: str = "packet", way: str = "link") -> Lived:
    """Sent on its way by Ada; two minutes have passed."""
    wish = {"recipient": TO, "way": way, "sure": "yes", "days": "7", "openings": "1"}
    where = {"where": "1 Court Square", "again": "1 Court Square"}
    told = lived.ask(
        "ada", "POST", "packet_release", {**wish, **where}, packet_id=lived.ids[packet]
    )
    assert told.status_code == 302, told.content[-3000:]
    return lived.later(minutes=2, seconds=1)


def _left(lived: Lived, packet: str = "packet", way: str = "link") -> Lived:
    """And has left."""
    then = _on_its_way(lived, packet, way)
    sending.settle(then.cast.here("ada"), corpus(), lived.ids[packet])
    assert Packet.objects.get(pk=lived.ids[packet]).state == Packet.State.RELEASED
    return then


def _taken_back(lived: Lived) -> Lived:
    """Dov has taken back the paper on which it rests."""
    consent.revoke(lived.cast.here("ada"), lived.ids["paper"])
    return lived


def _look(lived: Lived, packet: str = "packet", who: str = "ada") -> Any:
    return lived.ask(who, "GET", "packet", packet_id=lived.ids[packet])


def _when_it_is_due(lived: Lived) -> Any:
    return _look(_on_its_way(lived))


def _sent_by_nobody(lived: Lived) -> Any:
    return _look(lived.later(minutes=5))


def _taken_back_on_the_way(lived: Lived) -> Any:
    return _look(_taken_back(_on_its_way(lived)))


def _looked_at_by_a_stranger(lived: Lived) -> Any:
    return _look(_on_its_way(lived), who="bea")


def _way(lived: Lived, method: str = "GET", door: str = "packet_way") -> Any:
    return lived.ask("ada", method, door, packet_id=lived.ids["packet"])


def _the_part_when_it_is_due(lived: Lived) -> Any:
    return _way(_on_its_way(lived))


def _the_part_before_its_time(lived: Lived) -> Any:
    return _way(replace(_on_its_way(lived), cast=lived.cast))


def _the_part_taken_back(lived: Lived) -> Any:
    return _way(_taken_back(_on_its_way(lived)))


def _let_go(lived: Lived) -> Any:
    return _way(_on_its_way(lived), "POST", "packet_go")


def _let_go_taken_back(lived: Lived) -> Any:
    return _way(_taken_back(_on_its_way(lived)), "POST", "packet_go")


def _let_go_unsent(lived: Lived) -> Any:
    return _way(lived.later(minutes=5), "POST", "packet_go")


def _sent_twice(lived: Lived) -> Any:
    """What has left by a link says once more where it lies."""
    then, sent = _left(lived), {"recipient": TO, "way": "file", "sure": "yes"}
    return then.ask("ada", "POST", "packet_release", sent, packet_id=lived.ids["packet"])


def _sent_to_another(lived: Lived) -> Any:
    sent = {"recipient": "Somebody else", "way": "file", "sure": "yes"}
    return lived.ask("ada", "POST", "packet_release", sent, packet_id=lived.ids["packet"])


def _sent_after_it_was_taken_back(lived: Lived) -> Any:
    sent = {"recipient": TO, "way": "file", "sure": "yes"}
    back = _taken_back(lived)
    return back.ask("ada", "POST", "packet_release", sent, packet_id=lived.ids["packet"])


def _undecided(lived: Lived) -> Any:
    """The law would let it out; nobody has decided. No packet comes to be whose file one could ask for."""
    ada = lived.cast.here("ada")
    matter = actions.enter(ada, lived.cast.dov, subpoena())
    for fact, value in (("identity_verified", True), ("federal_court", False)):
        actions.answer(ada, corpus(), matter, fact, value)
    return _built(lived, matter)


def _decided_against_the_law(lived: Lived) -> Any:
    """Somebody would decide, without a paper that opens anything."""
    back = _taken_back(lived)
    ada = back.cast.here("ada")
    matter = actions.enter(ada, back.cast.dov, subpoena())
    decided = back.ask(
        "ada", "POST", "matter_decide", {"decision": "build", "words": "I will."}, matter_id=matter
    )
    assert decided.status_code == 409
    return _built(back, matter)


def _built(lived: Lived, matter: str) -> Any:
    before, note = Packet.objects.count(), lived.ids["note"]
    sent = {"records": [note], "address": "1 Court Square", "files": ["pdf", "fhir"]}
    told = lived.ask("ada", "POST", "packet_build", sent, matter_id=matter)
    assert told.status_code == 409
    assert Packet.objects.count() == before
    return told


def _save(lived: Lived, packet: str = "packet") -> Any:
    return lived.ask("ada", "GET", "packet_file", packet_id=lived.ids[packet], query="?save=1")


def _saved_for_paper(lived: Lived) -> Any:
    return _save(_left(lived, way="paper"))


def _saved_again_after_it_was_taken_back(lived: Lived) -> Any:
    return _save(_taken_back(_left(lived, way="paper")))


def _saved_beside_its_link(lived: Lived) -> Any:
    """No file; the page says where it lies."""
    told = _save(_left(lived))
    assert "Content-Disposition" not in told.headers
    return told


def _for_machines(lived: Lived) -> Any:
    return lived.ask("ada", "GET", "packet_machines", packet_id=lived.ids["both"])


def _for_machines_by_a_stranger(lived: Lived) -> Any:
    return lived.ask("bea", "GET", "packet_machines", packet_id=lived.ids["both"])


def _code(lived: Lived) -> tuple[str, str]:
    found = sending.latest(lived.cast.here("ada"), lived.ids["packet"])
    assert found is not None
    assert found.plan is not None
    return found.plan.address, found.plan.code


def _opened(lived: Lived) -> Any:
    then = _left(lived)
    address, code = _code(then)
    return then.ask("", "POST", "received", {"code": code}, address=address)


def _opened_before_it_left(lived: Lived) -> Any:
    then = _on_its_way(lived)
    address, code = _code(then)
    return then.ask("", "POST", "received", {"code": code}, address=address)


def _opened_without_the_words(lived: Lived) -> Any:
    then = _left(lived)
    return then.ask("", "POST", "received", {"code": "four other words"}, address=_code(then)[0])


def _opened_after_it_was_taken_back(lived: Lived) -> Any:
    then = _taken_back(_left(lived))
    address, code = _code(then)
    return then.ask("", "POST", "received", {"code": code}, address=address)


# What the client takes along: asked by the door, confirmed by another way


def _asked_along(lived: Lived) -> Lived:
    dov = lived.cast.here("dov", stepped_up=Trilean.YES)
    return replace(lived, ids={**lived.ids, "along": own_asking.ask_along(dov, lived.cast.dov)})


def _confirm(lived: Lived, who: str = "ada", **said: str) -> Any:
    yes = {"how_asked": "I called him.", "was_she": "yes", "no_ground": "yes", **said}
    return lived.ask(who, "POST", "matter_along", yes, matter_id=lived.ids["along"])


def _along(lived: Lived) -> Any:
    return _confirm(_asked_along(lived))


def _along_not_asked_whether_it_was_he(lived: Lived) -> Any:
    return _confirm(_asked_along(lived), was_she="")


def _along_by_a_stranger(lived: Lived) -> Any:
    return _confirm(_asked_along(lived), who="bea")


def _fetch(lived: Lived, who: str = "dov") -> Any:
    return lived.ask(who, "GET", "portal_fetch", matter_id=lived.ids["along"])


def _confirmed(lived: Lived) -> Lived:
    asked = _asked_along(lived)
    assert _confirm(asked).status_code == 302
    return asked


def _fetched(lived: Lived) -> Any:
    return _fetch(_confirmed(lived).later(seconds=WAIT.total_seconds()))


def _fetched_unconfirmed(lived: Lived) -> Any:
    return _fetch(_asked_along(lived).later(seconds=WAIT.total_seconds()))


def _fetched_too_early(lived: Lived) -> Any:
    return _fetch(_confirmed(lived).later(seconds=WAIT.total_seconds() - 1))


def _fetched_too_late(lived: Lived) -> Any:
    return _fetch(_confirmed(lived).later(seconds=(WAIT + KEPT).total_seconds()))


def _fetched_by_another(lived: Lived) -> Any:
    return _fetch(_confirmed(lived).later(seconds=WAIT.total_seconds()), who="fay")


CASES = {
    "packet": Case(
        (_when_it_is_due,), (_sent_by_nobody, _taken_back_on_the_way, _looked_at_by_a_stranger)
    ),
    "packet_way": Case(
        (_the_part_when_it_is_due,), (_the_part_before_its_time, _the_part_taken_back)
    ),
    "packet_go": Case((_let_go,), (_let_go_taken_back, _let_go_unsent)),
    "packet_release": Case((_sent_twice,), (_sent_to_another, _sent_after_it_was_taken_back)),
    "packet_file": Case(
        (_saved_for_paper, _saved_beside_its_link),
        (
            _undecided,
            _decided_against_the_law,
            _saved_again_after_it_was_taken_back,
        ),
    ),
    "packet_machines": Case(
        (_for_machines,), (_undecided, _decided_against_the_law, _for_machines_by_a_stranger)
    ),
    "received": Case(
        (_opened,),
        (_opened_before_it_left, _opened_without_the_words, _opened_after_it_was_taken_back),
    ),
    "matter_along": Case((_along,), (_along_not_asked_whether_it_was_he, _along_by_a_stranger)),
    "portal_fetch": Case(
        (_fetched,),
        (_fetched_unconfirmed, _fetched_too_early, _fetched_too_late, _fetched_by_another),
    ),
}
