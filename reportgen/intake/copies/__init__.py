"""A user's workbook changed in a copy: annotated, rolled to the next week."""
