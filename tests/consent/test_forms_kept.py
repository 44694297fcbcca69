"""Forms that are published and signed: in the log before they count, sealed, and never changed."""

from datetime import date

import msgspec
import pytest

from stillroom.consent import actions_forms, queries_forms
from stillroom.consent.actions_forms import ContactMissing, NothingNew
from stillroom.consent.forms import voice
from stillroom.consent.models_forms import FormEdition, FormSigning
from stillroom.consent.signings import (
    NobodySawIt,
    NoReason,
    NotSigned,
    SignedForm,
    checked,
    path_of,
    strokes_from,
)
from stillroom.phi import NotHere
from stillroom.practice.queries import chart_head
from tests.cast import Cast
from tests.harness.forms_made import form

pytestmark = pytest.mark.django_db

WORDS = "My brother Joss drinks"


def limits() -> queries_forms.Form:
    return form("limits", "us-md", "psychologist", "individual")


def published(cast: Cast, who: str = "ada") -> queries_forms.Edition:
    made = actions_forms.publish(cast.here(who), limits(), policy=0)
    return queries_forms.edition(cast.here(who), made)


def signature(cast: Cast, edition: queries_forms.Edition, **changes: object) -> SignedForm:
    holder = chart_head(cast.here("ada"), cast.dov).holders[0].client
    one = SignedForm(
        form="limits",
        edition=edition.id,
        digest=edition.digest,
        holder=holder,
        capacity="self",
        how="typed",
        name="Dov Halpern",
        on=date(2026, 11, 20),
        answers={"warn": "2"},
        missed=("child",),
        reason=WORDS,
    )
    return msgspec.structs.replace(one, **changes)


def test_a_clinician_or_an_owner_publishes_and_nobody_else(cast: Cast) -> None:
    edition = published(cast)
    assert (edition.number, edition.whole) == (1, True)
    for who in ("cal", "max", "nan"):
        with pytest.raises(NotHere):
            actions_forms.publish(cast.here(who), limits(), policy=0)
    again = voice.typed(limits(), {"team.advice": "We ask others for advice, without your name."})
    second = actions_forms.publish(cast.here("olga"), again, policy=0)
    assert [one.number for one in queries_forms.editions(cast.here("ada"))] == [2, 1]
    newest = queries_forms.newest(limits().setting)
    assert newest is not None
    assert newest.id == second
    assert queries_forms.edition(cast.here("ada"), edition.id).form == limits(), "the old one stays"


def test_word_for_word_the_same_is_not_published_twice(cast: Cast) -> None:
    published(cast)
    with pytest.raises(NothingNew):
        actions_forms.publish(cast.here("ada"), limits(), policy=0)


def test_a_notice_names_whom_to_ask(cast: Cast) -> None:
    notice = form("notice", "us-md", "psychologist")
    bare = msgspec.structs.replace(notice, facts={"practice": "Linden Row Practice"})
    with pytest.raises(ContactMissing):
        actions_forms.publish(cast.here("ada"), bare, policy=0)
    assert actions_forms.publish(cast.here("ada"), notice, policy=0)


def test_the_entry_names_the_digest_and_stands_before_the_row(cast: Cast) -> None:
    size = cast.house.log.size
    edition = published(cast)
    entries = list(cast.house.log.entries(size))
    assert [one.entry.act for one in entries] == ["house:form:publish"]
    assert edition.entry == size


def test_an_edition_altered_on_the_disk_is_told_and_the_signature_keeps_its_digest(
    cast: Cast,
) -> None:
    edition = published(cast)
    kept = actions_forms.keep(cast.here("ada"), cast.dov, signature(cast, edition))
    row = FormEdition.objects.get()
    FormEdition.objects.update(words=row.words.replace("What you tell us is private", "Nothing is"))
    assert not queries_forms.edition(cast.here("ada"), edition.id).whole
    assert queries_forms.one_signed(cast.here("ada"), kept).signed.digest == edition.digest


def test_who_signed_lies_sealed_and_is_read_by_those_who_care(cast: Cast) -> None:
    edition = published(cast)
    kept = actions_forms.keep(cast.here("ada"), cast.dov, signature(cast, edition))
    row = FormSigning.objects.get()
    clear = b" ".join(
        str(getattr(row, field.name)).encode()
        for field in FormSigning._meta.fields
        if field.name != "sealed"
    )
    for word in (WORDS.encode(), b"Halpern", edition.id.encode(), b"limits"):
        assert word not in clear + bytes(row.sealed)
    (found,) = queries_forms.signed(cast.here("sol"), cast.dov)
    assert (found.id, found.signed.name, found.signed.missed) == (kept, "Dov Halpern", ("child",))
    for who in ("bea", "cal", "max", "olga", "nan"):
        with pytest.raises(NotHere):
            queries_forms.signed(cast.here(who), cast.dov)
        with pytest.raises(NotHere):
            queries_forms.one_signed(cast.here(who), kept)
        with pytest.raises(NotHere):
            actions_forms.keep(cast.here(who), cast.dov, signature(cast, edition))


def test_many_charts_are_one_look_and_strangers_see_none(cast: Cast) -> None:
    edition = published(cast)
    actions_forms.keep(cast.here("ada"), cast.dov, signature(cast, edition))
    found = queries_forms.signed_in(cast.here("ada"), [cast.dov, cast.fay])
    assert {chart: len(some) for chart, some in found.items()} == {cast.dov: 1}
    assert queries_forms.signed_in(cast.here("bea"), [cast.dov, cast.fay]) == {}


def test_keeping_is_one_with_what_made_it(cast: Cast) -> None:
    """The hand-over is forgotten in the same transaction, or the signature is not kept."""
    edition = published(cast)

    def fails() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions_forms.keep(cast.here("ada"), cast.dov, signature(cast, edition), fails)
    assert not FormSigning.objects.exists()


def test_what_a_signature_must_say(cast: Cast) -> None:
    edition = published(cast)
    for refused, changes in (
        (NotSigned, {"name": " "}),
        (NotSigned, {"name": "a" * 201}),
        (NobodySawIt, {"how": "paper", "seen_by": ""}),
        (NoReason, {"how": "missing", "reason": " "}),
    ):
        with pytest.raises(refused):
            checked(signature(cast, edition, **changes))


def test_what_was_drawn_is_lines_on_the_field_and_nothing_else() -> None:
    assert strokes_from("10,10 20,20;30,30 40,5") == ((10, 10, 20, 20), (30, 30, 40, 5))
    assert strokes_from("10,10;x,y 1,2;;9999,1 <script>,2 1001,0 0,301") == ()
    assert path_of(((10, 10, 20, 20),)) == "M10 10L20 20"
    assert len(strokes_from(" ".join(["1,1"] * 9000))[0]) == 8000
