"""The one place that sends, and it obeys the client's wishes (THREATS.md, T08).

`rules` says what a message looks like (pure); `carriers` and `texts` hand it on, and `carriers`
alone may know a mail server; `actions` asks the gate and the wishes, writes the log, then lets go.
"""
