"""A permission that the practice wrote for a client to sign: in the cast's practice, and in a working
day with canaries."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stillroom.consent import actions_offers
from stillroom.consent.offers import OWN, Seat, Words
from stillroom.consent.rules import Authorization, Capacity, Expiry, Party, Statements
from stillroom.consent.rules_signers import Standing
from stillroom.kernel import Trilean
from stillroom.practice.queries import chart_head

if TYPE_CHECKING:
    from tests.harness.browser import Browser
    from tests.harness.living import Life

ID = r"([a-z2-7]{26})"


def offered_to_dov(cast: Any) -> str:
    """A permission for Rex that waits for Dov's signature; gives its id."""
    (holder,) = chart_head(cast.here("ada"), cast.dov).holders
    yes, no = Trilean.YES, Trilean.NO
    paper = Authorization(
        id="",
        holders=frozenset({holder.client}),
        signatures=(),
        discloser="Linden Row Practice",
        recipients=(Party("Rex Dunleavy", "attorney"),),
        description="progress notes",
        kinds=frozenset({"progress_notes"}),
        purposes=frozenset({"legal_proceeding"}),
        expires=Expiry(on=date(2027, 5, 1)),
        statements=Statements(yes, yes, yes),
        conditioned=no,
        merged=no,
    )
    seat = Seat(holder.client, Capacity.CLIENT, "Dov Halpern", Standing())
    words = Words(b"", (seat,), ("I may take it back at any time.",), "As we said.")
    until = cast.at.date() + timedelta(days=30)
    return actions_offers.offer(cast.here("ada"), cast.dov, paper, words, until, UTC)


# A working day with canaries


def offer_and_answer(life: "Life", dov: "Browser") -> None:
    """Ada offers three: one is signed, one declined with words, one taken back."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    signed, declined, withdrawn = (_offer(life) for _ in range(3))
    ada.open(f"/clients/{chart}")
    assert ada.submit(ada.open(withdrawn).form("/end")).status == 302
    dov.open(f"/my/{chart}/sharing")
    own = f"/my{signed}"
    form = dov.open(own).form(own)
    assert dov.submit(form, name="").status == 409
    given = dov.submit(form, strokes="10,10 20,20 30,10")
    assert given.status == 302, given.text[:1500]
    dov.open(given.goes_to)
    no = dov.open(f"/my{declined}").form("/no")
    assert dov.submit(no).status == 302
    dov.open(f"/my{declined}")
    assert signed in ada.open("/today").text
    for one in (signed, declined):
        assert ada.submit(ada.open(one).form("/end")).status == 302


def _offer(life: "Life") -> str:
    """One of them, as the desk's page makes it; gives its address."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    today, address = datetime.now(UTC).date(), f"/clients/{chart}/authorizations/new"
    form = ada.open(address).form("/authorizations/new")
    wanted: dict[str, str | list[str]] = {
        "do": "offer",
        "kinds": ["progress_notes"],
        "recipient_kind": "attorney",
        "purpose": "legal_proceeding",
        f"door_{life.ids['client']}": OWN,
        f"signed_{life.ids['client']}": "",
        "expires_event": "",
        "since": life.chart.also("1987-06-21"),
        "until": life.chart.also("1988-06-22"),
        "expires_on": (today + timedelta(days=90)).isoformat(),
        "sign_until": (today + timedelta(days=30)).isoformat(),
    }
    assert ada.submit(form, **{**wanted, "expires_on": ""}).status == 409
    made = ada.submit(form, **wanted)
    assert made.status == 302, re.findall(r'class="mend".*?</div>', made.text, re.DOTALL)
    found = re.search(rf"/offered/{ID}", made.goes_to)
    assert found
    return found[0]
