"""What makes a table the funds of a form: any table of a budget has columns like theirs, its rows tell them apart.

Comes in: the roles of rows, as a section names them. Goes out: whether they are rows of a form.
"""

from __future__ import annotations

from collections.abc import Iterable

from validator.forms.spec import Section

OWN_COLUMNS = frozenset({"points", "label"})
"""Types of columns that are labelled so in forms only: 分值, 资金来源."""
_PARTS = frozenset({"part"})


def names_its_parts(section: Section) -> bool:
    """Tell whether a section splits a total up into parts that it names: 财政拨款, 其他资金."""
    return section.default_role in _PARTS and any(row.role in _PARTS for row in section.rows)


def has_rows_of_a_form(roles: Iterable[tuple[str, bool]]) -> bool:
    """Tell whether rows are those of a form. `roles`: of each row, empty for an unknown one; whether other sections know it.

    A total of the section's own (年度资金总额) is enough; 合计 says nothing. Of the other rows half must be known, but one
    of two is not enough: 非税收入 stands beside 税收收入 in any table of revenue.
    """
    known = unknown = 0
    for role, shared in roles:
        if role == "total" and not shared:
            return True
        known += role in _PARTS
        unknown += not role
    return known > unknown or known == unknown > 1
