"""The declared schema: tables, fields, code lists and rules, and what is derived from it."""
