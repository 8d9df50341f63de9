"""The brief as what teams paste from: a Word document, and slides with native charts. python-docx and python-pptx."""
