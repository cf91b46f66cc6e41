"""The use cases in plain order, one module each. Doors call these; everything else is called from here."""
