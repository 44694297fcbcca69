"""A day's steps about wishes: how somebody is reached, what is kept back, a paper taken back."""

from datetime import date
from typing import TYPE_CHECKING, Any

from stillroom.consent import actions_restrictions as keeping
from stillroom.consent.rules_restrictions import Basis, Restriction
from stillroom.practice.queries import chart_head

if TYPE_CHECKING:
    from tests.harness.living import Life


def wish(life: "Life") -> None:
    """Each page with words of the client in every field, some of them refused first."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    at = f"/clients/{chart}"
    ada.open(f"{at}/wishes")
    form = ada.open(f"{at}/wishes/reach").form("/wishes/reach")
    assert ada.submit(form, channel_1="email").status == 409, "words are no address"
    posted = {"channel_1": "post", "channel_2": "call", "channel_3": "email"}
    mail, name = life.chart.also("quillon@example.org"), life.chart.also("Vesperin")
    kept = ada.submit(form, **posted, to_3=mail, name=name)
    assert kept.status == 302, kept.text[:800]
    again = ada.open(f"{at}/wishes/reach").form("/wishes/reach")
    assert ada.submit(again, channel_4="post", to_3=mail, name=name).status == 302
    ada.open(f"{at}/wishes")
    written = ada.open(f"{at}/write-to").form("/write-to")
    assert ada.submit(written, way="1", kind="CALL").status == 302
    ada.open(f"{at}/write-to")
    keep_back(life)


def keep_back(life: "Life") -> None:
    """Two requests: one is refused, one agreed to and ended."""
    ada, chart = life.served.people["ada"].web, life.ids["chart"]
    at = f"/clients/{chart}"
    form = ada.open(f"{at}/restrictions/new").form("/restrictions/new")
    days = {"since": "1986-04-21", "until": "1986-09-30", "asked_on": "2025-12-09"}
    given = {name: life.chart.also(day) for name, day in days.items()}
    assert ada.submit(form, **given).status == 409, "no ground was chosen"
    for basis, answer in (("agreed", "refuse"), ("paid", "agree")):
        assert ada.submit(form, basis=basis, **given).status == 302
        asked = ada.open(f"{at}/wishes").form("/answer")
        assert ada.submit(asked, do=answer).status == 302
    ended = ada.open(f"{at}/wishes").form("/end")
    assert ada.submit(ended).status == 302
    ada.open(f"{at}/wishes")


def take_a_paper_back(life: "Life", paper: str) -> None:
    """Its event has not come; then taken back, without saying how, then with all there is to say."""
    ada = life.served.people["ada"].web
    event, day = ada.open(f"/authorizations/{paper}").form("/event"), life.chart.also("2021-02-17")
    assert ada.submit(event, came="", came_on=day).status == 409
    assert ada.submit(event, came="no", came_on=day).status == 302
    form = ada.open(f"/authorizations/{paper}").form("/revoke")
    assert ada.submit(form, how="").status == 409
    assert ada.submit(form, how="by telephone").status == 302
    ada.open(f"/authorizations/{paper}")


def asked_to_keep_back(cast: Any) -> dict[str, str]:
    """A request in Dov's chart that waits for its answer."""
    ada = cast.here("ada")
    dov = chart_head(ada, cast.dov).holders[0].client
    one = Restriction("", Basis.AGREED, dov, date(2026, 11, 1), "Nothing to my brother, please.")
    return {"restriction": keeping.ask(ada, cast.dov, one)}
