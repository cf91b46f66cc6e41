"""Parts of the fictional sample data: places, policies, plans, activities, words, defects. See ``make_sample.py``."""
