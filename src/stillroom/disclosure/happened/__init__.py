"""What happened: somebody is in danger, or abuse is suspected. All of it pure.

`puts` are the questions that an occasion raises (what would be done, who would be told); `duties`
gathers what the law's answers owe, and says which of it is still open after what was tried
(`attempts`); `clock` says by when; `saying` makes the words for the telephone; `report` the written
report; `protocol` the page for the wall, from the law alone.
"""
