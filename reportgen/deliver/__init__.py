"""Delivery: names, files, figures and the manifest of a pack."""
