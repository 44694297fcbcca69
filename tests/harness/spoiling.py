"""Every form that was seen, sent with words where they do not belong (T02)."""

from tests.harness.browser import Browser, Page
from tests.harness.living import Life


def spoil_every_form(life: Life) -> list[Page]:
    """Send every form that was seen with words where they do not belong; gives the answers.

    Canary words stand in every field, dates, numbers, choices and identifiers too; each field in
    turn holds something worse. Then bytes that are no text, and a form of another kind.
    """
    ada = life.served.people["ada"].web
    answers: list[Page] = []
    for nth, (action, names) in enumerate(sorted(_forms(life).items())):
        if action.endswith(("#", "/signout", "/lock", "/hand", "/end-sessions")):
            continue
        words = life.chart.words("spoilt")
        worse = (words + "\x00\x1b[2J", words * 400, "²" + words, "\u202e" + words)
        for turn, name in enumerate(sorted(names), start=nth):
            sent = {**dict.fromkeys(names, words), name: worse[turn % len(worse)]}
            answers.append(ada.post(action, sent))
        answers.append(ada.raw(action, b"%ff%fe" + life.chart.word("bytes").encode()))
        answers.append(_in_another_form(life, ada, action))
    return [*answers, *_spoil_scripts(life, ada)]


def _in_another_form(life: Life, ada: Browser, action: str) -> Page:
    kind = {"Content-Type": "multipart/form-data; boundary=cut"}
    words = life.chart.words("cut upload").encode()
    head = b'--cut\r\nContent-Disposition: form-data; name="a"; filename="note.txt"\r\n\r\n'
    return ada.raw(action, head + words * 50, **kind)


def _forms(life: Life) -> dict[str, set[str]]:
    """The fields of every form that anybody's page showed, by the address it is sent to."""
    forms: dict[str, set[str]] = {}
    for browser in life.browsers:
        for page in browser.pages:
            for form in page.forms:
                forms.setdefault(form.action.partition("?")[0], set()).update(form.types)
    return forms


def _spoil_scripts(life: Life, ada: Browser) -> list[Page]:
    """What scripts send, spoilt: no JSON, other JSON, half a letter."""
    words = life.chart.words("spoilt script")
    draft = f"/records/{life.ids['draft']}/draft"
    parts = ("Subjective", "Objective", "Assessment", "Plan")
    half = ", ".join(f'"{part}": "{life.chart.word("half")} \\ud800"' for part in parts)
    bodies = (
        words.encode(),
        f'{{"version": "{life.chart.word("version")}", "fields": {{}}}}'.encode(),
        f'{{"version": 1, "fields": "{life.chart.word("fields")}"}}'.encode(),
        f'{{"version": 3, "fields": {{{half}}}}}'.encode(),
        f'["{life.chart.word("list")}"]'.encode(),
        f'{{"name": {{"{life.chart.word("deep")}": 1}}, "credential": "x", "prf": 3}}'.encode(),
        f'{{"credential": {{"id": 5, "response": "{life.chart.word("response")}"}}}}'.encode(),
        '{"credential": {"id": "é", "response": {"clientDataJSON": 7}}}'.encode(),
        b'{"veil": ' + b"[" * 3000,
    )
    addresses = (
        draft, "/preferences/veil", "/signin/passkey/options", "/signin/passkey",
        "/account/passkey/options", "/account/passkey", "/unlock", "/step-up", "/signin", "/welcome",
    )  # fmt: skip
    kind = {"Content-Type": "application/json", "Accept": "application/json"}
    return [ada.raw(address, body, **kind) for address in addresses for body in bodies]
