"""What law and ethics say of one matter on one day.

    from datetime import date
    from pathlib import Path

    from stillroom.kernel import Trilean
    from stillroom.law import Corpus, Matter

    corpus = Corpus.load(Path("provisions"))
    matter = Matter("disclose", ("us-md",), "psychologist", date(2026, 11, 23))
    opinion = corpus.opine(matter, {"instrument": "clerk_subpoena", "judge_signed": Trilean.NO})
    opinion.stance          # what holds as things stand, and how far it could move
    opinion.wanting         # the unknown facts that can still change it, most decisive first
    opinion.findings        # why: each provision, whether it applies, and the facts it turned on

The same engine fills the law library: `atlas` (what each state says to a standard case), `compare`,
`changes`, `seek`, and `in_words` (a condition as questions with answers).

Rules kept: what is not known is never taken for no; the same inputs give the same opinion; a
requirement that another law forbids is a conflict, never a winner; codes of ethics add duties and
never weigh; silence is no permission. Pure: no clock, no network, and files only in `Corpus.load`
and `check`.
"""

from stillroom.law._atlas import ANY, atlas, reading, states_on_file
from stillroom.law._chambers import RegimeAnswer
from stillroom.law._changes import Change, FieldChange, KindsMoved, Moved, differences, moved
from stillroom.law._check import check
from stillroom.law._conflicts import Conflict
from stillroom.law._corpus import (
    AnswerDiffers,
    Corpus,
    describe_facts,
    facts_from_json,
    matter_from_json,
    replay,
)
from stillroom.law._coverage import Coverage, coverage
from stillroom.law._doors import Opening
from stillroom.law._duties import Duty, Notice
from stillroom.law._errors import (
    DigestDiffers,
    LawError,
    OutOfRange,
    ProvisionError,
    UnknownAct,
    UnknownFact,
    UnknownPlace,
    UnknownProfession,
    WrongType,
)
from stillroom.law._facts import Fact, Facts, FactValue
from stillroom.law._findings import Finding
from stillroom.law._library import (
    CODES,
    Beside,
    Changes,
    Holding,
    changes,
    compare,
    holdings,
    law_of,
    place_of,
)
from stillroom.law._matter import Matter
from stillroom.law._narrative import narrative
from stillroom.law._of_work import answers_to, standing_facts, standing_known
from stillroom.law._opinion import Opinion, Reach
from stillroom.law._overlay import Policy, overlaid, read_policy
from stillroom.law._packing import (
    CorpusAltered,
    CorpusUnfit,
    CorpusUnreadable,
    Label,
    label_of,
    pack,
    unpack,
)
from stillroom.law._provision import Deadline, Demand, Provision
from stillroom.law._reading import Regime
from stillroom.law._said import Said, in_words
from stillroom.law._seeking import seek
from stillroom.law._shelves import SHELVES, shelf_of, shelf_of_topic, shelved
from stillroom.law._stance import Interval, Stance, span
from stillroom.law._standard import STANDARD, StandardQuestion
from stillroom.law._standing import Reading
from stillroom.law._stories import Stories, Story
from stillroom.law._telling import facts_json, matter_json
from stillroom.law._topics import TOPICS, Ask, Topic, declared
from stillroom.law._unread import Unread, reading_list
from stillroom.law._vocabulary import (
    ACTS,
    ASKED,
    CHECKED,
    NATION,
    OWN,
    PROFESSIONS,
    RECORD_KINDS,
)
from stillroom.law._wanting import Answer, Want
from stillroom.law._written import Problem

__all__ = [
    "ACTS",
    "ANY",
    "ASKED",
    "CHECKED",
    "CODES",
    "NATION",
    "OWN",
    "PROFESSIONS",
    "RECORD_KINDS",
    "SHELVES",
    "STANDARD",
    "TOPICS",
    "Answer",
    "AnswerDiffers",
    "Ask",
    "Beside",
    "Change",
    "Changes",
    "Conflict",
    "Corpus",
    "CorpusAltered",
    "CorpusUnfit",
    "CorpusUnreadable",
    "Coverage",
    "Deadline",
    "Demand",
    "DigestDiffers",
    "Duty",
    "Fact",
    "FactValue",
    "Facts",
    "FieldChange",
    "Finding",
    "Holding",
    "Interval",
    "KindsMoved",
    "Label",
    "LawError",
    "Matter",
    "Moved",
    "Notice",
    "Opening",
    "Opinion",
    "OutOfRange",
    "Policy",
    "Problem",
    "Provision",
    "ProvisionError",
    "Reach",
    "Reading",
    "Regime",
    "RegimeAnswer",
    "Said",
    "Stance",
    "StandardQuestion",
    "Stories",
    "Story",
    "Topic",
    "UnknownAct",
    "UnknownFact",
    "UnknownPlace",
    "UnknownProfession",
    "Unread",
    "Want",
    "WrongType",
    "answers_to",
    "atlas",
    "changes",
    "check",
    "compare",
    "coverage",
    "declared",
    "describe_facts",
    "differences",
    "facts_from_json",
    "facts_json",
    "holdings",
    "in_words",
    "label_of",
    "law_of",
    "matter_from_json",
    "matter_json",
    "moved",
    "narrative",
    "overlaid",
    "pack",
    "place_of",
    "read_policy",
    "reading",
    "reading_list",
    "replay",
    "seek",
    "shelf_of",
    "shelf_of_topic",
    "shelved",
    "span",
    "standing_facts",
    "standing_known",
    "states_on_file",
    "unpack",
]
