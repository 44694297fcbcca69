"""The rules of disclosure: what arrived, what the law is told, what one may decide, what may leave.

Pure: no clock, no table. The order of a matter is the order of the functions: `facts_of` (ask the
law twice, once with `without_papers`), `by_kind`, `options`, `preselect`, `select`, then
`stillroom.disclosure.packet`, `still_lawful` at the moment of release, and `accounting_line`.

>>> from datetime import date
>>> from stillroom.consent.rules import Party
>>> letter = Intake(Party("Rex Dunleavy", "attorney"), date(2026, 11, 23),
...                 instrument="clerk_subpoena", signed_by=Signer.CLERK)
>>> missing_from_instrument(letter)[0].says
'No judge has signed it. It is a demand by a party, not an order of a court.'
>>> facts_of_a_stranger(letter)["judge_signed"]
<Trilean.NO: 'no'>
"""

from stillroom.disclosure.rules_accounting import (
    AccountingLine,
    Basis,
    accounting,
    accounting_due,
    accounting_line,
    basis_of,
)
from stillroom.disclosure.rules_clocks import Clock, DeadlineLike, DutyLike, clocks
from stillroom.disclosure.rules_facts import (
    INTAKE_FACTS,
    facts_of,
    facts_of_a_stranger,
    papers_by_kind,
    release_of,
)
from stillroom.disclosure.rules_intake import Gap, Intake, Signer, missing_from_instrument
from stillroom.disclosure.rules_opinion import (
    Answer,
    FindingLike,
    Level,
    OpinionLike,
    Rests,
    by_kind,
    kind_answer,
    level,
    without_papers,
)
from stillroom.disclosure.rules_options import Decision, Option, against, options, to_tell
from stillroom.disclosure.rules_selection import (
    Candidate,
    Choice,
    Ground,
    NoLongerLawful,
    NotReleasable,
    Selection,
    State,
    preselect,
    select,
    still_lawful,
)

__all__ = [
    "INTAKE_FACTS",
    "AccountingLine",
    "Answer",
    "Basis",
    "Candidate",
    "Choice",
    "Clock",
    "DeadlineLike",
    "Decision",
    "DutyLike",
    "FindingLike",
    "Gap",
    "Ground",
    "Intake",
    "Level",
    "NoLongerLawful",
    "NotReleasable",
    "OpinionLike",
    "Option",
    "Rests",
    "Selection",
    "Signer",
    "State",
    "accounting",
    "accounting_due",
    "accounting_line",
    "against",
    "basis_of",
    "by_kind",
    "clocks",
    "facts_of",
    "facts_of_a_stranger",
    "kind_answer",
    "level",
    "missing_from_instrument",
    "options",
    "papers_by_kind",
    "preselect",
    "release_of",
    "select",
    "still_lawful",
    "to_tell",
    "without_papers",
]
