"""Nothing of a call is recorded: no script of ours knows the words with which a browser would."""

import re
from collections.abc import Iterator

import pytest

from tests.house.walking import File, breaches, files, piece

RECORDING = re.compile(
    r"\b(MediaRecorder|captureStream|MediaStreamTrackProcessor|ImageCapture|showSaveFilePicker)\b"
)


def recorders(file: File) -> Iterator[str]:
    """Ways of keeping what was heard or seen."""
    for found in RECORDING.finditer(file.text):
        yield f"{file.path} knows {found[0]}"


def test_no_script_or_page_can_record():
    ours = [*files("ui/src/", ends=".ts"), *files("src/stillroom/", ends=".html")]
    assert len(ours) > 100
    assert breaches(recorders, ours) == []


@pytest.mark.parametrize("text", ["new MediaRecorder(stream)", "video.captureStream()"])
def test_the_rule_has_teeth(text):
    assert breaches(recorders, [piece(text, "ui/src/call/x.ts")])
