"""How the practice sends, read from one setting: what says no one thing starts no server."""

from pathlib import Path

import pytest

from stillroom.config.mail import MailUnclear, carrier_of
from stillroom.practice.sending.carriers import Folder, Kept, MailServer


def test_without_a_setting_nothing_leaves_by_itself() -> None:
    assert carrier_of("") == carrier_of("  ") == Kept()


def test_a_folder_and_a_server_are_named() -> None:
    folder = carrier_of("folder:///var/spool/a%20b?from=note@example.net")
    assert folder == Folder(Path("/var/spool/a b"), "note@example.net")
    server = carrier_of("smtp://mail.example.net?from=note@example.net")
    assert server == MailServer("mail.example.net", 587, "note@example.net")


def test_the_password_is_read_when_it_is_said_and_not_before(tmp_path: Path) -> None:
    file = tmp_path / "mail"
    setting = f"smtp://note%40x@mail.example.net:2525?from=n@example.net&password={file}"
    server = carrier_of(setting)
    assert isinstance(server, MailServer)
    assert server.port == 2525
    file.write_text("word\n")
    heard: list[tuple[str, str]] = []

    class Heard:
        def login(self, user: str, password: str) -> None:
            heard.append((user, password))

    assert server.sign_in is not None
    server.sign_in(Heard())  # type: ignore[arg-type]
    assert heard == [("note@x", "word")]


@pytest.mark.parametrize(
    "setting",
    [
        "mail.example.net",
        "smtp://mail.example.net",
        "smtp://user@mail.example.net?from=n@example.net",
        "smtp://?from=n@example.net",
        "folder://here?from=n@example.net",
        "folder:///var/spool?from=nobody",
        "smtp://mail.example.net?from=a b@example.net",
        "https://mail.example.net?from=n@example.net",
    ],
)
def test_anything_else_is_refused_with_what_to_say_instead(setting: str) -> None:
    with pytest.raises(MailUnclear):
        carrier_of(setting)
