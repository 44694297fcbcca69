"""The same practice without confidence: plain rows, no sealing, no gate, no log.

What the benches measure us beside. Notes stand in the clear (`PlainNote`), or under the usual
encrypted field (`FernetNote`); pages are the desk's own templates over plain rows.
"""
