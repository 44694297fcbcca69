"""What speaks against keeping a file, found while looking into it."""


class Against(Exception):
    """One word for it; `chart.documents.findings` has the sentences."""


MOST_PIXELS = 80_000_000
"""A page of 300 dots an inch has nine million; a large photograph fifty."""
