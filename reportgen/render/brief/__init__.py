"""The brief: figures formatted, put into templates, and laid out as a PDF."""
