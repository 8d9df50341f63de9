"""A CSV or web table whose days are merged into a copy of a workbook."""
