"""Several blocks as one value: what a method of ``Report`` returns and a notebook cell shows."""

from __future__ import annotations

from collections.abc import Iterable

from kit.report.blocks import Block


class Blocks(tuple):
    """Blocks in reading order; at the end of a notebook cell each is displayed as an output of its own."""

    __slots__ = ()

    @classmethod
    def of(cls, *items: Block | Iterable[Block | None] | None) -> Blocks:
        """Put blocks and sequences of blocks together; ``None`` adds nothing."""
        made: list[Block] = []
        for item in items:
            if isinstance(item, Block):
                made.append(item)
            elif item is not None:
                made.extend(cls.of(*item))
        return cls(made)

    def _ipython_display_(self) -> None:
        from IPython.display import display  # late: only a notebook has it

        for at, block in enumerate(self):  # the outputs of a cell are shown together: one style serves all
            display(block.bundle(styled=not at), raw=True)  # complete: IPython need not ask for each format
