"""The page of privilege: what is entered is signed and stays; nothing typed is lost."""

import pytest
from django.urls import reverse

from stillroom.consent import actions_privilege, queries_privilege
from stillroom.consent.models import PrivilegeEvent
from stillroom.consent.queries_privilege import PrivilegeAltered
from stillroom.consent.rules_privilege import What
from stillroom.phi import NotHere
from stillroom.practice import queries as heads
from tests.cast import Cast
from tests.web import Visitor, serve


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    serve(cast)
    cast.licensed("ada", location="Baltimore")
    return Visitor(cast, "ada")


def page_of(chart: str) -> str:
    return reverse("privilege", kwargs={"chart_id": chart})


def holder_of(cast: Cast) -> str:
    return heads.chart_head(cast.here("ada"), cast.dov).holders[0].client


def enter(ada: Visitor, cast: Cast, what: str, **typed: str):
    sent = {"what": what, "holder": holder_of(cast), "on": "2026-11-18", **typed}
    return ada.post(page_of(cast.dov), sent)


def test_a_waiver_is_signed_in_the_chart_and_in_the_log(ada: Visitor, cast: Cast) -> None:
    answer = enter(
        ada, cast, "waived", by="holder", paper="Folder, tab 3", proceeding="Halpern v. Halpern"
    )
    assert answer.status_code == 302
    (kept,) = queries_privilege.history(cast.here("ada"), cast.dov)
    assert kept.event.what is What.WAIVED
    assert kept.event.scope.proceeding == "Halpern v. Halpern"
    assert next(cast.house.log.entries(kept.entry, kept.entry + 1)).entry.actor == cast.ada.id
    page = ada.get(page_of(cast.dov)).content.decode()
    assert "Waived in part, as far as the paper says." in page
    assert "Folder, tab 3" in page


def test_a_waiver_without_its_paper_is_refused_and_nothing_typed_is_lost(
    ada: Visitor, cast: Cast
) -> None:
    answer = enter(ada, cast, "waived", words="She signed at the hearing.", name="Dov H.")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Say where the signed paper lies." in page
    assert "She signed at the hearing." in page
    assert 'value="Dov H."' in page
    assert enter(ada, cast, "waived", on="someday", paper="x").status_code == 409
    assert not PrivilegeEvent.objects.exists()


def test_an_exception_is_chosen_from_the_rules_of_the_place_with_its_citation(
    ada: Visitor, cast: Cast
) -> None:
    page = ada.get(page_of(cast.dov) + "?what=at_issue").content.decode()
    assert "The client puts the mental condition at issue" in page
    assert enter(ada, cast, "at_issue", rule="us-md.cjp.condition-at-issue").status_code == 302
    (kept,) = queries_privilege.history(cast.here("ada"), cast.dov)
    assert "9-109(d)(3)(i)" in kept.event.citation
    assert kept.event.condition


def test_conduct_waits_for_counsel_and_is_ended_only_by_an_entry_about_it(
    ada: Visitor, cast: Cast
) -> None:
    enter(ada, cast, "conduct", by="other_party", words="Their lawyer says she told her sister.")
    page = ada.get(page_of(cast.dov)).content.decode()
    assert "Counsel has not confirmed it; it opens nothing." in page
    assert enter(ada, cast, "confirmed", by="counsel").status_code == 409
    assert enter(ada, cast, "dismissed", by="counsel", about="1").status_code == 302
    assert "Intact." in ada.get(page_of(cast.dov)).content.decode()


def test_an_entry_that_was_altered_is_not_shown_as_signed(ada: Visitor, cast: Cast) -> None:
    """P5: its hash, its place among the others and its signature are checked at each reading."""
    enter(ada, cast, "asserted")
    enter(ada, cast, "died")
    first, second = PrivilegeEvent.objects.order_by("number")
    PrivilegeEvent.objects.filter(pk=first.pk).update(content_hash=bytes(second.content_hash))
    with pytest.raises(PrivilegeAltered):
        queries_privilege.history(cast.here("ada"), cast.dov)
    PrivilegeEvent.objects.filter(pk=first.pk).update(
        content_hash=bytes(first.content_hash), signature=bytes(second.signature)
    )
    with pytest.raises(PrivilegeAltered):
        queries_privilege.history(cast.here("ada"), cast.dov)


def test_who_does_not_care_for_the_client_learns_nothing(ada: Visitor, cast: Cast) -> None:
    enter(ada, cast, "asserted")
    for name in ("bea", "cal", "max"):
        with pytest.raises(NotHere):
            queries_privilege.history(cast.here(name), cast.dov)
        assert Visitor(cast, name).get(page_of(cast.dov)).status_code == 404


def test_two_who_enter_at_the_same_moment_overwrite_nothing(
    ada: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both read the same history; the second is told, and its words stay on the page."""
    read = queries_privilege.history(cast.here("ada"), cast.dov)
    enter(ada, cast, "asserted")
    monkeypatch.setattr(actions_privilege.queries_privilege, "history", lambda *_: read)
    answer = enter(ada, cast, "conduct", words="At dinner.", by="other_party")
    assert answer.status_code == 409
    assert "at the same moment" in answer.content.decode()
    assert "At dinner." in answer.content.decode()
    assert PrivilegeEvent.objects.count() == 1
