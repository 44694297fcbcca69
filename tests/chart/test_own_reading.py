"""What a client reads of her own record, and what is held from her (45 CFR 164.524; NEEDS 10, P2, P4, T14)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stillroom.access import Capacity
from stillroom.chart import actions, holding, own
from stillroom.chart.holding import HoldAltered, Reason
from stillroom.chart.models import Hold
from stillroom.chart.rules_holds import (
    GROUNDS,
    HeldAlready,
    NoGround,
    NoSuchDay,
    NotHeld,
    NoWords,
    require,
)
from stillroom.chart.rules_holds import (
    holding as held_by,
)
from stillroom.phi import NotHere
from stillroom.practice import queries as practice
from stillroom.practice.actions_guests import Stand
from tests.cast import NOON, Cast
from tests.disclosure.story import measured, notes, risks

pytestmark = pytest.mark.django_db
DAY = NOON.date()


def reason(ground: str = "danger", days: int = 30) -> Reason:
    return Reason(
        ground, "He named a plan that this note would tell him of.", DAY + timedelta(days)
    )


def titles(cast: Cast, name: str = "dov") -> list[str]:
    return [one.title for one in own.own_chart(cast.here(name), cast.dov).lines]


def proxy(cast: Cast, *reach: str) -> None:
    client = practice.chart_head(cast.here("ada"), cast.dov).holders[0].client
    cast.proxy("eva", cast.dov, Stand(client, Capacity.PROXY, frozenset(reach)))


def test_what_is_signed_is_read_at_once_and_a_private_note_is_not_counted(cast: Cast) -> None:
    note, private = notes(cast)
    draft = actions.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    actions.save_draft(
        cast.here("ada"), draft, {"Data": "half a thought", "Assessment": "", "Plan": ""}, 1
    )
    cast.holder("dov")
    dov = cast.here("dov")
    seen = own.own_chart(dov, cast.dov)
    assert [one.id for one in seen.lines] == [note]
    assert (seen.earlier, seen.held) == (0, ())
    read = own.own_record(dov, note)
    assert next(item.text for part in read.reading for item in part.items) == "Slept six hours."
    assert read.signed_by == cast.people["ada"].name
    for other in (private, draft, "a" * 26):
        with pytest.raises(NotHere):
            own.own_record(dov, other)


def test_what_was_added_and_what_was_struck_stands_beneath(cast: Cast) -> None:
    note, _ = notes(cast)
    cast.holder("dov")
    actions.addend(cast.here("ada"), note, "It was seven hours.")
    read = own.own_record(cast.here("dov"), note)
    assert [one.reading[0].items[0].text for one in read.added] == ["It was seven hours."]
    actions.strike(cast.here("ada"), note, "Another client’s session.")
    assert own.own_record(cast.here("dov"), note).struck
    assert own.own_chart(cast.here("dov"), cast.dov).lines[0].struck


def test_a_held_record_is_shut_at_every_door_and_the_client_is_told_why_and_of_review(
    cast: Cast,
) -> None:
    note, _ = notes(cast)
    cast.holder("dov")
    hold = holding.hold_record(cast.here("ada"), note, reason())
    seen = own.own_chart(cast.here("dov"), cast.dov)
    assert seen.lines == ()
    ((told),) = seen.held
    assert told.ground.told
    assert told.ground.review
    assert told.occurred_at == NOON
    with pytest.raises(NotHere):
        own.own_record(cast.here("dov"), note)
    (stands,) = holding.standing(cast.here("ada"), cast.dov, note)
    assert stands.words.startswith("He named a plan")
    with pytest.raises(HeldAlready):
        holding.hold_record(cast.here("ada"), note, reason())
    holding.end(cast.here("ada"), hold)
    assert titles(cast) == ["Progress note"]
    with pytest.raises(NotHeld):
        holding.end(cast.here("ada"), hold)


def test_nobody_holds_who_does_not_treat_and_no_private_note_is_held(cast: Cast) -> None:
    note, private = notes(cast)
    cast.holder("dov")
    for name in ("bea", "cal", "max", "olga", "nan", "dov"):
        with pytest.raises(NotHere):
            holding.hold_record(cast.here(name), note, reason())
    with pytest.raises(NotHere):
        holding.hold_record(cast.here("ada"), private, reason())
    assert not Hold.objects.exists()


def test_a_kind_is_held_also_where_only_the_words_say_what_it_is(cast: Cast) -> None:
    """A safety plan and a measure lie on one shelf: the one is held, the other is not (T14)."""
    written = risks(cast)
    cast.holder("dov")
    before = titles(cast)
    assert own.own_newest(cast.here("dov"), cast.dov, "safety_plan")
    holding.hold_kind(cast.here("ada"), cast.dov, "risk_assessment", reason("litigation"))
    assert titles(cast) == [
        one for one in before if one not in ("Safety plan", "Violence risk assessment")
    ]
    for record in written.values():
        with pytest.raises(NotHere):
            own.own_record(cast.here("dov"), record)
    assert own.own_newest(cast.here("dov"), cast.dov, "safety_plan") is None


def test_who_stands_for_the_client_reads_what_was_named_and_sees_no_trace_of_the_rest(
    cast: Cast,
) -> None:
    note, _ = notes(cast)
    written = risks(cast)
    cast.holder("dov")
    proxy(cast, "progress_notes", "appointments")
    eva = cast.here("eva")
    assert titles(cast, "eva") == ["Progress note"]
    for record in written.values():
        with pytest.raises(NotHere):
            own.own_record(eva, record)
    holding.hold_record(cast.here("ada"), note, reason("representative"))
    seen = own.own_chart(eva, cast.dov)
    assert (seen.lines, seen.held) == ((), ())
    with pytest.raises(NotHere):
        own.own_record(eva, note)
    assert "Progress note" in titles(cast), "the client herself reads it"
    assert own.own_chart(cast.here("dov"), cast.dov).held == ()


def test_a_hold_ends_with_its_day_but_not_one_that_keeps_somebody_from_danger(cast: Cast) -> None:
    note, _ = notes(cast)
    cast.holder("dov")
    holding.hold_record(cast.here("ada"), note, reason("litigation", days=2))
    later = NOON + timedelta(days=2)
    assert own.own_chart(cast.here("dov", at=later), cast.dov).lines
    holding.hold_record(
        cast.here("ada", at=later), note, Reason("danger", "x", later.date() + timedelta(2))
    )
    late = later + timedelta(days=9)
    assert own.own_chart(cast.here("dov", at=late), cast.dov).lines == ()
    assert [chart for chart, _ in holding.due(cast.here("ada", at=late), late.date())] == [cast.dov]


def test_whoever_changes_the_rows_of_a_hold_is_found_out(cast: Cast) -> None:
    note, _ = notes(cast)
    holding.hold_record(cast.here("ada"), note, reason())
    Hold.objects.update(ends_on=DAY + timedelta(days=1))
    with pytest.raises(HoldAltered):
        holding.standing(cast.here("ada"), cast.dov)


def test_another_client_learns_nothing_by_an_identifier(cast: Cast) -> None:
    """T14: Fay takes Dov's numbers."""
    note, _ = notes(cast)
    cast.holder("dov")
    cast.holder("fay", by="bea")
    fay = cast.here("fay")
    for ask in (
        lambda: own.own_record(fay, note),
        lambda: own.own_chart(fay, cast.dov),
        lambda: own.own_newest(fay, cast.dov, "safety_plan"),
    ):
        with pytest.raises(NotHere):
            ask()


