"""An account of disclosures that was handed over, and an incident, for stories that need them."""

from stillroom.disclosure import accounting, incidents
from stillroom.disclosure.breach import Report
from stillroom.disclosure.rules_account import Asking
from tests.cast import Cast
from tests.web import serve


def accounts_and_incidents(cast: Cast) -> dict[str, str]:
    """Ids by name."""
    shell = serve(cast)
    account = accounting.give(
        cast.here("ada"),
        cast.dov,
        Asking(cast.at.date()),
        checkpoint=shell.checkpoint,
        log_key=shell.log_key,
    )
    on = cast.at.date()
    lost = Report("A letter went to a wrong address.", "a name", None, on, (12,), 1, 1, "no", "no")
    return {"account": account, "incident": incidents.report(cast.here("cal"), lost)}
