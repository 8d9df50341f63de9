"""The formula language: one function gives a number, an Excel formula and a sentence."""
