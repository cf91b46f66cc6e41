"""What the kit's nbconvert exporters share: preprocessing that costs nothing where nothing is to be done."""

from __future__ import annotations


class Lean:
    """Mixed into an ``Exporter``: runs the preprocessors that are switched on, and nothing between them.

    nbconvert copies the whole notebook once more and checks it against its schema after every preprocessor, also those
    that are off: several times what a page costs. The exporters here never change what they are given.
    """

    def _preprocess(self, nb, resources):
        for preprocessor in self._preprocessors:
            if getattr(preprocessor, "enabled", True):
                nb, resources = preprocessor(nb, resources)
        return nb, resources
