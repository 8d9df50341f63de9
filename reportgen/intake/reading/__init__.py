"""Cells into typed rows: where the fields stand, and what a typed text means."""
