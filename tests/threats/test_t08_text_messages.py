"""Text messages that leave by themselves (T08): next to nothing is said, to a gateway that the practice
has chosen, after the same wishes, the same log; and one that does not leave is known not to have.

The gateways are real programs, and misbehave.
"""

import json
from pathlib import Path

import pytest

from stillroom.access import Act
from stillroom.practice.models import Message
from stillroom.practice.rules_wishes import Reach, Way
from stillroom.practice.sending import actions, texts
from stillroom.practice.sending.carriers import Carriers, Kept, NotCarried, Parted
from stillroom.practice.sending.queries import written_to
from stillroom.practice.sending.rules import Kind
from tests.cast import Cast
from tests.threats.test_t08_abusive_ex_partner import EMAIL, wished

pytestmark = pytest.mark.django_db
NUMBER = "410-555-0142"
TEXT = Way("text", NUMBER)


def program(folder: Path, body: str) -> texts.Program:
    """A gateway's program that does this."""
    file = folder / "send-text"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return texts.Program(file, seconds=1.0)


def send(cast: Cast, carrier: Carriers, reach: Reach | None = None) -> actions.Sent:
    """A call that is asked for, by text."""
    client = wished(cast, reach or Reach(ways=(TEXT,), name="D."))
    return actions.send(cast.here("ada"), carrier, cast.dov, client, TEXT, Kind.CALL)


def sent_in_log(cast: Cast) -> int:
    """How many entries are about sending."""
    return sum(one.entry.act == Act.MESSAGE_SEND.value for one in cast.house.log.entries())


def states(cast: Cast) -> list[str]:
    """What the page says became of each."""
    (holder,) = set(Message.objects.values_list("client", flat=True))
    return [line.state for line in written_to(cast.here("ada"), cast.dov, holder)]


def test_a_program_is_told_the_number_and_the_words_and_nothing_else(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STILLROOM_HOME", "/a/place/nobody/else/knows")
    told = tmp_path / "told"
    carrier = program(
        tmp_path, f"cat > {told}; echo $# >> {told}.args; env > {told}.env; pwd >> {told}.args"
    )
    assert send(cast, carrier).by_itself
    said = json.loads(told.read_text())
    assert said == {"to": NUMBER, "text": "Hello D.,\nPlease call when it suits you."}
    assert Path(f"{told}.args").read_text().split() == ["0", "/"]
    assert "STILLROOM" not in Path(f"{told}.env").read_text()
    assert states(cast) == ["gone"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("exit 1", id="refuses"),
        pytest.param("kill -9 $$", id="dies"),
        pytest.param("sleep 60", id="hangs"),
        pytest.param("exec 0<&-; exit 7", id="does not listen"),
    ],
)
def test_a_gateway_that_misbehaves_has_sent_nothing(cast: Cast, tmp_path: Path, body: str) -> None:
    with pytest.raises(NotCarried):
        send(cast, program(tmp_path, body))
    assert states(cast) == ["failed"]
    assert sent_in_log(cast) == 2, "that it was written, and that it did not leave"


def test_a_program_that_is_gone_has_sent_nothing(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotCarried):
        send(cast, texts.Program(tmp_path / "none"))
    assert states(cast) == ["failed"]


def test_a_folder_takes_whole_files_whose_names_say_nothing(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    with pytest.raises(NotCarried):
        send(cast, texts.Folder(folder))
    folder.mkdir()
    send(cast, texts.Folder(folder))
    (file,) = folder.iterdir()
    assert json.loads(file.read_bytes())["to"] == NUMBER
    assert NUMBER not in file.name
    assert sorted(states(cast)) == ["failed", "gone"]


def test_mail_and_text_messages_leave_each_by_its_own_way(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    carrier = Parted(Kept(), texts.Folder(folder))
    reach = Reach(ways=(TEXT, EMAIL), name="D.")
    assert send(cast, carrier, reach).by_itself
    client = wished(cast, reach)
    mail = actions.send(cast.here("ada"), carrier, cast.dov, client, EMAIL, Kind.CALL)
    assert not mail.by_itself
    assert len(list(folder.iterdir())) == 1
    assert sent_in_log(cast) == 2


def test_what_the_wishes_do_not_allow_reaches_no_gateway(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    with pytest.raises(actions.NotWished):
        send(cast, texts.Folder(folder), Reach(ways=(EMAIL,), never=(NUMBER,)))
    assert list(folder.iterdir()) == []
