"""An independent reading of the specification: an oracle for results.csv and a generator of random data sets.

Nothing here imports the kit. The oracle is plain Python on plain rows, written from indicators.md and data-model.md
alone, so that a mistake in the kit and a mistake here are unlikely to be the same mistake. `recompute.recompute` gives
the rows of results.csv, `generate.generate` writes data, `compare.differences` sets the two side by side.

Where the pages leave a choice, they were read like this (page, section: reading).

Units and rows
 1. indicators, Units: an assignment of a unit not yet valid on T is not used, like its rows.
 2. indicators, Units: the parent on T of a unit whose recorded parent is not yet valid is found by the same passing
    through; a unit never becomes its own parent, and circles of parents on T are cut.
 3. indicators, Units: a succession that meets a unit set aside, or comes round, ends; it does not turn to the parent.
    An unknown `successor_id` is a blank cell, so the parent receives.
 4. data-model, Rules: a district's `valid_to` is read as 30/6/2025 after `valid_from` <= `valid_to` was checked on what
    is written, so a district that begins later is never valid and not an error.
 5. data-model, Rules: cycles of parents are looked for among all first rows of a key as written, also rows set aside.
 6. data-model, Rules: where the level of either unit is unreadable the parent's level is not judged.
 7. data-model, Severities: rows whose key has a missing or unreadable part repeat nothing.
 8. data-model, Severities: a list of unknown items only is a blank cell (it does not carry the measure of NT-03).
 9. data-model, Rules: with an unreadable activity kind its `policy_id` is not judged; on another kind an unknown policy
    is the same one finding.
10. data-model, Rules: there is no rule `member_from` <= `member_to`; withdrawn and adopted exclude each other whatever
    their days.
11. indicators, n_records and DL-01: rows of an unknown unit, or with no receiver on T, belong to no figure at all.

Figures
12. BC-01: a report for exactly this period may stand in the workbook of any year; several of one unit count once. Codes
    are compared as codes: `2023-12-15..2024-06-14` is not `2024-H1`.
13. BC-02: a report must satisfy both the reading date and the deadline.
14. Nothing counted: "itself sent" means the valid unit's own workbooks; the report of a unit that ended is none.
15. VM-01: `none` reported in rows passed on counts like any row of the subtree.
16. NT-03: rows without any audience are missing (blank of 7), as for sums.
17. HD-01: the lists are searched in all rows, set aside or not; the first list upwards with the id decides, even where
    its row is set aside. Upwards follows the recorded `parent_id` only, never a succession.
18. HD-01: with members and no activity it is 0 of n, whatever was submitted.
19. KP-01: amounts are added exactly as decimals, then written as the nearest double.
20. CD-06: a product counts for the task of the same workbook, its row not set aside.
21. CS: a policy is judged for the unit whose figure it is; CS-07 takes its pairs from the policies judged there.
22. target_national and status_national: blank and `no_target` (or `no_data`) for all indicators but CS-01.
23. Values are the double nearest to the exact quotient numerator x 100 / denominator.
"""
