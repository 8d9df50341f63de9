"""The workbook that is sent: XlsxWriter writes it, another engine computes it again."""
