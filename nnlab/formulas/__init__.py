"""The formulas of one run, in LaTeX. Strings only: what they mean in words, the catalogues say by key."""

from nnlab.formulas.backward import backward
from nnlab.formulas.boundary import boundary_line
from nnlab.formulas.cost import cost
from nnlab.formulas.formula import Formula, Section, Symbol
from nnlab.formulas.forward import expanded, forward
from nnlab.formulas.row_values import RowValues
from nnlab.formulas.sections import sections
from nnlab.formulas.start import start
from nnlab.formulas.symbols import symbols
from nnlab.formulas.update import update

__all__ = [
    "Formula",
    "RowValues",
    "Section",
    "Symbol",
    "backward",
    "boundary_line",
    "cost",
    "expanded",
    "forward",
    "sections",
    "start",
    "symbols",
    "update",
]
