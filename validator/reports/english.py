"""What is said of a document in Chinese, in English: why a check was not made, what could not be read, why a form was found.

In goes a sentence, out comes its English, or the sentence itself where none is known. The parts of the engine say these things
in one language, and quote cells in them; a sentence is known by its fixed words, and what it quotes stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # Why a check was not made.
        "条件不成立": "the condition doesn't hold",
        "{}是日期，不是数": "{} is a date, not a figure",
        "{}是文字，不是数": "{} is text, not a figure",
        "{}是几个数连在一起，分不开": "{} is several figures run together",
        "{}读不出数": "no figure can be read from {}",
        "“{}”是一个范围，不是一个数": "“{}” is a range, not one figure",
        "“{}”不是一个数": "“{}” is not one figure",
        "“{}”不是数": "“{}” is not a figure",
        "“{}”不是条件": "“{}” is not a condition",
        "“{}”是约数，不能断定": "“{}” is approximate, so nothing can be said for certain",
        "“{}”是否达到“{}”说不准": "whether “{}” meets “{}” can't be said for certain",
        "“{}”是{}，无法与目标值比较": "“{}” is {} and can't be compared with the target",
        "“{}”与“{}”单位不同，无法比较": "“{}” and “{}” have different units and can't be compared",
        "单位不同（{}与{}），不能相加或比较": "different units ({} and {}) can't be added or compared",
        "目标值或完成值为 0，完成比例没有意义": "the target or the actual value is 0, so there is no share of completion",
        "除数为 0": "the divisor is 0",
        "除数可能为 0": "the divisor may be 0",
        "“{}”是一段时间，不是一个日期": "“{}” is a period, not a date",
        "“{}”里没有日期": "there is no date in “{}”",
        "“{}”里不止一个日期": "there is more than one date in “{}”",
        "“{}”没有写到日": "“{}” doesn't name a day",
        "“{}”看不出勾选了哪一项": "“{}” doesn't show which one is ticked",
        "“{}”不是已知的等级": "“{}” is no known grade",
        "相反的词“{}”应写成 增加|提高 减少|降低": "the opposites “{}” must be words and their opposites, with a blank between",
        "等级“{}”应写成 优|优秀 90": "the grade “{}” must be written as its names and a mark, with a blank between them",
        "没有可比的文字": "there is no text to compare",
        "没有可用的数": "there are no figures to use",
        "本表没有所需的栏": "the form has no such column",
        "本表没有“{}”栏": "the form has no column “{}”",
        "不认识“{}”一栏，它可能才是要用的数": "the column “{}” is unknown; its figures may be the ones to use",
        "文字在这里中断，可能还有没有列出的行": "the text breaks off here; rows may be missing",
        "文字到这里为止，末尾的数可能没有写完": "the text ends here; its last figure may want digits",
        "文字在这里中断": "the text breaks off here",
        "这张表有的行或数没有读出来": "some rows or figures of the table could not be read",
        "这张表有的行在原文里断开或错开，那里认不准的数未作核对。": (
            "Some rows of this table are broken or shifted in the text; figures there that are not certain were not checked."
        ),
        "这张表可能有没读到的行或数，有关合计未作判断。": (
            "Rows or figures of this table may not have been read. Its totals were not judged."
        ),
        "表格由文字还原，空格可能是还原时丢失的": "the table was restored from text; the blank may have been filled before",
        "{}都未填": "{}: all blank",
        "{}未填": "{} is blank",
        # Why a figure could not be read.
        "比较符号后面没有可以识别的数": "no figure behind the comparison sign",
        "前后两个比较词方向不一致": "two comparison words contradict each other",
        "比较符号后面是负数": "a negative figure behind the comparison sign",
        "小数点、千位分隔符或百分号的位置不对": "a decimal point, separator or percent sign stands in a wrong place",
        "几个数连在一起，分不开": "several figures run together",
        "比较符号写了两遍": "the comparison sign is written twice",
        "是表格软件的错误值，不是数": "it is an error value of the spreadsheet, no figure",
        "历法中没有这个月或这一天": "the calendar has no such month or day",
        "数字里夹着字母": "a letter stands among the digits",
        # Why a form was found, or none.
        "有“{}”区块（{}）": "has the section “{}” ({})",
        "标题“{}”": "the title “{}”",
        "有“{、}”": "has “{}”",
        "{}：没有认出表样（没有找到任何一种表的表头），按一般表格核对。": (
            "{}: no form was recognised (none of their headers was found); checked as an ordinary table."
        ),
        "{}：没有认出表样（像“{}”，但缺了区块，又有别的表），按一般表格核对。": (
            "{}: no form was recognised (like “{}”, but blocks are missing, and other tables are there); "
            "checked as ordinary tables."
        ),
        "{}：没有认出表样（栏目相近，但没有表题，各行也不是表样中的行），按一般表格核对。": (
            "{}: no form was recognised (the columns are like one's, but there is no title and the rows are none of a "
            "form); checked as an ordinary table."
        ),
        "{}：没有认出表样（有它的标题，没有“{}”区块），按一般表格核对。": (
            "{}: no form was recognised (its title is there, the section “{}” is not); checked as an ordinary table."
        ),
        "{}：没有认出表样（有它的标题，没有“{}”区块：{} 的表头没有“{、}”），按一般表格核对。": (
            "{}: no form was recognised (its title is there, the section “{}” is not: the header at {} lacks {}); "
            "checked as an ordinary table."
        ),
        "{}：只有表的标题，没有读到表，没有核对。": (
            "{}: only the title of the form is there, its table could not be read; not checked."
        ),
        # What could not be read.
        "“{}”一行读不出：{、}可能属于{、}中的不同栏，未作核对。": (
            "The row “{}” can't be read: {} may belong to different columns among {}. It was not checked."
        ),
        "这一行读不出：{、}可能属于{、}中的不同栏，未作核对。": (
            "This row can't be read: {} may belong to different columns among {}. It was not checked."
        ),
        "“{}”一行读不出：{、}与所在栏目不相称，未作核对。": (
            "The row “{}” can't be read: {} doesn't suit its column. It was not checked."
        ),
        "这一行读不出：{、}与所在栏目不相称，未作核对。": (
            "This row can't be read: {} doesn't suit its column. It was not checked."
        ),
        "“{}”一行少了几格，分不出各数属于哪一栏，未作核对。": (
            "The row “{}” lost some of its cells, and its figures may belong to different columns. It was not checked."
        ),
        "右边从“{}”起是另一组项目，和左边不是同一行，未作核对。": (
            "On the right, from “{}” on, there are other items, which are not of the rows on the left. They were not checked."
        ),
        "从这里起的各行像是上一张表的续表，但没有表头，栏数也对不上，没有读取；有关合计未作判断。": (
            "The rows from here on look like the rest of the table before, but have no header, and their columns don't fit it. "
            "They were not read, and totals were not judged."
        ),
        "这里像自评表的后半部分，表头不在文中，分不出各数属于哪一栏，未作核对。": (
            "This looks like the tail of a self-evaluation form whose header is not in the text; "
            "its columns can't be told apart. Not checked."
        ),
        "这张表的栏目认不准，只核对了相互算得出的几栏。": (
            "The labels of this table's columns can't be told; only columns that follow from each other were checked."
        ),
        "这里像一张表，但各行的数对不上栏目，认不准，未作核对。": (
            "This looks like a table, but the figures of its rows don't fit its columns. It was not checked."
        ),
        "还原文字里的表时程序内部出错（{}），表未作核对；请把文件报给开发者。": (
            "The program failed while it restored tables from the text ({}). They were not checked; please report the file."
        ),
        "这里的表太长，没有还原，未作核对。": "The table here is too long to be restored. It was not checked.",
        "这里的文字连在一起，分不出表里的各栏，未作核对。": (
            "The text here runs together, and the columns of its table can't be told apart. It was not checked."
        ),
        "{} 第 {} 行以后的内容没有读": "{}: nothing after row {} was read",
        "{} 第 {} 列以后的内容没有读": "{}: nothing after column {} was read",
        "{} 有 {} 处合并单元格互相重叠，已按先出现的读": "{}: {} merged cells overlap; the first of them were taken",
        "第 {} 行原文有 {} 个字，只读了前 {} 个": "line {} has {} characters, of which the first {} were read",
        "{}原文有 {} 个字，只读了前 {} 个": "{} has {} characters, of which the first {} were read",
        "文件名以 {} 结尾，内容却是{}，已按{}读取": "the name ends in {}, but the content is {}; it was read as {}",
        "文件里没有任何文字": "there is no text in the file",
        "工作表 {} 是以前核对写下的结果，没有读": "the sheet {} holds the results of an earlier check and was not read",
        "工作表 {} 有 {} 个{}": "the sheet {} has {} {}",
        "工作表 {} 是隐藏的，也读了": "the sheet {} is hidden; it was read too",
        "第 {} 张表（{}）只有图片或图形，没有可读的单元格": (
            "sheet {} ({}) holds only pictures or shapes, no cells that can be read"
        ),
        "数字格式（百分比、小数位数）没有读出，数字按存储的值显示；另存为 xlsx 可避免": (
            "number formats (percent, decimals) were not read, figures are shown as stored; save as xlsx to avoid this"
        ),
        "文件里没有存显示的文字，按数值写出": "the file doesn't store what is displayed; the value was written out",
        "引号不成对，引号按普通字符读取": "quotation marks don't pair up and were read as ordinary characters",
        "文字编码不明，按 {} 读取，可能有误": "the encoding is unknown; read as {}, perhaps wrongly",
        "有疑似乱码的文字，照原样读取": "some text looks garbled; it was read as it stands",
        "含有空字符（NUL），已换成 �": "null characters were replaced by �",
        "有 {} 处字节不是合法的文字，已换成 �": "bytes that are no valid text were replaced by � in {} places",
        "{} 的豁免已于 {} 到期，不再有效（豁免清单第 {} 行）": "the waiver of {} ran out on {} (line {} of the baseline)",
    }
)
"""Sentences with their English; `{}` is what they quote, `{、}` a list. The first that fits is taken."""
_QUOTED = re.compile(r"\{(、?)\}")
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "这一格": "this cell",
        "日期": "a date",
        "文字": "text",
        "公式没有保存计算结果，用表格软件打开并保存一次即可": (
            "formulas without stored results; open and save the file once in a spreadsheet program"
        ),
        "金额": "money",
        "百分比": "percent",
        "分": "points",
        "时间": "time",
        "面积": "area",
        "长度": "length",
        "重量": "weight",
        "体积": "volume",
        "没有单位的数": "a figure without a unit",
        "不明单位": "an unknown unit",
        "xlsx 工作簿": "an xlsx workbook",
        "xlsb 工作簿": "an xlsb workbook",
        "旧版 xls 工作簿": "an old xls workbook",
        "ods 工作簿": "an ods workbook",
        "docx 文档": "a docx document",
        "网页（HTML）": "a web page (HTML)",
        "逗号分隔的文本": "comma-separated text",
        "制表符分隔的文本": "tab-separated text",
        "Markdown 文本": "Markdown text",
        "文本": "text",
    }
)
"""Words of the engine's own that sentences quote."""


@lru_cache(maxsize=1024)
def english(text: str) -> str:
    """Return the sentence in English, as it is where that isn't known."""
    for pattern, lists, template in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            parts = zip(found.groups(), lists, strict=True)
            return template.format(*(_listed(part) if many else _WORDS.get(part, part) for part, many in parts))
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[bool, ...], str], ...]:
    return tuple(
        (
            re.compile("(.{0,2000}?)".join(map(re.escape, _QUOTED.split(sentence)[::2])), re.DOTALL),
            tuple(bool(mark) for mark in _QUOTED.split(sentence)[1::2]),
            template,
        )
        for sentence, template in _SENTENCES.items()
    )


def _listed(part: str) -> str:
    """Return a list of cells or columns, punctuated the English way."""
    return part.replace("”“", "”, “").replace("、", ", ")
