"""Figures → files: the workbook and the brief."""
