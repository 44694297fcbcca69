"""Professions that stand under the same law share its compiled form; the answer stays their own."""

from datetime import date

from stillroom.law import PROFESSIONS, Corpus, Matter
from tests import law_on_file

ON = date(2026, 11, 28)


def test_a_shared_form_answers_each_profession_as_a_form_of_its_own():
    together = law_on_file.corpus()
    shared = 0
    for act in ("disclose", "warn"):
        for profession in PROFESSIONS:
            matter = Matter(act, ("us-md",), profession, ON)
            alone = Corpus(together.provisions, together.facts, together.regimes, together.digest)
            ours, own = together.live(matter), alone.live(matter)
            assert ours.matter == matter
            assert [p.id for p in ours.provisions] == [p.id for p in own.provisions]
            assert together.opine(matter, {}).to_json() == alone.opine(matter, {}).to_json()
            shared += any(
                ours.book is together.live(Matter(act, ("us-md",), other, ON)).book
                for other in PROFESSIONS
                if other != profession
            )
    assert shared
