"""Writing a summary in place of records: signed as a step of the matter, and put into the draft."""

import msgspec

from stillroom.disclosure import drafts, rules_summary, steps
from stillroom.disclosure.releasing import choices
from stillroom.disclosure.rules import State
from stillroom.disclosure.rules_draft import Draft
from stillroom.disclosure.rules_summary import KIND, Summary
from stillroom.disclosure.steps import Step
from stillroom.law import Corpus
from stillroom.phi import Presence


def sign(presence: Presence, corpus: Corpus, matter_id: str, summary: Summary) -> Step:
    """Sign a summary and choose it for the next packet, its records with it."""
    bundle = choices(presence, corpus, matter_id)
    purpose = bundle.whole.determination.asked.intake.purpose
    rules_summary.fit(summary, bundle.choices, purpose)
    step = steps.add(presence, matter_id, KIND, msgspec.to_builtins(summary))
    preselected = [one.record.id for one in bundle.choices if one.state is State.CHOSEN]

    def with_it(draft: Draft) -> Draft:
        picked = preselected if draft.picked is None else draft.picked
        chosen = draft.chosen(picked, draft.address, draft.files)
        return chosen.with_summary(step.number, summary.of)

    drafts.change(presence, matter_id, with_it)
    return step
