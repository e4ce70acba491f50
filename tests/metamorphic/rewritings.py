"""Ways to write a document again that must not change what is true of it.

Those of `PAGES` change what stands in cells and paragraphs, or put something that has nothing to do with it beside it; those of
`LINES` happen to a text: margins, pages, broken lines; those of `CUTS` take a piece of it away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from tests.building.page import Page
from tests.metamorphic.marks import FIRST, LAST, changed
from tests.metamorphic.sheets import prose

Pages = tuple[Page, ...]
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_HALF = str.maketrans("，；：（）", ",;:()")
_TRADITIONAL = str.maketrans(
    "项预执财资额总绩数标职单实际员农业务费卫规则补级县区东岭长宁临乐东财产学养运维设备经营节",
    "項預執財資額總績數標職單實際員農業務費衛規則補級縣區東嶺長寧臨樂東財產學養運維設備經營節",
)
_LONG = re.compile(rf"(?<![\d.,〔-])(\d{{4,}})(?=\.\d|{LAST}?(?:元|万元|亿元|人次))")
_UNIT = "元万亿千百十%％分个人户家次件项所公里亩吨张辆期批名起台套处天年月日岁级号位条座轮份"
FOREIGN = (
    "本单位高度重视绩效管理工作，成立领导小组，明确职责分工，按时完成自评。",
    "根据《关于开展绩效自评工作的通知》（财绩〔2023〕12号）要求，现将有关情况报告如下。",
    "按照评分标准，执行率达到95%以上得满分，低于80%不得分；满意度每降低1个百分点扣0.5分，扣完为止。",
    "下一步，将加强预算编制，力争执行率提高2个百分点以上，并于6月30日前完成整改。",
    "联系人：王某　联系电话：0871-63123456　地址：人民路18号3楼",
)
FOOTNOTES = (
    "注：本表金额四舍五入，合计数与分项之和可能存在尾差。",
    "说明：1.本表由填报单位填写。2.空白处表示没有该项。",
    "填报人：李某　填报日期：2024年3月12日",
)


# --- what stands in cells and paragraphs ----------------------------------------------------------------------------


def full_width(pages: Pages, _rng: Random) -> Pages:
    """Write digits, points and per cent signs in full width."""
    return changed(pages, lambda text: text.translate(_WIDE))


def separated(pages: Pages, _rng: Random) -> Pages:
    """Write thousands apart."""
    return changed(pages, lambda text: _LONG.sub(lambda found: f"{int(found[1]):,}", text))


def joined(pages: Pages, _rng: Random) -> Pages:
    """Write thousands together."""
    return changed(pages, lambda text: re.sub(r"(?<=\d),(?=\d{3})", "", text))


def half_width(pages: Pages, _rng: Random) -> Pages:
    """Write commas, colons and brackets in half width."""
    return changed(pages, lambda text: text.translate(_HALF))


def traditional(pages: Pages, _rng: Random) -> Pages:
    """Write traditional characters: those that stand for one simplified character only."""
    return changed(pages, lambda text: text.translate(_TRADITIONAL))


def padded(pages: Pages, rng: Random) -> Pages:
    """Put blanks around what stands in cells."""
    blank = rng.choice((" ", "　", "\xa0", "  "))
    return tuple(
        replace(page, slots=tuple(s._replace(text=f"{s.text}{blank}" if s.text else "") for s in page.slots)) for page in pages
    )


# --- what stands beside it ------------------------------------------------------------------------------------------


def blank_row(pages: Pages, rng: Random) -> Pages:
    """Put a blank row into each table."""
    return tuple(page.with_blank_row(rng.randint(0, page.height)) if page.slots else page for page in pages)


def blank_column(pages: Pages, rng: Random) -> Pages:
    """Put a blank column into each table."""
    return tuple(page.with_blank_column(rng.randint(0, page.columns)) if page.slots else page for page in pages)


def footnote(pages: Pages, rng: Random) -> Pages:
    """Put a note below each table."""
    return tuple(replace(page, notes=(*page.notes, rng.choice(FOOTNOTES))) if page.slots else page for page in pages)


def foreign(pages: Pages, rng: Random) -> Pages:
    """Put a paragraph of something else before, between or behind."""
    at = rng.randint(0, len(pages))
    return (*pages[:at], prose(rng.choice(FOREIGN)), *pages[at:])


def header_again(pages: Pages, rng: Random) -> Pages:
    """Print the header of each table again where a page of it begins."""
    return tuple(_header_again(page, rng) for page in pages)


def _header_again(page: Page, rng: Random) -> Page:
    head = min((slot.row for slot in page.slots if slot.look == "figure"), default=0)
    places = [
        row for row in range(head + 1, page.height) if not any(slot.row < row < slot.row + slot.rows for slot in page.slots)
    ]
    if not head or not places or any(slot.row < head < slot.row + slot.rows for slot in page.slots):
        return page
    at = rng.choice(places)
    again = tuple(slot._replace(row=slot.row + at, place="") for slot in page.slots if slot.row < head)
    moved = tuple(slot._replace(row=slot.row + head) if slot.row >= at else slot for slot in page.slots)
    return replace(page, slots=(*moved, *again))


PAGES: Mapping[str, Callable[[Pages, Random], Pages]] = {
    each.__name__: each
    for each in (
        full_width, separated, joined, half_width, traditional, padded,
        blank_row, blank_column, footnote, foreign, header_again,
    )
}  # fmt: skip


# --- what happens to lines ------------------------------------------------------------------------------------------


def margin(lines: list[str], rng: Random) -> list[str]:
    """Set the text in from the edge."""
    blank = rng.choice((" ", "　")) * rng.randint(1, 12)
    return [blank + line if line else line for line in lines]


def trailing(lines: list[str], rng: Random) -> list[str]:
    """Leave blanks at the ends of lines."""
    return [line + " " * rng.randint(0, 3) for line in lines]


def page_numbers(lines: list[str], rng: Random) -> list[str]:
    """Put the number of the page between lines."""
    shape = rng.choice(("— {} —", "- {} -", "第{}页", "第{}页 共9页", "        {}/9"))
    return _between(lines, rng, lambda n: [shape.format(n)])


def running_heads(lines: list[str], rng: Random) -> list[str]:
    """Begin pages with a line that stands on each of them."""
    head = rng.choice(("绩效自评材料汇编", "澜江市财政局2023年度绩效自评报告", "预算绩效管理资料（第3册）"))
    feed = rng.choice(("", "\f"))
    return _between(lines, rng, lambda _: [feed + head])


def _between(lines: list[str], rng: Random, page: Callable[[int], list[str]]) -> list[str]:
    """Put what begins or ends a page between lines, so many lines apart."""
    every = rng.randint(4, 12)
    found: list[str] = []
    for n, line in enumerate(lines, 1):
        found.append(line)
        if n % every == 0:
            found += page(n // every)
    return found


def blank_lines(lines: list[str], rng: Random) -> list[str]:
    """Put blank lines between lines: everywhere, or here and there."""
    chance = rng.choice((1.0, 0.3))
    return [each for line in lines for each in ([line, ""] if rng.random() < chance else [line])]


def carriage_returns(lines: list[str], _rng: Random) -> list[str]:
    """End lines as Windows does."""
    return [f"{line}\r" for line in lines]


def other_blanks(lines: list[str], rng: Random) -> list[str]:
    """Write another character for a blank."""
    return [line.replace(" ", rng.choice(("\xa0", "　"))) for line in lines]


def wrapped(lines: list[str], rng: Random) -> list[str]:
    """Break paragraphs where the page ends, within a word or before a unit, never within a figure."""
    width = rng.randint(18, 48)
    return [piece for line in lines for piece in (_pieces(line, width) if _is_prose(line) else [line])]


def _is_prose(line: str) -> bool:
    return line.endswith("。") and not any(between in line for between in ("|", "\t", "  "))


def _pieces(line: str, width: int) -> list[str]:
    found = []
    while len(line) > width:
        at = width
        while at > 1 and re.match(rf"[\d.,%．％０-９{LAST}]", line[at]):
            at -= 1
        found.append(line[:at])
        line = line[at:]
    return [*found, line]


LINES: Mapping[str, Callable[[list[str], Random], list[str]]] = {
    each.__name__: each
    for each in (margin, trailing, page_numbers, running_heads, blank_lines, carriage_returns, other_blanks, wrapped)
}


# --- what takes a piece away ----------------------------------------------------------------------------------------


def tail_cut(lines: list[str], rng: Random) -> list[str]:
    """Cut the end off."""
    text = "\n".join(lines)
    return text[: _place(text, rng)].split("\n")


def head_cut(lines: list[str], rng: Random) -> list[str]:
    """Cut the beginning off."""
    text = "\n".join(lines)
    return text[_place(text, rng) :].split("\n")


def _place(text: str, rng: Random) -> int:
    """Return where a text is cut: anywhere but within a figure and its unit."""
    within = re.compile(rf"[-−≥≤<>=]*[\d０-９{FIRST}{LAST}][\d０-９.,．{FIRST}{LAST}]*[{_UNIT}/]*")
    at = rng.randrange(1, max(2, len(text)))
    return next((found.start() for found in within.finditer(text) if found.start() < at < found.end()), at)


CUTS: Mapping[str, Callable[[list[str], Random], list[str]]] = {each.__name__: each for each in (tail_cut, head_cut)}
