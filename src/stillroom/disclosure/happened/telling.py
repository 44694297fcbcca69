"""The line of the account for something told by word of mouth or on a form. Pure.

Sources: 45 CFR 164.528(a)(1) (what is left out: treatment, the individual, those involved in care
under 164.510), 164.528(b)(2) (date, to whom, a brief description, a brief statement of the
purpose); that a warning (164.512(j)) and a report (164.512(b)(1)(ii), (c)) are in the accounting
follows from their not being among the exceptions of (a)(1).
"""

from collections.abc import Mapping
from datetime import tzinfo

from stillroom.consent.rules import local_day
from stillroom.disclosure.happened.attempts import HOWS, Attempt
from stillroom.disclosure.happened.deeds import BY_ID
from stillroom.disclosure.rules_accounting import EXEMPT, AccountingLine, Basis

_BASIS: Mapping[str, Basis] = {
    "client": Basis.TO_CLIENT,
    "treating_provider": Basis.CARE,
    "family_involved": Basis.FAMILY,
}
_PURPOSE: Mapping[str, str] = {
    "warn": "To prevent a serious threat (45 CFR 164.512(j))",
    "report": "A report that law asks for or allows (45 CFR 164.512(b)(1)(ii), (c))",
}
_DEED: Mapping[str, str] = {
    "law_enforcement": "The police",
    "potential_victim": "The person threatened",
    "agency": "The agency",
}


def line(one: Attempt, act: str, zone: tzinfo, digest: str = "") -> AccountingLine:
    """What the account keeps of it. `act` is the law's, `digest` that of a file, if one was sent.

    An unlawful telling is in the account like every other; nothing here asks whether it was.
    """
    deed = BY_ID[one.deed]
    basis = _BASIS.get(deed.to, Basis.LAW)
    return AccountingLine(
        on=local_day(one.at, zone),
        recipient=one.whom or _DEED.get(deed.to, deed.did),
        address="",
        description=f"{one.told or deed.did}; {HOWS[one.how]}",
        purpose=_PURPOSE[act],
        digest=digest,
        exempt_because=basis.value if basis in EXEMPT else "",
    )
