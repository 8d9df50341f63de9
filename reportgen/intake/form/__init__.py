"""The workbook that people fill in: sheets, validation, status, style, sample."""
