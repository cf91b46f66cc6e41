"""The papermill engine ``kit``: cells run in a process forked from a warm one, without a kernel and without sockets.

papermill imports every registered engine when it is imported itself, so this module is light, and the class below
does not inherit from papermill's ``Engine`` (papermill asks for its methods only).
"""

from __future__ import annotations


class KitEngine:
    """What papermill calls for ``--engine kit``; the same methods as ``papermill.engines.Engine``."""

    @classmethod
    def execute_notebook(cls, nb, kernel_name, **options):
        """Run a notebook and return it with its outputs; ``options`` are those of ``papermill.execute_notebook``."""
        from kit.run.engine.managed import execute_notebook

        return execute_notebook(cls, nb, kernel_name, **options)

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **options):
        """Run the cells of papermill's notebook manager."""
        from kit.run.engine.managed import execute_cells

        return execute_cells(nb_man, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb, name=None):
        """Name of the kernel the notebook asks for, as in papermill's own engine."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb, language=None):
        """Language of the notebook; for Python that of our translator, which injects Vietnamese as Vietnamese."""
        from kit.run.engine.translate import language_of

        return language_of(nb, language)
