"""Tests of the Word document and the slides."""
