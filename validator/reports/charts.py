"""Pictures of a form, as inline SVG: budget against execution, target against actual, score against weight.

In go the forms that were read, out come charts, each with a text alternative and the figures as a table. A picture is no
verdict: nothing here asks a rule, and a figure that has two fair readings is left out. Colours come from the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from rich.cells import cell_len

from validator.model.fact import Fact, Form, Record, Section
from validator.model.quantity import Quantity
from validator.reports.layout import shorten
from validator.reports.visible import excerpt, visible

FAR_BEYOND = Decimal("0.3")
"""How far over its target an actual value is called far over, unless the caller knows better."""
MAX_BARS = 40
"""Rows that are drawn; the table beside the picture has all of them."""
MIN_BARS = 2

_WIDTH = 420
_STEP = 46
_BAR = 14
_COLUMN = 7
"""Width of half a Chinese character in the labels of a picture."""
_TOLD = frozenset({"missed", "far", "unclear", "over", "above", "reduced"})
"""States that are written beside a bar: colour alone would not do."""
_BUDGETS = ("budget", "adjusted_budget", "initial_budget")
_TARGETS = ("adjusted_target", "target")

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "zh": MappingProxyType(
            {
                "funds": "预算与执行",
                "funds_about": "{} 行资金：底条为预算数，实条为执行数。",
                "source": "资金来源",
                "budget": "预算数",
                "executed": "执行数",
                "rate": "执行占预算",
                "within": "未超预算",
                "over": "超出预算",
                "targets": "指标值与完成值",
                "targets_about": "{} 项指标：竖线为指标值，横条为实际完成值与它的比；超过一倍的截断画出。",
                "indicator": "指标",
                "target": "指标值",
                "actual": "完成值",
                "ratio": "完成与指标之比",
                "state": "对照",
                "met": "达到",
                "missed": "未达到",
                "far": "大幅超过",
                "unclear": "不作判断",
                "scores": "分值与得分",
                "scores_about": "{} 项指标：底条为分值，实条为得分。",
                "weight": "分值",
                "score": "得分",
                "share": "得分占分值",
                "full": "满分",
                "reduced": "扣分",
                "above": "超过分值",
                "counts": "其中{}。",
                "count": "{} {} 项",
                "part": "{}（{}）",
                "more": "另有 {} 行见数据表",
            }
        ),
        "en": MappingProxyType(
            {
                "funds": "Budget and execution",
                "funds_about": "{} rows of funds: the track is the budget, the bar what was spent.",
                "source": "Source",
                "budget": "Budget",
                "executed": "Spent",
                "rate": "Spent of budget",
                "within": "within budget",
                "over": "over budget",
                "targets": "Target and actual",
                "targets_about": "{} indicators: the line is the target, the bar the actual value relative to it, cut off "
                "at twice the target.",
                "indicator": "Indicator",
                "target": "Target",
                "actual": "Actual",
                "ratio": "Actual of target",
                "state": "State",
                "met": "met",
                "missed": "missed",
                "far": "far over",
                "unclear": "not judged",
                "scores": "Weight and score",
                "scores_about": "{} indicators: the track is the weight, the bar the score.",
                "weight": "Weight",
                "score": "Score",
                "share": "Score of weight",
                "full": "full",
                "reduced": "reduced",
                "above": "above weight",
                "counts": "Of these: {}.",
                "count": "{} {}",
                "part": "{} ({})",
                "more": "{} more rows in the table",
            }
        ),
    }
)


class Bar(NamedTuple):
    """One row of a picture."""

    label: str
    track: Decimal
    """Length of what is behind the bar, as a share of the width from 0 to 1; 0 for none."""
    length: Decimal
    """Length of the bar, as a share of the width from 0 to 1."""
    state: str
    """`met`, `missed`, `far`, `unclear`, `within`, `over`, `full`, `reduced`, `above`: names a colour, and is told in words."""
    told: str
    """What stands at the right: the figures as written."""


class Chart(NamedTuple):
    """A picture and what it says."""

    title: str
    about: str
    """The text alternative."""
    bars: tuple[Bar, ...]
    states: tuple[tuple[str, str], ...]
    """The states that occur, each with its name: the legend."""
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The figures as a table."""
    line: Decimal | None = None
    """Where the line of the target stands, as a share of the width."""
    more: str = ""
    """What is said of the rows that are not drawn."""


class _Row(NamedTuple):
    """A row of a form that has both figures."""

    label: str
    whole: Fact
    part: Fact
    share: Decimal
    """The second figure divided by the first, in the same unit."""
    state: str


