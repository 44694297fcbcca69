"""The shipped codes are those of the package they came from; what was billable once leads on."""

from datetime import date
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from stillroom.chart import icd10cm
from stillroom.chart.icd10cm import Standing, catalogue, spelled

CODES = catalogue()
NOW = date(2026, 11, 28)
IN_2022 = date(2022, 6, 1)


def packaged() -> ET.Element:
    """The newest tabular list, as the package carries it. Found without importing the package."""
    spec = find_spec("simple_icd_10_cm")
    assert spec is not None
    assert spec.submodule_search_locations
    (found,) = Path(spec.submodule_search_locations[0], "data").glob("*.xml")
    return ET.parse(found).getroot()


def test_every_code_is_as_the_package_has_it_and_none_is_missing() -> None:
    theirs = {}
    for one in packaged().iter("diag"):
        code = one.findtext("name", "")
        if code[0] in "FZ":
            title = " ".join(one.findtext("desc", "").split())
            theirs[code] = ("b" if one.find("diag") is None else "h", title)
    ours = {
        one.code: (one.marks[-1], one.title) for one in CODES.codes.values() if one.marks[-1] != "-"
    }
    assert ours == theirs
    assert len(ours) > 2900


def test_the_file_says_which_releases_it_holds_and_where_they_came_from() -> None:
    assert CODES.releases == (date(2021, 1, 1), date(2025, 4, 1), date(2026, 4, 1))
    about = Path(icd10cm.__file__).with_name("codes.tsv").read_text("utf-8")[:700]
    assert "NCHS" in about
    assert "public domain" in about
    assert "MIT" in about


def test_a_day_rests_on_the_release_before_it_and_says_how_sure_that_is() -> None:
    assert CODES.dated(NOW) == date(2026, 4, 1)
    assert not CODES.sure(NOW), "a newer release has been in force since October"
    assert CODES.sure(date(2026, 9, 30))
    assert not CODES.sure(date(2026, 10, 1))
    assert CODES.dated(date(2019, 1, 1)) == date(2021, 1, 1)
    assert not CODES.sure(date(2019, 1, 1))


@pytest.mark.parametrize(
    ("code", "day", "standing"),
    [
        ("F33.1", NOW, Standing.BILLABLE),
        ("F33", NOW, Standing.HEADING),
        ("F43.8", NOW, Standing.HEADING),
        ("F43.8", date(2021, 2, 1), Standing.BILLABLE),
        ("F78", NOW, Standing.HEADING),
        ("Z59.86", NOW, Standing.HEADING),
        ("F33.7", NOW, Standing.UNKNOWN),
        ("F32.A", date(2021, 2, 1), Standing.UNKNOWN),
    ],
)
def test_what_a_code_is_on_a_day(code: str, day: date, standing: Standing) -> None:
    assert CODES.standing(code, day) is standing


def test_between_two_releases_neither_the_old_nor_the_new_is_refused() -> None:
    """F43.8 gave way to F43.81 on a day that the shipped releases do not tell."""
    assert CODES.standing("F43.8", IN_2022) is Standing.BILLABLE
    assert CODES.standing("F43.81", IN_2022) is Standing.BILLABLE


def test_what_was_billable_leads_to_what_stands_beneath_it() -> None:
    assert [one.code for one in CODES.nearest("F43.8", NOW)] == ["F43.81", "F43.89"]
    for code, known in CODES.codes.items():
        if "b" in known.marks and CODES.standing(code, NOW) is not Standing.BILLABLE:
            near = CODES.nearest(code, NOW)
            assert near
            assert all(CODES.standing(one.code, NOW) is Standing.BILLABLE for one in near)


def test_a_slip_of_the_pen_leads_to_the_neighbours() -> None:
    assert {one.code[:3] for one in CODES.nearest("F33.7", NOW)} == {"F33"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("f331", "F33.1"),
        (" F33.1 ", "F33.1"),
        ("z590", "Z59.0"),
        ("F33", "F33"),
        ("F", ""),
        ("3F1", ""),
    ],
)
def test_a_code_is_spelled_one_way(typed: str, code: str) -> None:
    assert spelled(typed) == code
