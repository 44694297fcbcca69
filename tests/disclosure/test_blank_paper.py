"""The paper to be signed: whatever the law wants to see on it is on it, and nothing else opens it."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest

from stillroom.consent.rules import PARTS, Expiry, Party, Period
from stillroom.consent.state_forms import Asked, Setting, asked_of, forms
from stillroom.disclosure.letters.blank import Blank, BlankLacks, OwnPaper, data_of, print_blank
from stillroom.law import Corpus
from tests import law_on_file

AT = datetime(2026, 11, 24, 15, tzinfo=UTC)
BLANK = Blank(
    clients=("Dov Halpern",),
    practice="Linden Row Practice",
    recipient=Party("Rex Dunleavy", "attorney"),
    recipient_words="an attorney",
    kinds=frozenset({"progress_notes"}),
    kind_words="progress notes",
    description="",
    purpose="a legal proceeding",
    expires=Expiry(on=date(2027, 5, 1)),
    period=Period(date(2026, 1, 1), None),
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return law_on_file.corpus()


def asked(corpus: Corpus, place: str, profession: str = "psychologist") -> Asked:
    return asked_of(corpus, Setting(place, profession, AT.date(), "attorney", "legal_proceeding"))


def test_as_printed_it_has_every_federal_part_and_californias_size(corpus: Corpus) -> None:
    printed = print_blank(BLANK, asked(corpus, "us-ca"), "California", AT)
    assert printed.pdf == print_blank(BLANK, asked(corpus, "us-ca"), "California", AT).pdf
    reader = pypdf.PdfReader(io.BytesIO(printed.pdf))
    sizes: set[float] = set()
    text = " ".join(
        page.extract_text(
            visitor_text=lambda t, _cm, _tm, _font, size: sizes.add(size) if t.strip() else None
        )
        for page in reader.pages
    )
    said = " ".join(text.split())
    for words in ("Rex Dunleavy", "Linden Row Practice", "Progress notes", "May 1, 2027", "take this permission back",
                  "do not depend on whether I sign", "might pass it on", "right to a copy", "Signature of Dov Halpern"):  # fmt: skip
        assert words.casefold() in said.casefold(), words
    assert min(sizes) >= 14, "Cal. Civ. Code § 56.11, as the corpus has it"
    assert "Dov" not in str(reader.metadata), "the file's own data name nobody"


def test_notes_kept_apart_are_on_a_paper_of_their_own(corpus: Corpus) -> None:
    alone = replace(BLANK, kinds=frozenset({"psychotherapy_notes"}))
    assert data_of(alone, Asked(), "")
    with pytest.raises(OwnPaper):
        data_of(replace(BLANK, kinds=frozenset({"psychotherapy_notes", "billing"})), Asked(), "")


def test_it_is_not_printed_before_it_says_what_it_is_for(corpus: Corpus) -> None:
    for lack in (
        {"recipient": Party("", "attorney")}, {"kinds": frozenset()}, {"purpose": ""}, {"expires": Expiry()},
    ):  # fmt: skip
        with pytest.raises(BlankLacks):
            data_of(replace(BLANK, **lack), Asked(), "")  # type: ignore[arg-type]
    event = replace(BLANK, expires=Expiry(event="the case ends"))
    assert data_of(event, Asked(), "")
    with pytest.raises(BlankLacks, match=r"4-303\(b\)"):
        data_of(event, asked(corpus, "us-md"), "Maryland")


def test_what_each_state_adds_is_printed_where_words_can_say_it(corpus: Corpus) -> None:
    """Exhaustive over the states of the data."""
    for place in sorted({form.provision[:5] for form in forms().papers}):
        wants = asked(corpus, place)
        data = str(data_of(BLANK, wants, place))
        for one in wants.parts:
            assert PARTS[one.part].prints in data
        if any(one.part == "witness" for one in wants.parts):
            assert "Signature of a witness" in data


def test_for_two_partners_there_are_two_lines() -> None:
    both = data_of(replace(BLANK, clients=("Dov Halpern", "Eve Halpern")), Asked(), "")
    assert [line for line in both["signing"] if "Halpern" in line] == [  # type: ignore[attr-defined]
        "Signature of Dov Halpern, and the date",
        "Signature of Eve Halpern, and the date",
    ]
