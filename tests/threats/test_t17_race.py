"""T17: a client takes her authorization back while a packet that rests on it is being released, or
somebody says that the event has come with which it ends, or the request is corrected.

Isolation scripts, on SQLite files and on PostgreSQL: the one deed is stopped before each of its
statements and commits in turn, the other runs as far as it comes. However it goes: either the
release stands in the log before the revocation, or nothing has left.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stillroom.access import Act
from stillroom.chart import actions as chart
from stillroom.chart.models import Draft, Revision
from stillroom.consent.models import Paper
from stillroom.disclosure.models import Departure, Packet
from stillroom.disclosure.rules import NoLongerLawful
from stillroom.phi import NotHere
from tests.cast import Cast
from tests.harness.deeds import DEEDS, TEXT, live
from tests.harness.races import Template, interleavings, on_each
from tests.harness.upright import require_upright

pytestmark = pytest.mark.long

SENT = Act.RELEASE_SEND.value


template = on_each(live)


RELEASE = DEEDS["release"]
REVOKED = (DEEDS["revoke"], Act.CONSENT_REVOKE.value, "revoked_at")
EVENT_CAME = (DEEDS["say that its event has come"], Act.CONSENT_END.value, "ended_at")


@pytest.mark.parametrize("end", [REVOKED, EVENT_CAME], ids=["taken back", "its event"])
@pytest.mark.parametrize("order", ["release interrupted", "end interrupted"])
def test_either_it_left_before_the_paper_was_over_or_nothing_left(
    template: Template, tmp_path: Path, order: str, end: tuple[Any, str, str]
) -> None:
    over, act, moment = end
    both = (RELEASE, over) if order == "release interrupted" else (over, RELEASE)
    ends = set()
    for cast, ids, one, two in interleavings(template, tmp_path, *both):
        release, ending = (one, two) if both[0] is RELEASE else (two, one)
        assert ending.raised is None, ending.raised
        assert getattr(Paper.objects.get(pk=ids["paper"]), moment) is not None
        acts = [logged.entry.act for logged in cast.house.log.entries()]
        left = Departure.objects.filter(packet=ids["packet"]).exists()
        if left:
            assert release.raised is None
            assert acts.index(SENT) < acts.index(act), "it left, and before the paper was over"
        else:
            assert isinstance(release.raised, NoLongerLawful | NotHere), release.raised
            assert SENT not in acts, "nothing left, and the log says nothing else"
            assert Packet.objects.get(pk=ids["packet"]).state == Packet.State.PROOF
        require_upright(cast)
        ends.add(left)
    assert ends == {True, False}, "both ends were come to"


CORRECT, CORRECTED = DEEDS["correct a request"], Act.MATTER_WRITE.value


@pytest.mark.parametrize("order", ["release interrupted", "correction interrupted"])
def test_either_it_left_before_the_request_was_corrected_or_nothing_left(
    template: Template, tmp_path: Path, order: str
) -> None:
    both = (RELEASE, CORRECT) if order == "release interrupted" else (CORRECT, RELEASE)
    ends = set()
    for cast, ids, one, two in interleavings(template, tmp_path, *both):
        release, correction = (one, two) if both[0] is RELEASE else (two, one)
        assert correction.raised is None, correction.raised
        acts = [logged.entry.act for logged in cast.house.log.entries()]
        left = Departure.objects.filter(packet=ids["packet"]).exists()
        if left:
            assert release.raised is None
            last = len(acts) - 1 - acts[::-1].index(CORRECTED)
            assert acts.index(SENT) < last, "it left, and before the correction"
        else:
            assert isinstance(release.raised, NoLongerLawful | NotHere), release.raised
            assert SENT not in acts
        require_upright(cast)
        ends.add(left)
    assert ends == {True, False}, "both ends were come to"


def _sign(cast: Cast, ids: Any) -> int:
    return chart.sign(cast.here("ada"), ids["draft"], 2)


def _save(cast: Cast, ids: Any) -> Any:
    return chart.save_draft(cast.here("ada"), ids["draft"], {**TEXT, "Plan": "the other"}, 2)


@pytest.mark.parametrize("other", [_sign, _save], ids=["signs too", "saves"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_draft_is_signed_once_and_as_one_of_its_windows_had_it(
    template: Template, tmp_path: Path, other: Callable[[Cast, Any], Any], turned: bool
) -> None:
    both = (other, _sign) if turned else (_sign, other)
    for cast, ids, one, two in interleavings(template, tmp_path, *both):
        failed = [run for run in (one, two) if run.raised is not None]
        assert len(failed) == 1, [run.raised for run in (one, two)]
        assert isinstance(failed[0].raised, chart.Clash | chart.rules.AlreadySigned | NotHere)
        signed = Revision.objects.filter(record=ids["draft"]).count()
        drafts = Draft.objects.filter(record=ids["draft"])
        if signed:
            assert (signed, drafts.count()) == (1, 0)
        else:
            assert drafts.get().version == 3, "the other window kept its words"
        require_upright(cast)


def test_a_packet_leaves_once_though_two_release_it(template: Template, tmp_path: Path) -> None:
    for cast, ids, one, two in interleavings(template, tmp_path, RELEASE, RELEASE):
        assert sorted(run.raised is None for run in (one, two)) == [False, True]
        assert Departure.objects.filter(packet=ids["packet"]).count() == 1
        acts = [logged.entry.act for logged in cast.house.log.entries()]
        assert acts.count(SENT) == 1
