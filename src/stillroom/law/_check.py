"""Is the corpus fit to be used? Every mistake, every missing case and every failing case."""

from pathlib import Path

from stillroom.law._cases import ProvisionCase, provision_cases
from stillroom.law._conditions import ALWAYS, holds
from stillroom.law._loading import Loaded, load
from stillroom.law._provision import Provision
from stillroom.law._written import Problem


def check(root: Path) -> list[Problem]:
    """Every problem of the corpus at `root`, ordered by file and line; an empty list means fit."""
    loaded = load(root)
    seen: dict[str, set[str]] = {name: set() for name in loaded.provisions}
    for case in provision_cases(root, loaded):
        seen[case.provision].add(case.expect)
        _try_provision(case, loaded.provisions[case.provision])
    for provision in loaded.provisions.values():
        loaded.problems += _missing_cases(provision, seen[provision.id])
    return sorted(set(loaded.problems))


def _missing_cases(provision: Provision, seen: set[str]) -> list[Problem]:
    wanted = ("yes",) if provision.condition == ALWAYS else ("yes", "no", "unknown")
    missing = [answer for answer in wanted if answer not in seen]
    if not missing:
        return []
    said = f"{provision.id} has no case that expects {' or '.join(missing)}"
    return [Problem(provision.file, provision.line, "cases", said)]


def _try_provision(case: ProvisionCase, provision: Provision) -> None:
    concerned = _is_law(case, provision)
    applies = holds(provision.condition, case.facts).value if concerned else "no"
    if applies != case.expect:
        case.entry.complain("expect", f"{case.case}: expected {case.expect}, it is {applies}")
    for kind in case.reach_includes:
        if kind not in provision.kinds:
            case.entry.complain("reach_includes", f"{provision.id} does not reach {kind}")
    for kind in case.reach_excludes:
        if kind in provision.kinds:
            case.entry.complain("reach_excludes", f"{provision.id} reaches {kind}")


def _is_law(case: ProvisionCase, provision: Provision) -> bool:
    """Whether the provision is law in the case's place, profession, act and day, if it names any."""
    return (
        (not case.places or provision.place in ("us", *case.places))
        and (not case.profession or case.profession in provision.professions)
        and (not case.act or case.act in provision.acts)
        and (case.on is None or provision.in_force_on(case.on))
    )


__all__ = ["Loaded", "check"]
