"""Finding words in what somebody wrote: folding, an index of one chart, asking it, snippets. Pure.

    index = Index.build([(Entry("r1", 0, "progress_note", "ada"), [("Data", "Sleep is shorter.")])])
    asked = read_question('sleep "is shorter"')
    fits = asked_of(index, asked, index.all)  # sets of records, by how well they fit
    snippet(finder(asked), [("Data", "Sleep is shorter.")])  # the words around, marked

Rules, said once and kept by everything here:

* A *word* is a run of letters and figures. Capitals, accents, points of Hebrew and Arabic, joiners
  and soft hyphens make no difference. Everything else parts words; each Chinese or Japanese sign
  and each picture (emoji) is a word by itself.
* What is typed without a space ("O'Brien", "self-harm", 希望) is a phrase: its words side by side.
* A record is found when it holds every word and phrase that was asked for, in any of its parts.
* It fits *exactly*; or *by a beginning* (the last word, of three letters or more, may be
  unfinished) or another form of a word (*walked*, *walking*), which a word in quotes has not; or
  *nearly*: one letter more, less, other or two swapped in words of four to seven
  letters, two changes in longer ones. Words with a figure in them, and phrases, are never taken
  nearly.
"""

from stillroom.chart.search.asking import Question, Term, read_question
from stillroom.chart.search.finding import Fits, asked_of, holds_phrases, parts_of
from stillroom.chart.search.forms import Forms
from stillroom.chart.search.index import Entry, Index, IndexUnreadable, Part
from stillroom.chart.search.near import allowance, is_near
from stillroom.chart.search.packing import bits
from stillroom.chart.search.pairs import Pairs, neighbours
from stillroom.chart.search.snippets import WIDTH, Finder, Piece, Snippet, finder, snippet
from stillroom.chart.search.spellings import Spellings
from stillroom.chart.search.words import fold, words

__all__ = [
    "WIDTH",
    "Entry",
    "Finder",
    "Fits",
    "Forms",
    "Index",
    "IndexUnreadable",
    "Pairs",
    "Part",
    "Piece",
    "Question",
    "Snippet",
    "Spellings",
    "Term",
    "allowance",
    "asked_of",
    "bits",
    "finder",
    "fold",
    "holds_phrases",
    "is_near",
    "neighbours",
    "parts_of",
    "read_question",
    "snippet",
    "words",
]
