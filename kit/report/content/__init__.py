"""The content of a report, one module per section: from a unit's figures and rows to display blocks."""