def charts(forms: Sequence[Form], *, lang: str = "zh", far_beyond: Decimal = FAR_BEYOND) -> tuple[Chart, ...]:
    """Return the pictures of all forms, only those with two rows or more."""
    words = _WORDS[lang]
    found = []
    for form in forms:
        for section in form.sections:
            if section.id == "funds":
                found.append(_funds(section, words))
            elif section.id == "indicators":
                found += [_targets(section, far_beyond, words), _scores(section, words)]
    return tuple(chart for chart in found if chart is not None)


def draw(chart: Chart, id: str, data: str) -> str:
    """Return a picture as an HTML figure; `id` is unique on the page, `data` the name of the table below the picture."""
    height = max(1, len(chart.bars)) * _STEP + (6 if chart.line is None else 10)
    body = "".join(_draw_bar(bar, index * _STEP) for index, bar in enumerate(chart.bars))
    if chart.line is not None:
        x = _coordinate(chart.line)
        body += f'<line class="goal" x1="{x}" x2="{x}" y1="20" y2="{height - 2}"/>'
    legend = "".join(f'<li><span class="key k-{state}"></span>{escape(name)}</li>' for state, name in chart.states)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in chart.heads)
    rows = "".join(
        f'<tr><th scope="row">{_told(row[0], 80)}</th>{"".join(_cell(cell) for cell in row[1:])}</tr>' for row in chart.rows
    )
    more = f'<p class="about">{escape(chart.more)}</p>' if chart.more else ""
    return (
        f'<figure class="chart"><figcaption>{escape(chart.title)}</figcaption><ul class="legend">{legend}</ul>'
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{id}t {id}d">'
        f'<title id="{id}t">{escape(chart.title)}</title><desc id="{id}d">{escape(chart.about)}</desc>{body}</svg>{more}'
        f'<details><summary>{escape(data)}</summary><div class="scroll" tabindex="0">'
        f'<table class="list"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details></figure>"
    )


