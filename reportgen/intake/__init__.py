"""The input workbook: read and checked, written blank or as a sample, filled from exports, rolled to the next week."""
