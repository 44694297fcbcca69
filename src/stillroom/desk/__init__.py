"""The practice's own pages: today, clients, chart, editor, matters, the log, accounts."""
