"""The pages of an authorization: what it lacks is said with its citation, and nothing typed is lost."""

import pytest

from stillroom.consent import queries
from stillroom.consent.rules import Capacity, standing
from stillroom.kernel import Trilean
from stillroom.practice import actions as practice
from tests.cast import Cast
from tests.web import Visitor, serve

WHOLE = {
    "recipient": "Rex Dunleavy", "recipient_kind": "attorney", "discloser": "Linden Row Practice",
    "description": "progress notes of 2026", "kinds": ["progress_notes"], "purpose": "legal_proceeding",
    "expires_on": "2027-05-01", "may_revoke": "yes", "conditioning": "yes", "redisclosure": "yes",
    "conditioned": "no", "merged": "no",
}  # fmt: skip


@pytest.fixture
def ada(cast: Cast) -> Visitor:
    serve(cast)
    return place(cast, "us-md")


def place(cast: Cast, state: str) -> Visitor:
    practice.set_profile(
        cast.people["ada"].id,
        profession="psychologist",
        credential="PhD",
        place=state,
        location="x",
    )
    practice.change_place(cast.here("ada"), cast.dov, state)
    return Visitor(cast, "ada")


def client(cast: Cast) -> str:
    from stillroom.practice.queries import chart_head

    return chart_head(cast.here("ada"), cast.dov).holders[0].client


def address(cast: Cast) -> str:
    return f"/clients/{cast.dov}/authorizations/new"


def kept(cast: Cast) -> list[object]:
    return list(queries.authorizations(cast.here("ada"), cast.dov))


def whole(cast: Cast, **more: object) -> dict[str, object]:
    return {**WHOLE, f"signed_{client(cast)}": "2026-11-19", **more}


def test_in_maryland_a_paper_that_names_no_day_is_refused_with_the_section(
    cast: Cast, ada: Visitor
) -> None:
    typed = whole(cast, expires_on="", expires_event="the case ends", description="notes <of> 2026")
    refused = ada.post(address(cast), typed)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "names no calendar day" in page
    assert "Md. Code, Health-Gen. § 4-303(b)" in page
    assert "notes &lt;of&gt; 2026" in page, "what was typed is there"
    assert kept(cast) == []
    assert ada.post(address(cast), whole(cast)).status_code == 302
    (paper,) = kept(cast)
    assert standing(paper, at=cast.at) is Trilean.YES  # type: ignore[arg-type]


def test_kept_anyway_it_opens_nothing_and_its_page_says_what_it_lacks(
    cast: Cast, ada: Visitor
) -> None:
    place(cast, "us-ca")
    typed = whole(cast, state_own_signature="yes", state_right_to_copy="no", keep_anyway="yes")
    assert ada.post(address(cast), typed).status_code == 302
    (paper,) = kept(cast)
    assert standing(paper, at=cast.at) is Trilean.NO  # type: ignore[arg-type]
    page = ada.get(f"/authorizations/{paper.id}").content.decode()  # type: ignore[attr-defined]
    assert "It opens nothing as it stands" in page
    assert "may have a copy" in page
    assert "Cal. Civ. Code § 56.11" in page
    assert "Not ruled out yet" in page, "nobody looked at the type"


def test_a_guardian_without_the_document_is_refused(cast: Cast, ada: Visitor) -> None:
    dov = client(cast)
    as_guardian = {
        f"capacity_{dov}": "guardian",
        f"by_{dov}": "Ruth",
        f"authority_{dov}": "order of 2025",
    }
    refused = ada.post(address(cast), whole(cast, **as_guardian))
    assert refused.status_code == 409
    assert "164.514(h)(1)" in refused.content.decode()
    assert "Ruth" in refused.content.decode()
    on_file = whole(cast, **as_guardian, **{f"document_{dov}": "a" * 26})
    assert ada.post(address(cast), on_file).status_code == 302
    (paper,) = kept(cast)
    assert paper.signatures[0].capacity is Capacity.GUARDIAN  # type: ignore[attr-defined]


def test_it_is_taken_back_with_who_and_how_and_why(cast: Cast, ada: Visitor) -> None:
    ada.post(address(cast), whole(cast))
    (paper,) = kept(cast)
    page = f"/authorizations/{paper.id}"  # type: ignore[attr-defined]
    silent = ada.post(f"{page}/revoke", {"by": "Dov Halpern", "how": "", "words": "No <more>."})
    assert silent.status_code == 409
    assert "No &lt;more&gt;." in silent.content.decode()
    said = {"by": "Dov Halpern", "how": "by telephone", "words": "No more."}
    assert ada.post(f"{page}/revoke", said).status_code == 302
    found = queries.paper(cast.here("ada"), paper.id)  # type: ignore[attr-defined]
    assert found.taken is not None
    assert (found.taken.by, found.taken.how, found.taken.words) == tuple(said.values())
    assert found.authorization.revoked_at == cast.at
    shown = ada.get(page).content.decode()
    assert "by telephone, by Dov Halpern" in shown
    assert "Nothing had left before" in shown


def test_the_same_choices_are_printed_to_be_signed_and_nothing_is_kept(
    cast: Cast, ada: Visitor
) -> None:
    lacking = ada.post(address(cast), {**WHOLE, "do": "blank", "expires_on": ""})
    assert lacking.status_code == 409
    assert "until when" in lacking.content.decode()
    printed = ada.post(address(cast), {**WHOLE, "do": "blank"})
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert kept(cast) == []
