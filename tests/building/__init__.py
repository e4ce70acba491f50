"""Filled official forms for tests: data, files in every format, and flaws whose findings are known beforehand."""

from tests.building.filled import Block, Column, FilledForm, Line
from tests.building.layouts import lay_out
from tests.building.page import Page, Slot
from tests.building.plain import SHAPES, addresses
from tests.building.writers import FORMATS, write

__all__ = ["FORMATS", "SHAPES", "Block", "Column", "FilledForm", "Line", "Page", "Slot", "addresses", "lay_out", "write"]