def _draw_bar(bar: Bar, top: int) -> str:
    """Draw a row: label and figures above, the bar below."""
    y = top + 22
    track = f'<rect class="track" x="0" y="{y}" width="{_coordinate(bar.track)}" height="{_BAR}"/>' if bar.track else ""
    width = max(_coordinate(bar.length), 1)
    told = shorten(visible(bar.told), _WIDTH * 2 // 3 // _COLUMN)
    label = shorten(visible(bar.label[:200]), _WIDTH // _COLUMN - cell_len(told) - 1)
    return (
        f'<text class="name" x="0" y="{top + 15}">{escape(label)}</text>'
        f'<text class="told" x="{_WIDTH}" y="{top + 15}" text-anchor="end">{escape(told)}</text>'
        f'{track}<rect class="k-{bar.state}" x="0" y="{y + 2}" width="{width}" height="{_BAR - 4}"/>'
    )


def _cell(text: str) -> str:
    return f"<td>{_told(text, 80)}</td>"


def _told(text: str, limit: int) -> str:
    return escape(excerpt(text, limit))


def _coordinate(share: Decimal) -> int:
    return int(min(max(share, Decimal(0)), Decimal(1)) * _WIDTH)


def _funds(section: Section, words: Mapping[str, str]) -> Chart | None:
    rows = [
        _Row(record.label, whole, part, share, "over" if share > 1 else "within")
        for record, whole, part, share in _pairs(section.records, _BUDGETS, ("executed",))
    ]
    if len(rows) < MIN_BARS:
        return None
    longest = _longest(rows)
    heads = (words["source"], words["budget"], words["executed"], words["rate"])
    return _chart(rows, ("funds", heads), longest, words)


def _scores(section: Section, words: Mapping[str, str]) -> Chart | None:
    rows = [
        _Row(record.label, whole, part, share, "above" if share > 1 else "reduced" if share < 1 else "full")
        for record, whole, part, share in _pairs(_items(section), ("weight",), ("score",))
    ]
    if len(rows) < MIN_BARS:
        return None
    longest = _longest(rows)
    heads = (words["indicator"], words["weight"], words["score"], words["share"])
    return _chart(rows, ("scores", heads), longest, words)


def _targets(section: Section, far_beyond: Decimal, words: Mapping[str, str]) -> Chart | None:
    rows = [
        _Row(record.label, whole, part, share, _state(whole.quantity, part.quantity, share, far_beyond))
        for record, whole, part, share in _pairs(_items(section), _TARGETS, ("actual",))
        if whole.quantity is not None and part.quantity is not None
    ]
    if len(rows) < MIN_BARS:
        return None
    heads = (words["indicator"], words["target"], words["actual"], words["ratio"], words["state"])
    return _chart(rows, ("targets", heads), None, words)


def _chart(rows: list[_Row], texts: tuple[str, tuple[str, ...]], longest: Decimal | None, words: Mapping[str, str]) -> Chart:
    """Put a chart together; `longest` is the figure as long as the picture is wide, None to draw shares of the target."""
    name, heads = texts
    bars, listed = [], []
    for row in rows:
        if longest is None:
            track, length = Decimal(0), row.share / 2
        else:
            track, length = _length(row.whole, longest), _length(row.part, longest)
        percent = _percent(row.share)
        part, whole = _written(row.part), _written(row.whole)
        told = f"{part} / {whole}" + (f" · {words[row.state]}" if row.state in _TOLD else "")
        bars.append(Bar(row.label, track, length, row.state, told))
        listed.append((row.label, whole, part, percent, *((words[row.state],) if longest is None else ())))
    states = dict.fromkeys(row.state for row in rows)
    counted = [words["count"].format(words[state], sum(row.state == state for row in rows)) for state in states]
    about = words[f"{name}_about"].format(len(rows)) + words["counts"].format("、".join(counted))
    return Chart(
        words[name],
        about,
        tuple(bars[:MAX_BARS]),
        _legend(states, None if longest is None else heads, words),
        heads,
        tuple(listed),
        Decimal("0.5") if longest is None else None,
        words["more"].format(len(bars) - MAX_BARS) if len(bars) > MAX_BARS else "",
    )


def _legend(states: Iterable[str], heads: tuple[str, ...] | None, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Name the colours; where there is a track behind the bars, name it and what the bars are."""
    if heads is None:
        return tuple((state, words[state]) for state in states)
    return (("track", heads[1]), *((state, words["part"].format(heads[2], words[state])) for state in states))


def _pairs(
    records: Sequence[Record], wholes: tuple[str, ...], parts: tuple[str, ...]
) -> Iterator[tuple[Record, Fact, Fact, Decimal]]:
    """Yield the rows that have both figures, with the second as a share of the first."""
    for record in records:
        whole, part = _figure(record, wholes), _figure(record, parts)
        if whole is None or part is None or whole.quantity is None or part.quantity is None:
            continue
        share = _share(whole.quantity, part.quantity)
        if share is not None:
            yield record, whole, part, share


def _items(section: Section) -> list[Record]:
    return [record for record in section.records if record.role != "total"]


def _figure(record: Record, columns: tuple[str, ...]) -> Fact | None:
    """Return the first of these columns that holds one number with one fair reading."""
    for column in columns:
        fact = record.fields.get(column)
        if fact is not None and fact.quantity is not None:
            return fact if not fact.reading.alternatives and fact.quantity.upper is None else None
    return None


def _share(whole: Quantity, part: Quantity) -> Decimal | None:
    """Return `part` divided by `whole`, None where they can't be compared, or where there is nothing to divide by."""
    same = whole.unit.dimension == part.unit.dimension
    if not same and whole.unit.dimension and part.unit.dimension:
        return None
    divisor, dividend = (whole.base, part.base) if same else (whole.value, part.value)
    return dividend / divisor if divisor > 0 and dividend >= 0 else None


def _state(target: Quantity | None, actual: Quantity | None, share: Decimal, far_beyond: Decimal) -> str:
    """Say how an actual value stands to its target. A target without a sign is reached from below, as the rules have it."""
    if target is None or actual is None or target.approximate or actual.approximate or actual.comparator not in ("", "="):
        return "unclear"
    if target.comparator in ("<=", "<"):
        return "met" if share < 1 or (share == 1 and target.comparator == "<=") else "missed"
    if target.comparator == "=" and share != 1:
        return "far" if share > 1 + far_beyond else "missed" if share < 1 else "unclear"
    if share < 1 or (share == 1 and target.comparator == ">"):
        return "missed"
    return "far" if share > 1 + far_beyond else "met"


def _longest(rows: Iterable[_Row]) -> Decimal:
    return max(fact.quantity.base for row in rows for fact in (row.whole, row.part) if fact.quantity is not None)


def _length(fact: Fact, longest: Decimal) -> Decimal:
    return fact.quantity.base / longest if fact.quantity is not None and longest > 0 else Decimal(0)


def _written(fact: Fact) -> str:
    """Return a figure as written, with the unit that stands elsewhere on the form."""
    unit = fact.quantity.unit.name if fact.quantity is not None else ""
    text = fact.text.strip()
    return excerpt(text if unit in text else f"{text}{unit}", 60)


def _percent(share: Decimal) -> str:
    """Return a share in per cent with two places; one that is too large to mean anything is only called so."""
    return f"{share * 100:.2f}%" if share < 1000 else "> 100000%"
