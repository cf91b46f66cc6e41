"""Charts: pure functions from plain values and frames to SVG text, all in one style.

An analyst's own matplotlib charts look the same with ``plt.style.use("kit.report.kit")``.
"""
