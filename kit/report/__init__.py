"""Reports: the vocabulary of blocks, their content, and the exporters that render them."""
