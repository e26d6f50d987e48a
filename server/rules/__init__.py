"""Decisions of the office: pure functions, no SQL, no clock."""
