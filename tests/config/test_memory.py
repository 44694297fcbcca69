"""What a worker lets go of is written over: looked for in the memory of a process that did so."""

import subprocess
import sys

import pytest

from tests.harness.memory import can_read, count_all

WORD = b"an otter in the boathouse "
TIMES, NOTES = 150, 40
CHILD = f"""
import sys
if sys.argv[1] == "kept":
    from stillroom.config.memory import keep_memory
    assert keep_memory()
word = bytes.fromhex(sys.argv[2])
notes = [b"%d " % nth + word * {TIMES} for nth in range(2 * {NOTES})]
del notes[::2], word
print("gone", flush=True)
sys.stdin.read()
"""
"""Makes notes of 4 KiB, lets go of every second one, and waits."""


def _left(how: str) -> int:
    """How many notes' worth of words stand in the child's memory."""
    command = [sys.executable, "-c", CHILD, how, WORD.hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        assert child.stdout.readline() == b"gone\n"
        if not can_read(child.pid):
            pytest.skip("this machine lets nobody read another process's memory")
        found = count_all([child.pid], {"words": [WORD]})["words"]
        child.stdin.close()
    return round(found / TIMES)


def test_a_note_that_was_let_go_is_no_longer_in_memory() -> None:
    assert _left("kept") == NOTES


def test_without_it_the_note_would_still_be_there() -> None:
    """The search has teeth: the allocator by itself leaves the words where they were."""
    assert _left("as it comes") > NOTES * 3 // 2


STANDING = """
import gc
from stillroom.config.memory import let_stand
law = [[nth] for nth in range(1000)]
let_stand()
opened = [["a name"]]
print(sum(one in law for one in gc.get_objects() if type(one) is list), flush=True)
print(sum(one is opened for one in gc.get_objects()), flush=True)
"""


def test_what_stands_from_the_start_is_looked_through_no_more_and_what_is_opened_later_is() -> None:
    told = subprocess.run([sys.executable, "-c", STANDING], check=True, capture_output=True)
    assert told.stdout.split() == [b"0", b"1"]
