"""HTML: rendering of blocks and the nbconvert exporter ``kit-html``."""
