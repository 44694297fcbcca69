"""T14: somebody changes an identifier in the address, or counts upwards, or takes one from a page.

Whose record an identifier names is decided by the gate alone (the access matrix). Here: that there
is nothing to count, and that every guess, near or far, is answered by one page.
"""

import re
from urllib.parse import quote

import pytest
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillroom.chart.models import Record
from stillroom.kernel import is_id, new_id
from stillroom.practice import actions_guests
from stillroom.practice.actions_guests import Stand
from stillroom.practice.models import Chart
from stillroom.practice.queries import chart_head
from tests.cast import Cast
from tests.disclosure.story import notes
from tests.harness import matrix
from tests.web import Visitor, serve

PLACES = {
    row.address: dict(row.parts)
    for row in matrix.rows()
    if row.method == "GET"
    and row.parts
    and "index" not in row.parts
    # The recipient's door is one page for every address, whatever stands there (test_received).
    and row.address != "received"
    # So is a client's, to a place that was kept for her.
    and row.address != "portal_place"
}


def test_identifiers_are_long_and_random() -> None:
    made = {new_id() for _ in range(5000)}
    assert len(made) == 5000
    for nth in range(26):
        assert len({one[nth] for one in made}) >= (2 if nth == 25 else 20), "every letter varies"
    assert all(is_id(one) for one in made)


def _guesses(cast: Cast) -> list[str]:
    """Numbers that stand on pages, neighbours of real identifiers, and what programs try."""
    record = Record.objects.first()
    assert record is not None
    real = [cast.dov, record.pk, cast.people["ada"].id, cast.house.practice]
    near = [one[:-1] + ("a" if one[-1] != "a" else "b") for one in real]
    numbers = [str(one) for one in Chart.objects.values_list("number", flat=True)]
    return [*near, *numbers, "0001", "-1", "0", "%00", "null", "..", "' OR 1=1 --", cast.dov.upper(),
            cast.dov + "a", cast.dov[:-1], "a" * 26, "é" * 26, "1e9", "\u202e" + cast.dov]  # fmt: skip


@pytest.mark.parametrize("address", PLACES)
def test_every_guess_is_answered_by_the_one_page(cast: Cast, address: str) -> None:
    serve(cast)
    notes(cast)
    portal = address.startswith("portal_")
    if portal:
        cast.holder("fay", by="bea")
    seen = Visitor(cast, "fay" if portal else "ada")
    known = set()
    for guess in _guesses(cast):
        parts = dict.fromkeys(PLACES[address], guess)
        try:
            path = reverse(address, kwargs=parts)
        except NoReverseMatch:
            continue
        known.add(matrix.bare(seen.get(path)))
    assert len(known) == 1
    ((status, _, _),) = known
    assert status == 404


def test_a_place_that_was_never_kept_looks_like_one_that_was(cast: Cast) -> None:
    """The address of a place is half of its secret: whoever guesses one learns nothing by it."""
    serve(cast)
    offered = actions_guests.invite(
        cast.here("ada"), cast.dov, Stand(chart_head(cast.here("ada"), cast.dov).holders[0].client)
    )
    pages = set()
    for address in (offered.address, "A" * 43, "0001", "null"):
        page = reverse("portal_place", kwargs={"address": address})
        told = matrix.bare(Visitor(cast).get(page))[2].decode()
        pages.add(told.replace(page, "").replace(address, ""))
    assert len(pages) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_whatever_stands_in_the_place_of_an_identifier_is_the_one_page(
    cast: Cast, typed: str
) -> None:
    serve(cast)
    ada = Visitor(cast, "ada")
    for before in ("/clients/", "/records/", "/matters/", "/packets/", "/log/"):
        answer = ada.get(f"{before}{quote(typed, safe='')}-")
        assert answer.status_code == 404, typed


def test_identifiers_of_one_kind_open_nothing_in_the_place_of_another(cast: Cast) -> None:
    """A client's number for a chart's, a record's for a packet's, one's own for a colleague's."""
    serve(cast)
    note, private = notes(cast)
    ada = Visitor(cast, "ada")
    holders = re.findall(r"client=(\w{26})", ada.get(f"/clients/{cast.dov}/front").content.decode())
    for path in (
        f"/clients/{note}", f"/clients/{holders[0]}", f"/records/{cast.dov}", f"/matters/{note}",
        f"/packets/{private}", f"/packets/{note}/file", f"/clients/{cast.people['ada'].id}",
    ):  # fmt: skip
        assert ada.get(path).status_code == 404, path


def test_the_front_sheet_of_another_client_is_not_shown_by_naming_her(cast: Cast) -> None:
    """`?client=` chooses among the holders of the chart that was asked for, and no others."""
    serve(cast)
    bea, ada = Visitor(cast, "bea"), Visitor(cast, "ada")
    fay = re.findall(r"client=(\w{26})", bea.get(f"/clients/{cast.fay}/front").content.decode())[0]
    shown = ada.get(f"/clients/{cast.dov}/front?client={fay}").content.decode()
    assert "Castellane" not in shown
    sent = ada.post(f"/clients/{cast.dov}/front?client={fay}", {"phone": "410-555-0100"})
    assert sent.status_code == 302
    assert "443-555-0187" in bea.get(f"/clients/{cast.fay}/front").content.decode()
