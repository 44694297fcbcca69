"""Stillroom: a record for behavioral-health practices with confidentiality as its heart."""
