"""A delivered workbook as its file has it: parts, XML, cells, styles; nothing is judged here."""
