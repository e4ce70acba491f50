"""What a form knows and a document lacks: a label that is spelled otherwise, or a block that was left out.

Comes in: a form that was read, and its specification. Goes out: names of blocks, columns and rows, as rules call them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.forms import spec
from validator.model.fact import Form


def absent(form: Form, sections: Iterable[spec.Section]) -> Iterator[str]:
    """Yield what a specification has and the form hasn't: 债券情况.期限, 债券资金使用.y2024."""
    for known in sections:
        title = known.title.zh
        read = [section for section in form.sections if section.id == known.id]
        if not read:
            yield title
            continue
        records = [record for section in read for record in section.records]
        columns = {id for section in read for id in section.columns} | {id for record in records for id in record.fields}
        kinds = {record.kind for record in records}
        yield from (f"{title}.{column.name}" for id, column in known.columns.items() if id not in columns)
        yield from (f"{title}.{row.labels[0] if row.labels else row.id}" for row in known.rows if row.id not in kinds)
