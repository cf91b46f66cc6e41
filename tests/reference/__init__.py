"""An independent reading of the specification: an oracle for results.csv and a generator of random data sets.

Nothing here imports the kit. The oracle is plain Python on plain rows, written from indicators.md and data-model.md
alone, so that a mistake in the kit and a mistake here are unlikely to be the same mistake.
"""
