"""The workshop: where a file that somebody uploaded is looked into and drawn.

Run as a program, in a process of its own, with limits, so that whatever a file does to the
libraries that read it ends there: nothing is written to a disk, memory and time have an end, a
crash is an answer and not an outage, and words are gone when the process is. Nothing of Stillroom
but this folder is in it; it is given no key, no address and no environment.

Standard input: the length of a job (4 bytes, big-endian), the job as JSON, then the file to its
end. Standard output: frames, each a length (4), that many bytes of JSON, a length (4), that many
bytes of a picture (none in most frames).

`look` answers with one frame, `{pages, found, why}`; `why` names what speaks against keeping the
file, or is empty. `draw` answers with a frame for each page from `first` on, `{page, type, wide,
high, words, words_cut}` and its picture, until `seconds` are over, and then with `{next}`. A page
that cannot be drawn has the type `""`. Nothing is printed besides.
"""
