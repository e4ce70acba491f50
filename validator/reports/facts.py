"""What was read from a document and how it was understood, as a table that a person can check, or as JSON.

In goes a document with its forms, out goes text. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from validator.model.document import Document
from validator.model.fact import Fact, Form, Section
from validator.model.quantity import Quantity, Reading, State
from validator.reports.english import english
from validator.reports.json import LONGEST
from validator.reports.layout import columns, wrap
from validator.reports.visible import excerpt, shortened, visible

SCHEMA = "gouji.facts/1"

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_WORDS = {
    "zh": {
        "form": "{title}（{id}）  {at}  把握 {confidence:.0%}",
        "year": "{} 年",
        "why": "认出的理由：",
        "why_not": "没有认出是哪一种表：",
        "cut": "文字在这里断了，内容不全",
        "incomplete": "有的行或数没有读出来",
        "unit": "单位 {}",
        "head": ("位置", "行 · 列", "原文", "读作", "路径"),
        "exact": "准数",
        "about": "约",
        "or": "或",
        State.BLANK: "（空）",
        State.DATE: "日期",
        State.TEXT: "文字",
        State.GARBLED: "看不懂",
        State.FUSED: "几个数连在一起，没有读",
        "lacking": "表样里有、这里没有找到的：",
        "notes": "没能读出的：",
        "colon": "：",
    },
    "en": {
        "form": "{title} ({id})  {at}  confidence {confidence:.0%}",
        "year": "{}",
        "why": "Recognised because: ",
        "why_not": "No known form was recognised: ",
        "cut": "the text breaks off here",
        "incomplete": "some rows or figures could not be read",
        "unit": "unit {}",
        "head": ("address", "row · column", "as written", "understood", "path"),
        "exact": "exact",
        "about": "about ",
        "or": " or ",
        State.BLANK: "(blank)",
        State.DATE: "date",
        State.TEXT: "text",
        State.GARBLED: "garbled",
        State.FUSED: "figures run together, not read",
        "lacking": "In the form's description and not found here: ",
        "notes": "Not read: ",
        "colon": ": ",
    },
}


def render(
    document: Document,
    forms: Sequence[Form],
    reasons: Sequence[str],
    lacking: Mapping[int, Sequence[str]] = MappingProxyType({}),
    *,
    width: int = 120,
    lang: str = "zh",
) -> str:
    """Return the facts of every form as text of at most `width` columns.

    `reasons` say why nothing (else) was recognised; `lacking`: by number of the form, what it should have and hasn't.
    """
    return "".join(f"{line}\n" for line in _lines(document, forms, reasons, lacking, width, lang))


def render_json(document: Document, forms: Sequence[Form], reasons: Sequence[str]) -> str:
    """Return the same as one line of JSON; figures are texts, never binary floats."""
    import json

    data = {
        "schema": SCHEMA,
        "document": {"path": document.path, "format": document.format, "sha256": document.sha256},
        "forms": [_form(form) for form in forms],
        "reasons": list(reasons),
        "notes": [{"message": note.message, "address": note.address} for note in document.notes],
    }
    written = json.dumps(data, ensure_ascii=False)
    return written if written.isprintable() else "".join(_escaped(character) for character in written)


def understood(reading: Reading, words: Any = _WORDS["zh"]) -> str:
    """Say in a few words how a text was understood: `81.80 % ±0.005`, `4 家（准数）`, `≥ 90 %`."""
    if reading.quantity is None:
        said = str(words[reading.state])
        why = english(reading.why) if words is _WORDS["en"] else reading.why
        return f"{said}{words['colon']}{visible(why)}" if why else said
    parts = [_quantity(quantity, words) for quantity in (reading.quantity, *reading.alternatives)]
    return str(words["or"]).join(dict.fromkeys(parts))


def _quantity(quantity: Quantity, words: Any) -> str:
    sign = _SIGNS.get(quantity.comparator, visible(quantity.comparator))
    value = _plain(quantity.value) + ("" if quantity.upper is None else f"–{_plain(quantity.upper)}")
    unit = visible(quantity.unit.name)
    half = _plain(quantity.step / 2)
    told = " ".join(part for part in (sign, value, unit) if part)
    if quantity.approximate:
        return f"{words['about']}{told}"
    return f"{told} ±{half}" if quantity.step else f"{told}（{words['exact']}）"


def _plain(value: Decimal) -> str:
    """A number without an exponent, and without the zeros that a division leaves behind."""
    return f"{value:f}" if abs(value.adjusted()) < 40 else str(value)


def _lines(
    document: Document,
    forms: Sequence[Form],
    reasons: Sequence[str],
    lacking: Mapping[int, Sequence[str]],
    width: int,
    lang: str,
) -> Iterator[str]:
    words: Any = _WORDS[lang]
    say = english if lang == "en" else str
    yield excerpt(document.path)
    for form in forms:
        yield ""
        heading = words["form"].format(title=excerpt(form.title), id=form.id, at=excerpt(form.at), confidence=form.confidence)
        yield f"{heading}  {words['year'].format(form.year)}" if form.year else heading
        yield from _told(words["why"], [say(reason) for reason in form.reasons], width)
        for section in form.sections:
            yield from _section_lines(section, width, words)
        names = lacking.get(form.index, ())
        yield from _told(words["lacking"], ["、".join(names)] if names else (), width)
    if reasons or not forms:
        yield ""
        yield from _told(words["why_not"], [say(reason) for reason in reasons] or ("—",), width)
    yield from _told(words["notes"], [f"{note.address} {say(note.message)}".strip() for note in document.notes], width)


def _told(label: str, texts: Sequence[str], width: int) -> Iterator[str]:
    for number, text in enumerate(texts):
        start = f"  {label}" if number == 0 else "    "
        lines = wrap(start + excerpt(text, 400), width)
        yield lines[0]
        yield from (f"    {line}" for rest in lines[1:] for line in wrap(rest, width - 4))


def _section_lines(section: Section, width: int, words: Any) -> Iterator[str]:
    facts = list(_facts(section))
    yield ""
    about = [f"  [{section.id}]", excerpt(section.address)]
    if section.unit:
        about.append(words["unit"].format(visible(section.unit)))
    if not section.complete:
        about.append(words["cut" if section.cut else "incomplete"])
    yield "  ".join(part for part in about if part)
    rows = [
        (
            visible(fact.pointer.address),
            " · ".join(excerpt(label, 60) for label in (fact.pointer.row_label, fact.pointer.column_label) if label),
            excerpt(fact.text, 120),
            understood(fact.reading, words),
            visible(fact.pointer.path),
        )
        for fact in facts
    ]
    if rows:
        yield from (f"  {line}" for line in columns([words["head"], *rows], width - 2, shrink=(1, 2)))


def _facts(section: Section) -> Iterator[Fact]:
    if section.points is not None:
        yield section.points
    for record in section.records:
        yield from record.fields.values()


def _form(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title,
        "at": form.at,
        "confidence": round(form.confidence, 6),
        "reasons": list(form.reasons),
        "year": form.year,
        "sections": [
            {
                "id": section.id,
                "path": section.path,
                "address": section.address,
                "unit": section.unit,
                "complete": section.complete,
                "facts": [_fact(fact) for fact in _facts(section)],
            }
            for section in form.sections
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    reading = fact.reading
    return {
        **{name: shortened(text, LONGEST) for name, text in fact.pointer._asdict().items()},
        "column": fact.column,
        "state": reading.state.value,
        "value": None if reading.quantity is None else _number(reading.quantity),
        "alternatives": [_number(quantity) for quantity in reading.alternatives],
        "why": reading.why,
    }


def _number(quantity: Quantity) -> dict[str, Any]:
    return {
        "number": _plain(quantity.value),
        "upper": None if quantity.upper is None else _plain(quantity.upper),
        "unit": quantity.unit.name,
        "dimension": quantity.unit.dimension,
        "step": _plain(quantity.step),
        "comparator": quantity.comparator,
        "approximate": quantity.approximate,
    }


def _escaped(character: str) -> str:
    if character.isprintable() or character in "\u3000\u00a0":
        return character
    import json

    return json.dumps(character)[1:-1]
