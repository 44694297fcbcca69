"""P7: the law of a past answer is kept, proves itself, and is never read half-written."""

import json
import shutil
import zlib
from pathlib import Path

import pytest

from stillroom.config.law_keep import LawKeep, NotKept
from stillroom.config.paths import provisions
from stillroom.law import (
    Corpus,
    CorpusAltered,
    CorpusUnreadable,
    label_of,
    overlaid,
    pack,
    read_policy,
    unpack,
)
from tests.web import corpus

POLICY = """
- {id: policy.a, title: A, acts: [disclose], modality: forbids, says: A., as_of: 2026-11-22}
- annotate: {provision: us.policy.joint-sessions, note: Ask me.}
"""


def held() -> Corpus:
    """The law on file under a policy."""
    return overlaid(corpus(), read_policy(corpus(), POLICY))


@pytest.mark.parametrize("made", [corpus, held])
def test_a_packed_corpus_is_the_very_same_law(made) -> None:
    law = made()
    again = unpack(pack(law, "1"))
    assert again.digest == law.digest
    assert again.facts == law.facts
    assert again.regimes == law.regimes
    assert set(again.provisions) == set(law.provisions)
    for name, provision in law.provisions.items():
        read = again.provisions[name]
        assert read.alternatives == provision.alternatives, name
        for field in (
            "modality",
            "layer",
            "lifts",
            "demands",
            "kinds",
            "in_force",
            "says",
            "counsel",
            "statute",
        ):
            assert getattr(read, field) == getattr(provision, field), (name, field)
    assert pack(again, "1") == pack(law, "1")


def altered(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same file with other words in it, and the digest that stood there before."""
    mark, head, body = data.split(b"\n", 2)
    words = zlib.decompress(body)
    assert words.count(old)
    return b"\n".join([mark, head, zlib.compress(words.replace(old, new, 1))])


def test_a_digest_that_does_not_match_is_refused_with_a_sentence() -> None:
    law = altered(pack(held(), "1"), b'"modality":"forbids"', b'"modality":"permits"')
    policy = altered(pack(held(), "1"), b"Ask me.", b"Send it")
    for forged in (law, policy):
        with pytest.raises(CorpusAltered, match="not the one that its digest names"):
            unpack(forged)
    with pytest.raises(CorpusAltered):
        unpack(pack(held(), "1"), corpus().digest)


def test_half_a_file_is_no_law() -> None:
    data = pack(held(), "1")
    for cut in (0, 5, 18, 40, len(data) // 2, len(data) - 1):
        with pytest.raises(CorpusUnreadable):
            unpack(data[:cut])
    with pytest.raises(CorpusUnreadable):
        unpack(data + b"more")


def test_the_label_says_what_is_in_it() -> None:
    label = label_of(pack(held(), "0.1.0"))
    assert (label.version, label.digest, label.law) == ("0.1.0", held().digest, corpus().digest)
    assert label.policy
    assert label.provisions == len(held().provisions)


def test_what_was_kept_is_found_again_by_another_process(tmp_path: Path) -> None:
    LawKeep(tmp_path / "law").put(held())
    assert LawKeep(tmp_path / "law").get(held().digest).digest == held().digest
    with pytest.raises(NotKept):
        LawKeep(tmp_path / "law").get("0" * 64)
    with pytest.raises(NotKept):
        LawKeep(tmp_path / "law").get("../practice")


def test_a_write_that_stopped_half_way_leaves_nothing_to_read(tmp_path: Path) -> None:
    keep = LawKeep(tmp_path / "law")
    keep.put(corpus())
    kept = tmp_path / "law" / f"{corpus().digest}.corpus"
    kept.with_name(kept.name + ".99.new").write_bytes(kept.read_bytes()[:999])
    assert LawKeep(tmp_path / "law").get(corpus().digest).digest == corpus().digest
    kept.write_bytes(kept.read_bytes()[:999])
    with pytest.raises(CorpusUnreadable):
        LawKeep(tmp_path / "law").get(corpus().digest)


def test_sources_are_read_once_and_again_when_they_change(tmp_path: Path) -> None:
    root = shutil.copytree(Path(__file__).parents[1] / "law" / "shelf", tmp_path / "provisions")
    file = root / "us" / "a.yaml"
    file.parent.mkdir()
    good = Path(__file__).parents[1] / "law" / "good" / "everything.yaml"
    shutil.copy(good, file)
    first = LawKeep(tmp_path / "law").of_sources(root)
    note = json.loads((tmp_path / "law" / "compiled.json").read_text())
    assert note["digest"] == first.digest
    assert LawKeep(tmp_path / "law").of_sources(root).provisions.keys() == first.provisions.keys()
    kept = tmp_path / "law" / f"{first.digest}.corpus"
    kept.write_bytes(b"spoiled")
    assert LawKeep(tmp_path / "law").of_sources(root).digest == first.digest
    assert kept.read_bytes() != b"spoiled", "what proved false is written again"
    file.write_text(file.read_text().replace("says: ", "says: Now, "))
    second = LawKeep(tmp_path / "law").of_sources(root)
    assert second.digest != first.digest
    assert LawKeep(tmp_path / "law").get(first.digest).digest == first.digest


def test_the_whole_law_is_read_from_its_compiled_form_and_not_from_its_sources_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long that takes is a row of the bench ("corpus from packed form")."""
    first = LawKeep(tmp_path / "law").of_sources(provisions())

    def unread(*_: object) -> None:
        raise AssertionError("the sources were read again")

    monkeypatch.setattr(Corpus, "load", unread)
    again = LawKeep(tmp_path / "law").of_sources(provisions())
    assert again.digest == first.digest
