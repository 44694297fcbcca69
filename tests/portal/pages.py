"""Every page that a client can open by her own door, found by following what her pages offer."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpResponse
from django.urls import reverse

import stillroom.desk
from tests.cast import Cast
from tests.web import Visitor

_BUILT = Path(stillroom.desk.__file__).parent / "static"
_OFFERED = re.compile(r'<a[^>]* href="(/my/[^"?#]*)')
_PARTS = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')
_MOST = 60


def of_a_client(cast: Cast, seen: Visitor) -> Iterator[tuple[str, HttpResponse]]:
    """(path, page), each once: the doors, and what is reached from the first page. No files."""
    waiting = [reverse(name) for name in ("portal_home", "portal_about", "portal_ways")]
    known = set(waiting)
    while waiting and len(known) < _MOST:
        path = waiting.pop(0)
        page = seen.get(path)
        if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
            continue
        found = [one for one in _OFFERED.findall(page.content.decode()) if one not in known]
        known.update(found)
        waiting += found
        yield path, page
    stranger = Visitor(cast)
    yield reverse("portal_away"), stranger.get(reverse("portal_away"))
    yield reverse("portal_signin"), stranger.get(reverse("portal_signin"))


def weight_of(page: HttpResponse) -> int:
    """Bytes of a page with the stylesheets and scripts that it asks for, before fonts, as they go over
    the line: what is ours alone goes packed, the page itself does not."""
    parts = _PARTS.findall(page.content.decode())
    return len(page.content) + sum((_BUILT / f"{part}.gz").stat().st_size for part in parts)
