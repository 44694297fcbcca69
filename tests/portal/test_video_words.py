"""What is said of a camera, a microphone or a screen: the script knows each trouble by name, and the
client's page has a sentence for every one, the same in English and one in Spanish."""

import re
from pathlib import Path

import stillroom.portal
from stillroom.portal.language import words_of

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "ui" / "src" / "call" / "media.ts").read_text("utf-8")
PAGE = (
    Path(stillroom.portal.__file__).parent / "templates/portal/parts/video_troubles.html"
).read_text("utf-8")


def told_by_the_script() -> dict[str, str]:
    table = SCRIPT.partition("export const SENTENCES")[2].partition("{")[2].partition("};")[0]
    return {
        name.strip('"'): says
        for name, says in re.findall(r'("[a-z-]+"|[a-z]+):\s*"([^"]+)"', table)
    }


def said_by_the_page() -> dict[str, str]:
    return dict(re.findall(r"\('([a-z-]+)', _\('([^']+)'\)\)", PAGE))


def named_by_the_type() -> set[str]:
    union = SCRIPT.partition("name:")[2].partition(";")[0]
    return set(re.findall(r'"([a-z-]+)"', union))


def test_every_trouble_has_the_same_sentence_in_the_script_and_on_the_page() -> None:
    assert named_by_the_type()
    assert set(said_by_the_page()) == named_by_the_type()
    assert said_by_the_page() == told_by_the_script()


def test_and_one_in_spanish() -> None:
    spanish = words_of("es")
    for says in said_by_the_page().values():
        assert spanish.gettext(says) != says
