"""A record opened to be cut before it goes into a packet.

Rule: only a record that may leave can be opened here; none that the law, or a paper, does not
surely let out (P9).
"""

from dataclasses import dataclass

from stillroom.access import Act
from stillroom.chart import releasing as leaving
from stillroom.disclosure import rules, rules_draft
from stillroom.disclosure.drafts import draft_of
from stillroom.disclosure.packet import RecordPage
from stillroom.disclosure.packet.cuts import Reason, Removal, laid_out
from stillroom.disclosure.paging import page_of
from stillroom.disclosure.queries import WholeMatter
from stillroom.disclosure.releasing import Bundle, choices
from stillroom.disclosure.rules import Choice, State
from stillroom.disclosure.rules_draft import Cuts, Draft
from stillroom.disclosure.rules_suggesting import Suggestion, around, suggested
from stillroom.identity import queries as people
from stillroom.law import Corpus
from stillroom.phi import NotHere, Presence, bridge


@dataclass(frozen=True)
class Opened:
    """A record opened to be cut: as it stands, as it leaves, and what is suggested."""

    bundle: Bundle
    choice: Choice
    page: RecordPage
    leaving: RecordPage
    cuts: Cuts
    outdated: bool
    suggestions: tuple[Suggestion, ...]


def opened(presence: Presence, corpus: Corpus, matter_id: str, record: str) -> Opened:
    """One record, opened to be cut.

    `NotHere` if the chart has none of that name; `NotReleasable` if it may not leave at all.
    """
    bundle = choices(presence, corpus, matter_id)
    choice = next((one for one in bundle.choices if one.record.id == record), None)
    if choice is None:
        bridge.refuse(presence, Act.RELEASE_PREPARE, record)
        raise NotHere
    if choice.state is State.NEVER:
        raise rules.NotReleasable
    draft = draft_of(presence, matter_id)
    sheets = leaving.for_release(presence, bundle.whole.chart, [record], draft.versions)
    made = bundle.whole.determination
    page = page_of(choice, bundle.whole.head, sheets[record], made.around.zone)
    mark = rules_draft.mark_of(sheets[record])
    cuts = draft.cuts_of(record, mark)
    return Opened(
        bundle=bundle,
        choice=choice,
        page=page,
        leaving=rules_draft.applied(page, cuts),
        cuts=cuts,
        outdated=draft.outdated(record, mark),
        suggestions=_suggested(bundle.whole, choice, page, cuts),
    )


def _suggested(
    whole: WholeMatter, choice: Choice, page: RecordPage, cuts: Cuts
) -> tuple[Suggestion, ...]:
    """Holders of a joint chart are members to each other, but for those who signed the paper."""
    papers = whole.determination.around.authorizations
    signed = next((one.holders for one in papers if one.id == choice.paper), frozenset())
    holders = whole.head.holders
    mine = [one.sheet for one in holders if len(holders) == 1 or one.client in signed]
    others = [one.sheet for one in holders if one.sheet not in mine]
    known = around(mine, others, people.names_of_staff())
    return suggested(laid_out(page), known, cuts.removals)


def everywhere(
    presence: Presence, corpus: Corpus, matter_id: str, words: str, why: Reason
) -> dict[str, tuple[str, tuple[Removal, ...]]]:
    """Where words stand in all that was chosen: by record, its mark and the removals.

    `CutMisplaced` when they stand in none of them.
    """
    bundle = choices(presence, corpus, matter_id)
    draft = draft_of(presence, matter_id)
    made = bundle.whole.determination
    wanted = [one for one in bundle.choices if _is_chosen(one, draft)]
    sheets = leaving.for_release(
        presence, bundle.whole.chart, [one.record.id for one in wanted], draft.versions
    )
    found: dict[str, tuple[str, tuple[Removal, ...]]] = {}
    for one in wanted:
        sheet = sheets[one.record.id]
        page = page_of(one, bundle.whole.head, sheet, made.around.zone)
        try:
            places = rules_draft.wherever(page, words, why)
        except rules_draft.NowhereThere:
            continue
        found[page.id] = (rules_draft.mark_of(sheet), places)
    if not found:
        raise rules_draft.NowhereThere
    return found


def _is_chosen(choice: Choice, draft: Draft) -> bool:
    if choice.state is State.NEVER:
        return False
    if draft.picked is None:
        return choice.state is State.CHOSEN
    return choice.record.id in draft.picked
