"""Diagnosis codes: ICD-10-CM's chapters F and Z as shipped and dated, found by code or words. Pure.

    codes = catalogue()
    codes.find("anxeity", day)                # Hits, the best first; typing errors forgiven
    codes.standing("F43.8", day)              # Standing.HEADING: billable once, a heading now
    codes.nearest("F43.8", day)               # F43.81, F43.89
    codes.dated(day)                          # on which release an answer for that day rests

Source, licence and the releases are named in `codes.tsv`; `tools/icd10cm.py` makes it.
"""

from stillroom.chart.icd10cm._catalogue import Catalogue, Code, Hit, Standing, catalogue, spelled
from stillroom.chart.icd10cm._closeness import closeness, forgiven

__all__ = ["Catalogue", "Code", "Hit", "Standing", "catalogue", "closeness", "forgiven", "spelled"]
