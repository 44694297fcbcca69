"""The letter that asks for permission, from a matter: what cannot be signed, and to whom it goes."""

from dataclasses import replace
from datetime import date

import pytest

from stillroom.consent.rules import Party
from stillroom.disclosure.letters import Writer
from stillroom.disclosure.letters.forms import Material, Tells
from stillroom.disclosure.letters.kinds import FORMS, suggested, tells
from stillroom.disclosure.rules import Intake
from tests.disclosure.conftest import PRACTICE
from tests.disclosure.test_letter_forms import words
from tests.web import Visitor, corpus, serve

FORM = FORMS["permission"]
TODAY = date(2026, 11, 24)
SAID = {
    "purpose": "The custody case Halpern v. Halpern.",
    "expires": "2027-05-31",
    "asked_by": "by a lawyer, in writing, for some of your record",
    "since": "2026-01-01",
    "lines": "Dunleavy & Roe\n1 Court Square",
}
REX = Intake(asker=Party("Rex Dunleavy", "attorney"), received_on=date(2026, 11, 20))


def material(kinds: tuple[str, ...] = ("progress_notes",), **said: str) -> Material:
    return Material(
        REX,
        Writer(PRACTICE, "Ada Merrow", "PhD, psychologist"),
        TODAY,
        ("12 Quarry Lane",),
        client="Dov Halpern",
        typed={**SAID, **said},
        chosen={"kinds": kinds},
    )


def test_it_goes_to_the_client_whoever_asked_and_names_who_asked() -> None:
    letter = FORM.make(material())
    assert letter.to.name == "Dov Halpern"
    assert letter.to.lines == ("12 Quarry Lane",)
    assert "Rex Dunleavy, Dunleavy & Roe, 1 Court Square" in words(letter)
    assert tells(FORM, material()) is Tells.HERSELF
    assert FORM.lacks(material()) == ()
    for instrument in ("attorney_subpoena", "letter"):
        assert "permission" in suggested("attorney", instrument, "")


@pytest.mark.parametrize(
    ("kinds", "said", "slot"),
    [
        ((), {}, "kinds"),
        (("progress_notes", "psychotherapy_notes"), {}, "kinds"),
        (("everything",), {}, "kinds"),
        (("progress_notes",), {"purpose": " "}, "purpose"),
        (("progress_notes",), {"expires": ""}, "expires"),
        (("progress_notes",), {"expires": "2026-11-23"}, "expires"),
        (("progress_notes",), {"until": "2025-12-31"}, "until"),
        (("progress_notes",), {"asked_by": ""}, "asked_by"),
    ],
)
def test_what_could_never_count_is_named_and_can_still_be_looked_at(
    kinds: tuple[str, ...], said: dict[str, str], slot: str
) -> None:
    made = material(kinds, **said)
    assert [one.slot for one in FORM.lacks(made)] == [slot]
    assert FORM.make(made).title


def test_private_notes_alone_are_asked_for_on_a_paper_of_their_own() -> None:
    alone = material(("psychotherapy_notes",))
    assert FORM.lacks(alone) == ()
    assert "Psychotherapy notes, kept apart by their author" in words(FORM.make(alone))


def test_its_dates_and_kinds_stand_on_the_paper() -> None:
    said = words(FORM.make(replace(material(("diagnosis", "treatment_plan")))))
    assert "Diagnosis and treatment plan, of care from January 1, 2026" in said
    assert "Through May 31, 2027." in said


@pytest.mark.django_db
def test_from_the_matter_to_the_signed_letter(cast) -> None:
    from stillroom.disclosure import actions, queries
    from stillroom.disclosure.letters.keeping import letters_of
    from tests.disclosure.story import subpoena

    ada = cast.here("ada")
    cast.licensed("ada")
    matter = actions.enter(ada, cast.dov, subpoena())
    serve(cast)
    seen = Visitor(cast, "ada")
    page = f"/matters/{matter}/letters/new/permission"
    first = seen.get(page)
    assert first.status_code == 200
    assert b"To the client" in first.content
    typed = {**SAID, "kinds": ["progress_notes"], "do": "look"}
    looked = seen.post(page, typed).content.decode()
    digest = looked.split('name="seen" value="')[1].split('"')[0]
    assert len(digest) == 64
    assert seen.post(page, {**typed, "do": "sign", "seen": digest}).status_code == 302
    (kept,) = letters_of(queries.whole_matter(ada, corpus(), matter).steps)
    assert kept.kept.form == "permission"
    assert kept.tells is Tells.HERSELF
