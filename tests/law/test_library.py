"""The library: shelves, holdings, two states side by side, what changed, seeking, stories."""

from datetime import date

import pytest

from stillroom.config.paths import provisions
from stillroom.law import (
    CODES,
    NATION,
    SHELVES,
    TOPICS,
    Stories,
    changes,
    compare,
    holdings,
    law_of,
    place_of,
    seek,
    shelf_of,
    shelf_of_topic,
    shelved,
)
from tests.law.small_corpora import corpus_of, make
from tests.web import corpus

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "shelf"),
    [
        ("us-md.cjp.5-609", "warn"),
        ("us-md.cjp.5-609-d", "warn"),
        ("us-md.fl.5-704", "child"),
        ("us-md.fl.5-704-survivor", "child"),
        ("us-md.hg.4-403", "keep"),
        ("us-il.405-3-550", "minors"),
        ("us.hipaa.164-512-e-1-ii", "hipaa"),
        ("codes.apa.4-01", "ethics"),
    ],
)
def test_a_provision_stands_where_one_would_look(name: str, shelf: str) -> None:
    law = corpus()
    assert shelf_of(law.provisions[name], law.facts) == shelf


def test_every_provision_stands_on_one_shelf_and_in_one_place() -> None:
    law = corpus()
    places = [one.place for one in holdings(law)]
    assert CODES in places
    assert NATION in places
    told = [rule.id for place in places for rule in law_of(law, place)]
    assert sorted(told) == sorted(law.provisions)
    stand = [r.id for _, rules in shelved(law.provisions.values(), law.facts) for r in rules]
    assert sorted(stand) == sorted(law.provisions)


def test_every_topic_has_a_shelf() -> None:
    assert all(shelf_of_topic(topic.id) in SHELVES for topic in TOPICS)


def test_coverage_counts_what_is_there() -> None:
    law = corpus()
    for one in holdings(law):
        assert one.provisions == sum(count for _, count in one.checked)
        assert one.provisions == len(law_of(law, one.place))
    assert sum(one.provisions for one in holdings(law)) == len(law.provisions)


def test_two_states_are_compared_differences_first() -> None:
    found = compare(corpus(), "us-md", "us-tx", "psychologist", DAY)
    differs = [one.differs for one in found]
    assert differs == sorted(differs, reverse=True)
    assert {one.topic.id for one in found} == {topic.id for topic in TOPICS}
    warn = next(one for one in found if one.topic.id == "warn")
    assert (warn.first.kind, warn.second.kind, warn.differs) == ("must", "may", True)
    alike = compare(corpus(), "us-md", "us-md", "psychologist", DAY)
    assert not any(one.differs for one in alike)


def test_what_changed_between_two_days() -> None:
    found = changes(corpus(), "us-nv", "psychologist", date(2014, 1, 1), date(2016, 1, 1))
    assert "us-nv.nrs.629-550" in [one.id for one in found.began]
    assert [(one.topic.id, one.first.kind, one.second.kind) for one in found.topics] == [
        ("warn", "turns", "must")
    ]
    later = changes(corpus(), "us-nv", "psychologist", date(2016, 1, 1), date(2026, 1, 1))
    assert not later.topics


def test_a_change_counts_on_its_own_day_and_once() -> None:
    law = corpus_of(
        [
            make("new", "state", "permits", in_force=(date(2020, 3, 1), None)),
            make("old", "state", "permits", in_force=(None, date(2020, 2, 29))),
        ]
    )
    eve, day, after = date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 2)
    over = changes(law, NATION, "psychologist", eve, day)
    assert [[one.id for one in side] for side in (over.began, over.ended)] == [["new"], ["old"]]
    assert changes(law, NATION, "psychologist", day, after) == changes(
        law, NATION, "psychologist", after, after
    )
    assert over.undated == 1


def test_seeking_finds_by_citation_title_and_words() -> None:
    law = corpus()
    assert seek(law, "5-609")[0].id.startswith("us-md.cjp.5-609")
    assert "us-nv.nrs.629-550" in [one.id for one in seek(law, "explicit threat nevada")][:5]
    names = (("us-md", "Maryland"),)
    assert seek(law, "maryland threat", names)[0].place == "us-md"
    assert seek(law, "zyzzyva") == []
    assert seek(law, "  ") == []
    assert seek(law, "the of and") == []


def test_a_word_in_the_title_counts_more_than_one_in_the_notes() -> None:
    law = corpus_of(
        [
            make("noted", "state", "permits", notes="about kestrels"),
            make("titled", "state", "permits", title="Kestrels"),
            make("begun", "state", "permits", title="Kestrelsong"),
        ]
    )
    assert [one.id for one in seek(law, "kestrels")] == ["titled", "begun", "noted"]


def test_stories_stand_with_their_provision() -> None:
    law, told = corpus(), Stories(provisions())
    found = told.of(law.provisions["us-md.cjp.5-609"])
    assert [one.expect for one in found] == ["yes", "no", "unknown"]
    assert found[0].case.startswith("A client known for violence")
    assert found[0].facts["victim"] == "identified"
    assert all(told.of(rule) for rule in law.provisions.values())
    assert told.of(make("nowhere", "state", "permits")) == ()


def test_codes_stand_by_themselves() -> None:
    law = corpus()
    assert place_of(law.provisions["codes.apa.4-01"]) == CODES
    assert place_of(law.provisions["us.hipaa.164-512-e-1-ii"]) == NATION
