"""Pages asked over HTTP in one process: the standing cast's practice behind the real middleware."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.http import HttpResponse
from django.test import Client

from stillroom.access import Role
from stillroom.config.house import RunningLaw, set_shell
from stillroom.config.law_keep import LawKeep
from stillroom.config.paths import provisions
from stillroom.desk import cookies
from stillroom.desk.shell import Shell
from stillroom.identity import sessions
from stillroom.identity.doors import Opened
from stillroom.law import Stories
from stillroom.phi.signing import LogSigner
from stillroom.portal import cookies as portal_cookies
from stillroom.practice.lapses import Lapses, Owed
from stillroom.vault import PersonKey
from tests.cast import Cast
from tests.law_on_file import corpus


@cache
def law_keep() -> LawKeep:
    """Where a test run keeps law, as a practice's home does."""
    keep = LawKeep(Path(mkdtemp(prefix="stillroom-law-")))
    keep.put(corpus())
    return keep


class NoUnsealing:
    """A practice of the tests is unsealed by its maker."""

    by_passphrase = False

    def unseal(self, passphrase: str, *, at: datetime) -> None:
        """Never."""
        raise AssertionError("unsealed by its maker")


def serve(
    cast: Cast,
    *,
    clock: Callable[[], datetime] | None = None,
    lapses: Lapses | None = None,
    owed: Owed | None = None,
) -> Shell:
    """Make the cast's practice the running one."""
    log = cast.house.log
    signer = LogSigner(cast.house.practice, PersonKey.create())
    shell = Shell(
        house=cast.house,
        corpus=corpus(),
        stories=Stories(provisions()),
        directory=cast.directory,
        unsealing=NoUnsealing(),
        clock=clock or (lambda: cast.at),
        version="test",
        checkpoint=lambda: log.checkpoint(signer).note(),
        log_key=str(signer.key),
        lapses=lapses or Lapses(),
        owed=owed or Owed(),
        lawbook=RunningLaw(law_keep()),
    )
    set_shell(shell)
    return shell


class Visitor:
    """A browser with its cookies, for one of the cast or for nobody."""

    def __init__(self, cast: Cast, name: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        if name:
            member = cast.people[name]
            cookie = sessions.begin(cast.house, Opened(member.id, member.key), at=cast.at)
            held = portal_cookies if Role.CLIENT in member.roles else cookies
            self.client.cookies[held.NAME] = urlsafe_b64encode(cookie.expose()).decode("ascii")

    def get(self, path: str, **more: Any) -> HttpResponse:
        """GET a page."""
        return _whole(self.client.get(path, **more))

    def post(self, path: str, data: Any = None, **more: Any) -> HttpResponse:
        """POST a form."""
        return _whole(self.client.post(path, data or {}, **more))

    def raw(self, path: str, data: bytes) -> HttpResponse:
        """POST bytes as a script does."""
        kind = "application/octet-stream"
        return self.post(path, data, content_type=kind, headers={"accept": "application/json"})


def _whole(answer: Any) -> HttpResponse:
    """An answer with all its bytes: what streams is read to its end, as a browser would."""
    if not answer.streaming:
        return answer  # type: ignore[no-any-return]
    words = b"".join(answer.streaming_content)
    return HttpResponse(words, status=answer.status_code, headers=dict(answer.headers))
