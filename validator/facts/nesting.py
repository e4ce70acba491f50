"""Put the rows of a section under each other: parts under their total, 其中 rows and rows `within` others under those.

Comes in: a section with its records in order. Goes out: nothing; `parent`, `children` and `depth` of the records are set.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from validator.forms.labels import take_apart
from validator.model.fact import Record, Section


def nest(section: Section, within: Mapping[str, tuple[str, ...]], *, items: bool, among: Collection[int] = ()) -> None:
    """Nest the records. `among`: numbers of those beside which 其中 stands in a cell of its own.

    `within`: kinds of rows that a kind may be a part of. `items`: the rows are items (indicators), not parts of a total.
    """
    if items:
        _nest_items(section.records)
        return
    total = _total_below(section.records)
    above: list[Record] = []
    for number, record in enumerate(section.records):
        if record.role == "total":
            total, above = record, []
            continue
        whole = next((r for r in reversed(above) if r.kind in within.get(record.kind, ())), None)
        if whole is None and above and (number in among or _is_among(record)):
            whole = above[-1]
        if whole is None:
            above.append(record)
            whole = total
        _put(record, whole)


def _nest_items(records: list[Record]) -> None:
    """Put a row that begins with 其中, and has no points of its own, under the item above it."""
    holder: Record | None = None
    for record in records:
        if record.role == "total":
            holder = None
        elif holder is not None and _is_among(record) and _bare_of_points(record):
            _put(record, holder)
        else:
            holder = record
            _put(record, None)


def _total_below(records: list[Record]) -> Record | None:
    """Return the one total of a table that ends with it instead of beginning with it."""
    totals = [record for record in records if record.role == "total"]
    return totals[0] if len(totals) == 1 and totals[0] is records[-1] else None


def _put(record: Record, whole: Record | None) -> None:
    record.depth = 1 if whole is None else whole.depth + 1
    if whole is not None:
        record.parent = whole
        whole.children.append(record)


def _is_among(record: Record) -> bool:
    return take_apart(record.pointer.text if record.pointer is not None else record.label).among


def _bare_of_points(record: Record) -> bool:
    return all(fact.quantity is None for id, fact in record.fields.items() if id in ("weight", "score"))
