"""How much of a file is read before it is refused or cut: the bounds that hostile and broken files run into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. Beyond a bound on size it is refused; beyond one on place the rest is left out."""

    max_bytes: int = 64 * 2**20
    """Size of the file."""
    max_expanded_bytes: int = 192 * 2**20
    """Size of all parts of a zipped file together, after expansion."""
    max_ratio: int = 250
    """Expanded size over packed size of a part; tested only for parts above `ratio_floor`."""
    ratio_floor: int = 16 * 2**20
    """Parts smaller than this many bytes may be packed as tightly as they like."""
    max_cells: int = 2_000_000
    """Slots of a table, blank ones in rows that hold something included."""
    max_rows: int = 100_000
    """Rows of a table; what stands further down is left out with a note."""
    max_columns: int = 1_024
    """Columns of a table; what stands further right is left out with a note."""
    max_lines: int = 500_000
    """Lines or paragraphs of a file."""
    max_characters: int = 200_000
    """Characters of one cell or paragraph; the rest is cut off with a note."""
    max_nesting: int = 100
    """How deep tables may stand in tables."""


LIMITS = Limits()
