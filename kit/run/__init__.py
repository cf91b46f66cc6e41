"""Running: one notebook through papermill, a batch of reports, and the manifest of what came out."""