def test_the_list_of_reasons_is_closed_and_each_has_its_law() -> None:
    for ground in GROUNDS.values():
        assert "CFR" in ground.citation
        assert ground.checked in ("text", "secondary")
        assert bool(ground.told) is not ground.proxies, "who stands for her sees no trace"
    for bad, error in (
        (("", "words", DAY + timedelta(1)), NoGround),
        (("upset", "words", DAY + timedelta(1)), NoGround),
        (("danger", " ", DAY + timedelta(1)), NoWords),
        (("danger", "w" * 4001, DAY + timedelta(1)), NoWords),
        (("danger", "words", None), NoSuchDay),
        (("danger", "words", DAY), NoSuchDay),
        (("danger", "words", DAY + timedelta(184)), NoSuchDay),
    ):
        with pytest.raises(error):
            require(*bad, DAY)


def test_holding_is_by_record_or_by_kind_and_never_by_nothing() -> None:
    from stillroom.chart.rules_holds import Held

    one = Held("h", "r", "", False, False, DAY + timedelta(1), "ada")
    kind = replace(one, record="", kind="progress_notes")
    for proxy_asks in (True, False):
        assert held_by([one], "r", "x", proxy=proxy_asks, today=DAY) is one
        assert held_by([one], "other", "", proxy=proxy_asks, today=DAY) is None
        assert held_by([kind], "q", "progress_notes", proxy=proxy_asks, today=DAY) is kind
        assert held_by([kind], "q", "", proxy=proxy_asks, today=DAY) is None
        aside = replace(one, proxies=True)
        assert (held_by([aside], "r", "", proxy=proxy_asks, today=DAY) is aside) is proxy_asks


def test_the_course_of_measures_leaves_out_what_is_held(cast: Cast) -> None:
    measure, _ = measured(cast)
    cast.holder("dov")
    assert [one.record for one in own.own_measures(cast.here("dov"), cast.dov)] == [measure]
    holding.hold_kind(cast.here("ada"), cast.dov, "test_results", reason("litigation"))
    assert own.own_measures(cast.here("dov"), cast.dov) == []
