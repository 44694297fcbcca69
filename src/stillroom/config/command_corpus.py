"""`stillroom law pack` and `law diff`: the law as one file, and what changed in it."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from stillroom.config.command_words import Parser, Words, add_word
from stillroom.kernel import StillroomError
from stillroom.law import Corpus, differences, label_of, moved, pack, unpack


class FileThere(StillroomError):
    """Nothing is written over."""

    what = "there is a file of that name, or none can be made there"
    usual_advice = "Choose another name; nothing was written over."


class NoSuchCorpus(StillroomError):
    """Neither a packed corpus nor a folder of provisions."""

    what = "there is no corpus of that name"
    usual_advice = "Give a file that `stillroom law pack` wrote, or a folder of provisions."


def add_words(under: Words, shared: Parser) -> Parser:
    """`law pack` (which is given back) and `law diff`."""
    pack = add_word(under, shared, "pack", "write the law as one file that proves itself")
    pack.add_argument("--out", type=Path, required=True, metavar="FILE", help="the new file")
    pack.set_defaults(run="law.pack")
    diff = add_word(under, shared, "diff", "what changed from one law to another")
    diff.add_argument("old", type=Path, help="a packed corpus, or a folder of provisions")
    diff.add_argument("new", type=Path, help="a packed corpus, or a folder of provisions")
    diff.add_argument(
        "--place", action="append", help="standard questions of this place only; may be repeated"
    )
    diff.set_defaults(run="law.diff")
    return pack


def pack_into(corpus: Corpus, out: Path) -> int:
    """Write the corpus as a new file, and say what is in it."""
    data = pack(corpus, version("stillroom"))
    try:
        with out.open("xb") as file:
            file.write(data)
    except OSError:
        raise FileThere from None
    label = label_of(data)
    print(f"{label.provisions} provisions, checked up to {label.as_of}, {len(data):,} bytes.")
    print(f"Digest: {label.digest}")
    return 0


def open_corpus(path: Path) -> Corpus:
    """A corpus from a packed file, proven by its digest, or from a folder of sources."""
    if path.is_dir():
        return Corpus.load(path)
    try:
        data = path.read_bytes()
    except OSError:
        raise NoSuchCorpus from None
    return unpack(data)


def diff(old: Path, new: Path, places: Sequence[str]) -> int:
    """Print the change list; exit code 1 when there is any change, as diff has it."""
    before, after = open_corpus(old), open_corpus(new)
    print(f"From {before.digest}\n  to {after.digest}")
    differing = differences(before, after)
    for change in differing:
        print(change)
    if not differing:
        print("Nothing changed.")
        return 0
    on = max(day for day in (before.as_of, after.as_of) if day is not None)
    asked = places or sorted({*before.places, *after.places})
    answers = moved(before, after, asked, ["psychologist"], on)
    print(f"\nStandard questions that are answered otherwise, as of {on}: {len(answers)}.")
    for answer in answers:
        print(answer)
    return 1
