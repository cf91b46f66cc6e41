"""The indicators of the plan: declarations, formulas, roll-up over the tree of units, evaluation."""
