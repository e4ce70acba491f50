"""What a form file may say: `rulesets/<form>/form.yaml` and the sections under `rulesets/common/sections/`.

These are the shapes of data that people write; pydantic checks them, `rules.load` turns its complaints into file, line
and column. Nothing here looks at a document.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from validator.forms.labels import normalise

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
ColumnType = Literal[
    "label", "group", "name", "text", "amount", "percent", "points", "target", "actual", "comparator", "unit", "number"
]
SUMMED: frozenset[ColumnType] = frozenset({"amount", "points", "number"})
"""Types of columns whose figures add up."""


class Data(BaseModel):
    """Base of everything that is read from YAML: unknown keys are mistakes, names are written with hyphens."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
        defer_build=True,  # a start that finds what was read before validates nothing
    )


def _or_a_string(schema: dict[str, Any]) -> None:
    """Let the JSON schema of a text take a plain string as well."""
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string"}, mapping]


class Text(Data):
    """A text in both languages; a plain string in YAML is the Chinese one."""

    model_config = ConfigDict(json_schema_extra=_or_a_string)

    zh: str
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain_text_is_chinese(cls, value: Any) -> Any:
        return {"zh": value} if isinstance(value, str) else value


class Change(Data):
    """A column that may have the label of another one: 调整预算数 is what was changed, or what came of it."""

    labelled: Id
    of: Id
    to: Id
    """In most rows `of` and the figure under the label make this one."""


class Column(Data):
    """A column of a section (or a field of the header)."""

    name: str
    """The name by which rules call it, in the words of the official form: 全年预算数."""
    type: ColumnType
    labels: tuple[str, ...] = ()
    """Other ways of writing it. Blanks, brackets and what is in them don't count; `*` stands for anything."""
    unlabelled: Literal["", "first", "last"] = ""
    """Where the column may stand without a header: `first` a label column, `last` a score column at the end."""
    change: Change | None = None
    """Under which label it may stand, as far as figures tell."""
    again: Id = ""
    """The column that a second label of this one names: of 年初预算数 and 全年预算数 the latter is the adjusted budget."""
    unit: str = ""
    """The unit of its figures where neither the cell nor the header names one: 元 for 单价 beside amounts in 万元."""
    exact: bool = False
    """Figures in it were given, not measured (points): sums of them must meet to the digit."""
    in_name: bool = False
    """Points that may stand in brackets in the name of each row where the table has no such column: 建设任务完成率(15分)."""


class Row(Data):
    """A kind of row, known by its label."""

    id: Id
    role: str = "part"
    """`total`, `subtotal`, `part` of the total, `item`, `group` (a heading), or a name of the author's own."""
    labels: tuple[str, ...] = ()
    within: tuple[Id, ...] = ()
    """Rows that it may be a part of, when it isn't a part of the total itself (省级资金 within 地方资金)."""


class Quotient(Data):
    """A column that is the quotient of two others: the rate is what was spent by the budget."""

    column: Id
    of: Id
    by: tuple[Id, ...]
    """The first of these that is there."""


class Section(Data):
    """A block of a form."""

    id: Id
    title: Text
    layout: Literal["table", "fields"] = "table"
    """`table`: a header row and rows below it; `fields`: labels, each followed by its value."""
    captions: tuple[str, ...] = ()
    """Labels beside or above the block: 项目资金(万元)."""
    columns: dict[Id, Column]
    rows: tuple[Row, ...] = ()
    default_role: str = "item"
    """Role of a row that no entry of `rows` names."""
    requires: tuple[tuple[Id, ...], ...] = ()
    """The block is there if one column of each of these groups is: [[budget, initial_budget], [executed]]."""
    ends_at: tuple[str, ...] = ()
    """Labels that can't belong to the block any more."""
    groups: dict[str, tuple[str, ...]] = {}
    """Words of the group columns: 产出指标: [产出]. They help to tell groups from names where the layout is lost."""
    lower_better: tuple[str, ...] = ()
    """Group words under which a smaller figure is the better one when no sign is given (成本指标)."""
    lower_better_names: tuple[str, ...] = ()
    """Names of rows for which a smaller figure is the better one (`*响应时间*`)."""
    higher_better_names: tuple[str, ...] = ()
    """Names of rows for which a larger figure is the better one whatever the two lists above say (`*节约率`)."""
    quotients: tuple[Quotient, ...] = ()
    """They tell figures apart in rows that lost a cell when a table became text."""
    complete_at: Decimal | None = None
    """What the points of a whole list add up to, those of the funds included: a text that breaks off there lacks nothing."""
    generic: bool = False
    """Whether totals, balances and header formulas of any table are to be checked in it too."""
    multiple: bool = False
    """Whether the block may come several times in one form."""
    spaced: bool = False
    """In `fields`: whether an amount may stand one blank behind its label, or on the line below it."""

    @property
    def group_words(self) -> frozenset[str]:
        """The words of all group columns, in one spelling."""
        return frozenset(normalise(word) for words in self.groups.values() for word in words)


class Use(Data):
    """A section of `common/sections/` taken into a form, with what differs there."""

    use: Id
    columns: dict[Id, Column] = {}
    rows: tuple[Row, ...] = ()
    optional: bool = True


class Recognition(Data):
    """How a form is told from others."""

    titles: tuple[str, ...] = ()
    """Titles, `*` for anything; years, blanks and brackets don't count."""
    not_titles: tuple[str, ...] = ()
    requires: tuple[Id, ...] = ()
    """Sections that must be there."""
    prefers: tuple[str, ...] = ()
    """`section` or `section.column` that speaks for this form."""
    against: tuple[str, ...] = ()
    """`section` or `section.column` that speaks against it."""
    labels: tuple[str, ...] = ()
    """Labels that only this form has."""
    needs_words: tuple[str, ...] = ()
    """One of these must occur in the title, near it, or in the table; empty asks for none."""


class Form(Data):
    """`form.yaml`."""

    id: Id
    title: Text
    basis: str
    """The official document and item that prescribes the form."""
    recognise: Recognition
    sections: tuple[Section | Use, ...]
    parameters: dict[str, str | int | float] = {}
    """Parameters that differ from `common/parameters.yaml`."""


class Parameter(Data):
    """A threshold that rules use by name, with where it comes from."""

    value: str | tuple[str, ...]
    """As people write it: 90%, 30%, 10分; or a list of words."""
    en: str
    """The English id: low_execution."""
    basis: str
    by_year: dict[int, str | tuple[str, ...]] = Field(default={})
    """Value from this year on, where it changed."""


class FormSpec(Form):
    """A form as it is used: every `use` is replaced by the section that it names."""

    sections: tuple[Section, ...]
