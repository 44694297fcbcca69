"""How the practice sends, read from one setting: what says no one thing starts no server."""

from pathlib import Path

import pytest

from stillroom.config.mail import (
    MailUnclear,
    TextUnclear,
    carrier_of,
    carriers_of,
    text_carrier_of,
)
from stillroom.practice.sending import texts
from stillroom.practice.sending.carriers import Folder, Kept, MailServer, taken_by


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


def test_text_messages_have_a_way_of_their_own(tmp_path: Path) -> None:
    program = tmp_path / "send-text"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert text_carrier_of(" ") == texts.BY_HAND
    assert text_carrier_of("folder:///var/spool/a%20b") == texts.Folder(Path("/var/spool/a b"))
    assert text_carrier_of(f"program://{program}") == texts.Program(program)


def test_whatever_one_setting_leaves_open_a_person_sends() -> None:
    """Mail that leaves by itself does not shut the way of text messages, nor the other way round."""
    assert carriers_of("", " ") == Kept()
    mail = carriers_of("smtp://mail.example.net?from=note@example.net", "")
    assert mail.channels == {"email", "text"}
    assert [taken_by(mail, one).hands_on for one in ("email", "text")] == [True, False]
    text = carriers_of("", "folder:///var/spool/texts")
    assert text.channels == {"email", "text"}
    assert [taken_by(text, one).hands_on for one in ("email", "text")] == [False, True]


@pytest.mark.parametrize(
    "setting",
    [
        "here",
        "folder://here",
        "folder://here/and/there",
        "folder:///var/spool/texts?from=note@example.net",
        "program:///no/such/program",
        "https://gateway.example.net",
        "smtp://mail.example.net?from=n@example.net",
    ],
)
def test_any_other_way_of_text_messages_is_refused(setting: str) -> None:
    with pytest.raises(TextUnclear):
        text_carrier_of(setting)


def test_a_program_that_may_not_be_run_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "send-text"
    file.write_text("#!/bin/sh\n")
    with pytest.raises(TextUnclear):
        text_carrier_of(f"program://{file}")
