"""Word files (.docx) made from the document tree of ``kit.report.document``."""
