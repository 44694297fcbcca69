"""People who sign in: their ways in, their sessions, their accounts.

    opened = doors.by_passphrase(house, "ada", passphrase, code, at=now)
    cookie = sessions.begin(house, opened, at=now)   # the browser's half; kept nowhere else
    presence = sessions.resume(house, cookie, at=now)

Modules are imported by name (`from stillroom.identity import doors`): they know tables, and Django
loads those after packages.
"""
