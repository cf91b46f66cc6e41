"""PDF: the Typst template and the nbconvert exporter ``kit-pdf``."""
