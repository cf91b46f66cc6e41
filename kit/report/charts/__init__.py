"""Charts: pure functions from frames to SVG text, all in one style."""
