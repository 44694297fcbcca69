"""`stillroom measure`: what is at hand, and a file of one's own read before it is used."""

from stillroom.config.doctor_home import questionnaires_can_be_used
from tests.chart.measures.test_loading import GOOD


def test_a_good_file_is_told_what_it_is(say_here, tmp_path):
    path = tmp_path / "sleep.json"
    path.write_text(GOOD)
    said = say_here("measure", "check", str(path))
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "sleep.json: Sleep, in our own words, 2 questions. Scored: Total over 1 items.\n"
    )


def test_a_broken_file_is_refused_with_the_line_and_what_to_do(say_here, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(GOOD)
    bad.write_text(GOOD.replace('"linkId": "2"', '"linkId": "1"'))
    said = say_here("measure", "check", str(bad), str(good))
    assert said.code == 1
    assert said.err == (
        "bad.json, line 13: the linkId “1” stands twice, first on line 7.\n"
        "Give every item its own linkId.\n"
    )
    assert "good.json" in said.out, "the others are read all the same"


def test_a_file_that_is_not_there_is_told(say_here, tmp_path):
    said = say_here("measure", "check", str(tmp_path / "none.json"))
    assert said.code == 1
    assert "cannot be read" in said.err


def test_the_list_tells_terms_and_what_comes_from_paper(say_here):
    said = say_here("measure", "list")
    assert said.code == 0
    assert "epds: Edinburgh Postnatal Depression Scale (from paper)" in said.out
    assert "No permission required to reproduce" in said.out


def test_the_doctor_reads_the_practices_own_before_somebody_needs_one(tmp_path):
    assert list(questionnaires_can_be_used(tmp_path)) == []
    folder = tmp_path / "measures"
    folder.mkdir()
    (folder / "sleep.json").write_text(GOOD)
    (found,) = questionnaires_can_be_used(tmp_path)
    assert found.well
    (folder / "broken.json").write_text(GOOD.replace('"title"', '"name"'))
    (found,) = questionnaires_can_be_used(tmp_path)
    assert not found.well
    assert "broken.json, line 1" in found.says
