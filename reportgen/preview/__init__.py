"""The brief of a workbook in a browser on this machine, made again whenever the workbook or a template changes."""
