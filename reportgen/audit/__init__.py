"""The auditor: a delivered workbook, read from its file alone, held against rules for spreadsheets that are sent.

It knows nothing of how reportgen writes workbooks, so that it judges one that came back from a client, or that Excel or
LibreOffice has saved, in the same way.
"""
