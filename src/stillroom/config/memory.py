"""How a worker's memory is kept: what is let go is written over, and room once taken stays taken.

Two settings of glibc's allocator, made before the first word is opened (mallopt(3)):

* `M_PERTURB`: a block that is let go is filled with one byte at once. A note's text, a decrypted
  page, a template's output lie in such blocks (Python takes all above 512 bytes from the system),
  so they are gone when Python lets go of them and not when something else happens to need the room
  (T05). Small things, keys among them, are kept in Python's own arenas and are not reached by it.
* `M_TRIM_THRESHOLD`, `M_TOP_PAD`, `M_MMAP_THRESHOLD`: freed room is not given back to the system
  and asked for again with every page. On a virtual machine each new page of memory costs about as
  much as deciphering it; a chart of 200 notes opens in two thirds of the time.

Where the C library is another, nothing is set and nothing breaks: docs/promises/P03.md promises no
wiping of memory, because Python cannot.

And one of Python's: what was read at the start stands as long as the process, so it is looked
through for garbage once and no more. With the law of fifty states among it such a look took a tenth
of a second, now and then, in the middle of somebody's page. What is opened later is looked at as
ever.
"""

import ctypes
import gc

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD, _PERTURB = -1, -2, -3, -6
_KEPT = 64 * 2**20
_LARGE = 32 * 2**20
_AHEAD = 4 * 2**20
_FILL = 0x5A


def keep_memory() -> bool:
    """Set it for this process; whether the C library took all of it."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    settings = (
        (_PERTURB, _FILL),
        (_TRIM_THRESHOLD, _KEPT),
        (_MMAP_THRESHOLD, _LARGE),
        (_TOP_PAD, _AHEAD),
    )
    return all(mallopt(which, value) == 1 for which, value in settings)


def let_stand() -> None:
    """Everything that is there now will stay. Before the practice is unsealed, never after: names
    are to be let go of when it is sealed."""
    gc.collect()
    gc.freeze()
