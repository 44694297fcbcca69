"""The peer's own process, run by the peer's own interpreter: see `gnuhealth.py`.

    python gnuhealth_peer.py FOLDER NOTES

Makes a therapist, a patient and NOTES evaluations of 4 KiB, says so, and then does what it is told,
a line of JSON each: [what, times]. What is called is what GNU Health's own client calls.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from proteus import config

WORDS = "She came on time and began with the week; sleep has been shorter again. " * 57
PAGE = 25


class Practice:
    """One therapist and one patient in GNU Health."""

    def __init__(self, folder: Path) -> None:
        self.tryton = config.set_trytond(
            "sqlite:///working", config_file=str(folder / "trytond.conf")
        )
        self.proxies: dict[str, Any] = {}
        self.number = 0
        party = self.person("Ada", "Merrow", is_healthprof=True, internal_user=self.tryton.user)
        self.call("gnuhealth.healthprofessional", "create", [{"party": party}])
        self.patient = self.new_client()
        self.form = list(self.view("gnuhealth.patient.evaluation", "form"))
        self.tree = list(self.view("gnuhealth.patient.evaluation", "tree"))
        self.front = list(self.view("gnuhealth.patient", "form"))
        self.notes: list[int] = []

    def call(self, model: str, method: str, *given: Any) -> Any:
        """One remote procedure, with the user's context, in a transaction of its own."""
        if model not in self.proxies:
            self.proxies[model] = self.tryton.get_proxy(model)
        return getattr(self.proxies[model], method)(*given, self.tryton.context)

    def view(self, model: str, kind: str) -> dict[str, Any]:
        """The fields that its client shows."""
        found: dict[str, Any] = self.call(model, "fields_view_get", None, kind)["fields"]
        return found

    def person(self, given: str, family: str, **more: Any) -> int:
        """A person. The country of the federation is what every client has to send."""
        self.number += 1
        values = {
            "name": given,
            "lastname": family,
            "is_person": True,
            "gender": "f",
            "dob": date(1985, 3, 2),
            "ref": f"bench-{self.number}",
            "fed_country": "USA",
        }
        return int(self.call("party.party", "create", [values | more])[0])

    def new_client(self) -> int:
        """A patient: the person, then the patient."""
        party = self.person("Dov", "Halpern", is_patient=True)
        return int(self.call("gnuhealth.patient", "create", [{"party": party}])[0])

    def new_note(self) -> int:
        """An evaluation with its words."""
        # Without a zone, as Tryton wants it.
        begun = datetime(2026, 1, 5, 15) + timedelta(days=len(self.notes))  # noqa: DTZ001
        values = {"patient": self.patient, "evaluation_start": begun, "notes": WORDS}
        note = int(self.call("gnuhealth.patient.evaluation", "create", [values])[0])
        self.notes.append(note)
        return note

    def sign_note(self) -> None:
        """An evaluation made and ended, which signs it with its author's name."""
        self.call("gnuhealth.patient.evaluation", "end_evaluation", [self.new_note()])

    def read_note(self) -> Any:
        """One evaluation with all that its form shows."""
        note = self.notes[self.number % len(self.notes)]
        self.number += 1
        return self.call("gnuhealth.patient.evaluation", "read", [note], self.form)

    def chart(self) -> Any:
        """The patient's form, and the latest page of evaluations as its list shows them."""
        self.call("gnuhealth.patient", "read", [self.patient], self.front)
        domain, order = [("patient", "=", self.patient)], [("evaluation_start", "DESC")]
        model = "gnuhealth.patient.evaluation"
        found = self.call(model, "search_read", domain, 0, PAGE, order, self.tree)
        if len(found) != PAGE or WORDS[:20] not in self.read_words():
            raise AssertionError("the chart is not what it should be")
        return found

    def read_words(self) -> str:
        """The words of a note, to be sure of them; only once a run, so it costs no time."""
        if not hasattr(self, "_seen"):
            model = "gnuhealth.patient.evaluation"
            self._seen = str(self.call(model, "read", self.notes[:1], ["notes"])[0]["notes"])
        return self._seen


def main() -> None:
    """Serve what is asked, a line each."""
    practice = Practice(Path(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        practice.new_note()
    doings: dict[str, Callable[[], Any]] = {
        "read": practice.read_note,
        "client": practice.new_client,
        "note": practice.new_note,
        "signed": practice.sign_note,
        "chart": practice.chart,
    }
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        what, times = json.loads(line)
        spent = []
        for _ in range(times):
            begun = time.perf_counter()
            doings[what]()
            spent.append(time.perf_counter() - begun)
        print(json.dumps(spent), flush=True)


if __name__ == "__main__":
    main()
