"""The same practice without confidence: plain rows, no sealing, no gate, no log.

What the benches measure us beside: the desk's and the portal's own templates over plain rows. That
these pages still show what ours do is tested in `tests/house/test_bench_peers.py`.
"""
