"""Whether the names of parts divide a whole: 在职 and 退休 are all of it, 一级 and 三级 are some of it.

Comes in: a whole with its parts. Goes out: how far the words say that nothing else belongs to it. The words are data,
`partitions` and `series` in `words.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.facts.claims import Claim, Wording


def division(whole: Claim, parts: Sequence[Claim], wording: Wording, *, closed: bool = True) -> str:
    """Tell whether the names of parts divide a whole: `all` of it, `some` of it (一级、二级 …), or empty.

    其他 closes a list, unless a word like 含 opens it.
    """
    names = [part.before + "，" + part.after for part in parts]
    wider = wording.with_carried_over.search(whole.before) is not None
    divisions = [
        *(() if wider else wording.data.partitions),
        *(wording.data.partitions_in_time if {part.role for part in parts} <= {whole.role, ""} else ()),
        *(d.parts for d in wording.data.partitions_of if any(word in whole.before for word in d.whole)),
    ]
    if (closed and not wider and wording.exhaustive.search("，".join(names))) or any(
        len(group) <= len(parts) and all(_one_names(word, names) for word in group) and _each_by_itself(group, names)
        for group in divisions
    ):
        return "all"
    return "some" if any(_told_apart(names, group, wording.data.of) for group in wording.data.series) else ""


def _told_apart(names: Sequence[str], group: Sequence[str], of: Sequence[str]) -> bool:
    """Tell whether each of several names has a word of a group of its own."""
    words = [max((word for word in group if _told(word, name, of)), key=len, default="") for name in names]
    return all(words) and len(set(words)) == len(words)


def _told(word: str, name: str, of: Sequence[str]) -> bool:
    """Tell whether a name has a word; a single character has to be the end of what stands before the figure: 评为优的."""
    return word in name if len(word) > 1 else name.partition("，")[0].rstrip("".join(of)).endswith(word)


def _one_names(word: str, names: Sequence[str]) -> bool:
    return any(word in name for name in names)


def _each_by_itself(group: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether each word of a group is in a name without another: 中央对地方转移支付 is neither 中央 nor 地方 alone."""
    apart = [name for name in names if len(_apart(group, name.partition("，")[0] or name)) <= 1]
    return all(any(word in name for name in apart) for word in group)


def _apart(group: Sequence[str], name: str) -> Sequence[str]:
    """Return the words of a group that stand apart in a name: 税收 in 非税收入 is no word of its own."""
    found: list[str] = []
    end = 0
    for place, word in sorted((name.find(word), word) for word in group if word in name):
        if place >= end:
            found.append(word)
        end = max(end, place + len(word))
    return found
