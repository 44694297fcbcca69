"""The composition root: joins gate, log, corpus, keys and directory into one running practice.

The only place where parts meet. There is one `Shell` a process, made on first use from the home
that the settings name; tests and commands may set one of their own.
"""

from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

from django.conf import settings

from stillroom.access import Act, gate
from stillroom.chart.measures import load as load_measures
from stillroom.config.home import Home
from stillroom.config.home_errors import WrongKey
from stillroom.config.law_keep import LawKeep
from stillroom.config.mail import carriers_of
from stillroom.config.paths import provisions
from stillroom.config.relaying import relays_of
from stillroom.desk.shell import Shell
from stillroom.identity.refusals import TooManyTries
from stillroom.identity.rules import wait_after
from stillroom.kernel import Misuse
from stillroom.law import Corpus, Stories, overlaid, read_policy
from stillroom.phi import House, Log, bridge
from stillroom.phi.signing import LogSigner, log_key
from stillroom.policy import queries as policies
from stillroom.policy.actions import note_law
from stillroom.practice.directory import Directory
from stillroom.telehealth import Line
from stillroom.vault import SharedKey

_running: list[Shell] = []


def now() -> datetime:
    """The clock of the outermost ring; everything inward is given its time."""
    return datetime.now(UTC)


class ByPassphrase:
    """Unsealing from the page, for practices that are sealed with a passphrase."""

    def __init__(self, home: Home, house: House, directory: Directory) -> None:
        self._home, self._house, self._directory = home, house, directory
        self._failures = 0
        self._closed_until: datetime | None = None

    @property
    def by_passphrase(self) -> bool:
        """Whether this practice has a passphrase at all."""
        return bool(self._home.file.lock)

    def unseal(self, passphrase: str, *, at: datetime) -> None:
        """Unseal by passphrase and fill the directory. Wrong ones in a row close it for a while."""
        if self._closed_until is not None and at < self._closed_until:
            raise TooManyTries
        try:
            server = self._home.open_server(passphrase)
        except WrongKey:
            self._failures += 1
            self._closed_until = at + wait_after(self._failures)
            raise
        self._failures = 0
        _open(self._house, self._directory, current_shell().corpus, server, at)


def _open(
    house: House, directory: Directory, corpus: Corpus, server: SharedKey, at: datetime
) -> None:
    house.unseal(server, at=at)
    bridge.note_event(house, "house", Act.HOUSE_UNSEAL, {"did": "unsealed"}, at=at)
    note_law(house, corpus, at=at)
    directory.fill(house)


def unseal(shell: Shell, server: SharedKey, *, at: datetime) -> None:
    """Give a practice its proven server key, and fill the directory."""
    _open(shell.house, shell.directory, shell.corpus, server, at)


def house_of(home: Home, log: Log) -> House:
    """A practice's house, sealed, with its log: for a server, or for one act of a command."""
    return House(home.practice, home.file.name, gate, log, home.recovery)


def compose(home: Home, line: Line | None = None) -> Shell:
    """A practice at rest: sealed, its log open, its law loaded. `line`: where calls are set up."""
    log = open_log(home)
    house = house_of(home, log)
    directory = Directory()
    keep = LawKeep(home.path / "law")
    corpus, troubles = _law_in_force(keep)
    return Shell(
        house=house,
        corpus=corpus,
        stories=Stories(provisions()),
        directory=directory,
        unsealing=ByPassphrase(home, house, directory),
        clock=now,
        version=version("stillroom"),
        checkpoint=lambda: log.checkpoint(_signer(home, house)).note(),
        log_key=str(log_key(home.practice, home.log_key)),
        lawbook=RunningLaw(keep),
        demonstration=home.file.demonstration,
        law_troubles=troubles,
        measures=load_measures(home.path / "measures"),
        carrier=carriers_of(settings.STILLROOM_MAIL, settings.STILLROOM_TEXT),
        line=line,
        relays=relays_of(home.path, settings.STILLROOM_TURN, settings.STILLROOM_SFU),
    )


def _law_in_force(keep: LawKeep) -> tuple[Corpus, tuple[str, ...]]:
    """The law of this release under the practice's policy, and what was wrong with that.

    INVARIANT: a policy in force is never left out. If it cannot be read with this release's law,
    the corpus that was last in force goes on, policy and all; if that is not kept, nothing starts.
    """
    law = keep.of_sources(provisions())
    text = policies.text_in_force()
    if not text:
        return law, ()
    policy = read_policy(law, text)
    if policy.problems:
        return keep.get(policies.last_digest()), tuple(str(one) for one in policy.problems)
    corpus = overlaid(law, policy)
    keep.put(corpus)
    return corpus, ()


def law_of(home: Home) -> Corpus:
    """The law in force in a practice, for a question from the command line."""
    return _law_in_force(LawKeep(home.path / "law"))[0]


class RunningLaw:
    """The lawbook of the running practice: law that comes in force makes a new shell."""

    def __init__(self, keep: LawKeep) -> None:
        self._keep = keep

    def kept(self, digest: str) -> Corpus:
        """A corpus by its digest, proven."""
        return self._keep.get(digest)

    def keep(self, corpus: Corpus) -> None:
        """Keep a corpus for good."""
        self._keep.put(corpus)

    def enact(self, corpus: Corpus) -> None:
        """This law from the next request on."""
        set_shell(replace(current_shell(), corpus=corpus, law_troubles=()))


def _signer(home: Home, house: House) -> LogSigner:
    """The log's key, for as long as one checkpoint takes to sign."""
    return LogSigner(home.practice, home.open_log_signer(house.server))


def open_log(home: Home) -> Log:
    """The practice's log: beside the practice's database, in a store of its own."""
    return Log.open(home.log_place)


def current_shell() -> Shell:
    """The running practice of this process."""
    if not _running:
        if settings.STILLROOM_HOME is None:
            raise Misuse("no practice: STILLROOM_HOME is not set")
        _running.append(compose(Home.load(settings.STILLROOM_HOME)))
    return _running[0]


def set_shell(shell: Shell) -> None:
    """Make `shell` the running practice (the server at its start, and tests)."""
    _running[:] = [shell]
