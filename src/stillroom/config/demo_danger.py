"""The demonstration's worst days: a threat and a suspected abuse, each seen through to its end.

Through the same doors as in a real practice: the record is signed, the matter opened from it, the
calls written down with their minutes, the decision signed. Nothing of it is left open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.chart import kinds, rules
from stillroom.chart.importing import ImportedNote, import_notes
from stillroom.config.demo.people import Chart
from stillroom.disclosure import actions, happening
from stillroom.disclosure.rules import Decision
from stillroom.law import Corpus
from stillroom.phi import Presence

_THREAT = {
    "threat": "yes",
    "statement": "“If he comes for the dog again I will be waiting with the spade.”",
    "teller": "client",
    "told_to": "To me, in the room",
    "explicit": "yes",
    "harm": "serious",
    "target": "named",
    "target_words": "Walt Emory, the neighbor across the lane.",
    "specified": "yes",
    "plan": "Wait behind the shed when the gate opens in the evening.",
    "means": "A spade in the shed.",
    "intends": "yes",
    "able": "yes",
    "serious": "yes",
    "imminent": "yes",
    "when": "This evening.",
    "violent_before": "yes",
    "level": "imminent",
    "reasons": "He named the man, the hour and the spade, and struck him once in spring.",
    "emergency": "yes",
    "needed": "yes",
    "did_words": "Told him what I would do, then called.",
}
_ABUSE = {
    "suspicion": "child_abuse",
    "person": "Her nephew Noel, at his father’s house in Dundalk",
    "age": "7",
    "minor_now": "yes",
    "heard": "“He holds his arm and says that he fell again.” Told by my client.",
    "seen": "A photograph of the arm, with marks of fingers",
    "when": "Twice in three weeks, at the father’s house",
    "alleged": "The boy’s father",
    "at_risk": "yes",
    "in_practice": "yes",
    "reasonable": "yes",
    "reasons": "Two falls, marks of fingers, and a boy who looks at his father first.",
    "did_words": "Told her that I report; she stayed while I called.",
}


@dataclass(frozen=True)
class _Day:
    """One matter: whose (an index of the cast), how many days ago, and what was done when."""

    holder: int
    days: int
    occasion: str
    kind: str
    fields: Mapping[str, str]
    tried: tuple[tuple[int, Mapping[str, str]], ...]
    words: str
    report: Mapping[str, str]


_DAYS = (
    _Day(
        11,
        23,
        "danger_to_others",
        "violence_risk",
        _THREAT,
        (
            (6, {"deed": "warn_victim", "result": "no_answer", "whom": "Walt Emory",
                 "next": "Again after the police"}),
            (9, {"deed": "notify_law_enforcement", "result": "told", "whom": "Dispatcher 22",
                 "told": "The client’s name; the words as spoken; how soon"}),
            (21, {"deed": "warn_victim", "result": "told", "whom": "Walt Emory",
                  "told": "The words as spoken; how soon",
                  "words": "He stays with his daughter tonight."}),
        ),
        "He named the man, the hour and the means. I tell what averts it and no more.",
        {},
    ),
    _Day(
        12,
        16,
        "child_abuse",
        "abuse_suspicion",
        _ABUSE,
        (
            (12, {"deed": "report_orally", "result": "told", "whom": "Screener, intake 5150",
                  "told": "Who may have been harmed; what was said; what I saw"}),
            (1500, {"deed": "report_in_writing", "result": "told", "how": "fax",
                    "whom": "The local department", "told": "The written report"}),
        ),
        "I have reason to suspect it, and the law asks me to report.",
        {
            "part.person": "Noel, 7, at his father’s house in Dundalk",
            "part.happened": "Twice in three weeks",
            "part.heard": "“He holds his arm and says that he fell again.”",
            "part.seen": "A photograph of the arm, with marks of fingers",
            "part.alleged": "The boy’s father",
        },
    ),
)  # fmt: skip


def live_through(presence: Presence, corpus: Corpus, chart_id: str, chart: Chart) -> None:
    """What happened in this chart, if anything did."""
    for day in _DAYS:
        if tuple(chart.holders) == (day.holder,):
            _live(presence, corpus, chart_id, day)


def _live(presence: Presence, corpus: Corpus, chart_id: str, day: _Day) -> None:
    at = presence.at - timedelta(days=day.days)
    record = _recorded(presence, chart_id, day, at)
    matter = happening.open_matter(presence, corpus, chart_id, day.occasion, record)
    if day.report:
        happening.keep_report(presence, corpus, matter, day.report)
    for minutes, typed in day.tried:
        happening.attempt(presence, corpus, matter, typed, at=at + timedelta(minutes=minutes))
    if day.occasion == "child_abuse":
        _not_owed(presence, corpus, matter, at)
    actions.decide(presence, corpus, matter, Decision.TELL, day.words)
    happening.watch(presence, corpus, matter)


def _recorded(presence: Presence, chart_id: str, day: _Day, at: datetime) -> str:
    kind = kinds.kind_named(day.kind)
    content = rules.written(kind, kind.first_form, dict(day.fields))
    note = ImportedNote(day.kind, at, ((content, at),))
    (record,) = import_notes(presence, chart_id, [note])
    return record


def _not_owed(presence: Presence, corpus: Corpus, matter: str, at: datetime) -> None:
    """Maryland's duty of the staff of an institution: said not to apply, with the reason."""
    open_now = happening.read(presence, corpus, matter).open
    serves = [one.key for one in open_now if one.act == "tell_head_of_institution"]
    typed = {"deed": "tell_in_house", "result": "not_owed", "words": "I am on no one’s staff."}
    if serves:
        when = at + timedelta(minutes=14)
        happening.attempt(presence, corpus, matter, typed, serves, when)
