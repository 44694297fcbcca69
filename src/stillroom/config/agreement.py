"""Whether the rows and the log belong together, asked before a practice is served (T15).

An old backup of the one beside a newer other, put there by accident or to hide something, would be
gone on with as if nothing had been. Each side accuses the other:

* a row names an entry that the log has not, or another's: the log is older, or another log;
* the log holds acts that make rows (a sign-in, a signature, a decision, a departure, a paper, its
  taking back), and the rows know nothing of them: the rows are older.

One thing looks alike and is none: a server that died between an entry and its row, which leaves at
most as many acts without rows as it had threads, at the end of the log; or further back, when the
rows show that people were there afterwards. What is not seen: rows that are older by a minute or
two; both sides put back together, which only a checkpoint kept outside shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stillroom.access import Act
from stillroom.kernel import StillroomError
from stillroom.ledger import Entry, Logged
from stillroom.phi import OUTSIDE, Log, Told

NEWEST = 256
"""Rows of each kind that are held against the log."""
UNDER_WAY = 4
"""Acts that can have been under way when a server died: one for each thread that answers pages."""
MOMENT = timedelta(minutes=2)

_MAKE_ROWS = frozenset(
    {Act.RECORD_SIGN, Act.PRIVATE_SIGN, Act.MATTER_DECIDE, Act.RELEASE_SEND, Act.CONSENT_WRITE}
    | {Act.CONSENT_END, Act.CONSENT_REVOKE, Act.POLICY_AGREE, Act.FORM_PUBLISH}
)
_NOBODY = frozenset(
    {Act.HOUSE_UNSEAL, Act.HOUSE_SEAL, Act.HOUSE_RECOVER, Act.HOUSE_REKEY}
    | {Act.LAW_ENACT, Act.SESSION_REFUSE}
)
"""Acts in which nobody who has signed in takes part; the server goes on with them by itself."""


class LogOlder(StillroomError):
    """Rows name entries that the log has not."""

    what = "the log is older than the database beside it, or is another practice's"
    usual_advice = "Put back the newest ledger.db that there is; the database stays as it is."


class RowsOlder(StillroomError):
    """The log knows of acts that the database has forgotten."""

    what = "the database is older than the log beside it"
    usual_advice = (
        "Put back the newest practice.db that there is. If this is the newest, start with"
        " --accept-older-database, and write again what the log says was signed since."
    )


@dataclass(frozen=True)
class Rows:
    """What the rows say: entries they name, and when somebody was last there."""

    told: Sequence[Told]
    last_life: datetime | None


def require_agreement(rows: Rows, log: Log) -> None:
    """Nothing when rows and log belong together; else `LogOlder` or `RowsOlder`."""
    size = log.size
    _require_entries(rows, log, size)
    after = max((told.entry for told in rows.told), default=-1) + 1
    since = [logged.entry for logged in log.entries(after, size)]
    if any(_unseen(rows, entry) for entry in since):
        raise RowsOlder
    forgotten = [entry for entry in since if _forgotten(rows, entry)]
    if forgotten and not _died_under_way(forgotten, since):
        raise RowsOlder


def _require_entries(rows: Rows, log: Log, size: int) -> None:
    """That each entry which a row names is there, and of that kind."""
    for told in rows.told:
        if told.entry >= size or not _is_of(told, next(log.entries(told.entry, told.entry + 1))):
            raise LogOlder


def _is_of(told: Told, logged: Logged) -> bool:
    entry = logged.entry
    whose = not told.actor or entry.actor == told.actor
    return whose and entry.act in _names(told.acts)


def _names(acts: frozenset[Act]) -> frozenset[str]:
    return frozenset(act.value for act in acts)


def _unseen(rows: Rows, entry: Entry) -> bool:
    """A sign-in of which no row knows: who signs in uses a code up, before the entry."""
    if entry.act != Act.SESSION_BEGIN.value:
        return False
    return rows.last_life is None or rows.last_life < entry.at - MOMENT


def _forgotten(rows: Rows, entry: Entry) -> bool:
    """Whether an entry's row is not there and should be.

    Rows that show somebody there after the entry are not older than it, whatever became of it.
    """
    if rows.last_life is not None and rows.last_life > entry.at + MOMENT:
        return False
    return entry.act in _names(_MAKE_ROWS)


def _died_under_way(forgotten: Sequence[Entry], since: Sequence[Entry]) -> bool:
    """Few enough, and late enough, to have been under way when a server died.

    Many entries of one grant are one act: an import writes them side by side.
    """
    nobody = _names(_NOBODY)
    by_people = [entry.at for entry in since if entry.act not in nobody and entry.actor != OUTSIDE]
    few = len({entry.grant for entry in forgotten}) <= UNDER_WAY
    return few and max(by_people) - forgotten[0].at <= MOMENT


def rows_of_practice() -> Rows:
    """What the rows of the running practice say. Django has been started."""
    from stillroom.chart import holding, restricting
    from stillroom.chart import queries as charts
    from stillroom.consent import queries as consents
    from stillroom.consent import queries_events as events
    from stillroom.consent import queries_forms as forms
    from stillroom.consent import queries_offers as offers
    from stillroom.consent import queries_privilege as privilege
    from stillroom.consent import queries_restrictions as restrictions
    from stillroom.correspondence import queries as correspondence
    from stillroom.disclosure import queries as disclosure
    from stillroom.identity import queries as people
    from stillroom.policy import queries as policy
    from stillroom.practice import queries_glass as breakings
    from stillroom.practice import queries_own_asks as own_asks
    from stillroom.practice.sending import queries as sending
    from stillroom.supervision import queries as supervision
    from stillroom.telehealth import queries as telehealth

    sources = (
        charts,
        holding,
        restricting,
        consents,
        correspondence,
        disclosure,
        policy,
        restrictions,
        sending,
        supervision,
        events,
        forms,
        offers,
        privilege,
        breakings,
        own_asks,
        telehealth,
    )
    told = [source.told_of_log(NEWEST) for source in sources]
    return Rows(
        tuple(one for each in told for one in each),
        people.last_sign_of_life(),
    )


__all__ = ["LogOlder", "Rows", "RowsOlder", "require_agreement", "rows_of_practice"]
