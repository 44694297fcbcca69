"""Where the project's own data lies: beside the source, or inside the installed package."""

from pathlib import Path

_IN_TREE = Path(__file__).parents[3] / "provisions"
_INSTALLED = Path(__file__).parents[1] / "provisions"


def provisions() -> Path:
    """The folder of the law."""
    return _IN_TREE if (_IN_TREE / "regimes.yaml").exists() else _INSTALLED
