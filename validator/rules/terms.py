"""Units and words of an additional folder are put to those of the ruleset that it adds to.

Comes in: what is known already, and a file with the keys that it adds to. Goes out: the same with more in it. Mappings are
joined key by key, lists get longer, a single value is replaced; nothing is ever taken away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from validator.facts.claims import Wording, load_wording
from validator.facts.claims.vocabulary import WordingFile
from validator.facts.lexicon import Lexicon, LexiconFile, load_lexicon
from validator.facts.words import Words, WordsFile, load_words
from validator.rules.folder import LEXICON, WORDING, WORDS
from validator.rules.problems import Problems
from validator.rules.source import Loc, note_invalid, read

_Model = TypeVar("_Model", bound=BaseModel)


class Terms(NamedTuple):
    """How figures, unknown tables and sentences are worded."""

    lexicon: Lexicon
    words: Words
    wording: Wording


def load_terms(directory: Path) -> Terms:
    """Read the three files of a folder; an unchanged file is read once. Raises RulesetError for a bad one."""
    return Terms(load_lexicon(directory / LEXICON), load_words(directory / WORDS), load_wording(directory / WORDING))


def adds_to_it(directory: Path) -> bool:
    """Tell whether a folder has units or words of its own."""
    return any((directory / file).is_file() for file in (LEXICON, WORDS, WORDING))


def extended(known: Terms, directory: Path, problems: Problems) -> Terms:
    """Return the terms with what a folder adds to it; mistakes in its files go to `problems`."""
    lexicon = _added(LexiconFile, known.lexicon.data, directory, LEXICON, problems)
    words = _added(WordsFile, known.words.data, directory, WORDS, problems)
    wording = _added(WordingFile, known.wording.data, directory, WORDING, problems)
    return Terms(
        known.lexicon if lexicon is None else Lexicon(lexicon),
        known.words if words is None else Words(words),
        known.wording if wording is None else Wording(wording),
    )


def _added(model: type[_Model], known: _Model, directory: Path, file: str, problems: Problems) -> _Model | None:
    """Return the data of a file joined with what is known; None where there is no such file, or mistakes in it."""
    path = directory / file
    source = read(path, file, problems) if path.is_file() else None
    if source is None:
        return None
    if not isinstance(source.data, dict):
        problems.at(file, (1, 1), "应是一组“键: 值”", "只写要补充的键")
        return None
    raw = known.model_dump(by_alias=True)
    written: dict[Loc, Loc] = {}
    try:
        return model.model_validate(_join(raw, source.data, (), (), written))
    except _WrongShapeError as error:
        problems.at(file, source.place(error.loc), f"“{error.loc[-1]}”{error}", "照自带文件的写法")
    except ValidationError as error:
        note_invalid(error, source, sorted(_keys(raw)), problems, written=written)
    return None


class _WrongShapeError(Exception):
    """A value that is no mapping or no list where the known one is."""

    def __init__(self, loc: Loc, what: str) -> None:
        super().__init__(what)
        self.loc = loc


def _join(known: Any, more: Any, at: Loc, there: Loc, written: dict[Loc, Loc]) -> Any:
    """Return a value with what is added to it. `at` is its place in the whole, `there` in the file; `written` notes both."""
    written[at] = there
    if isinstance(known, Mapping):
        if not isinstance(more, dict):
            raise _WrongShapeError(there, "应是一组“键: 值”")
        result = dict(known)
        for key, value in more.items():
            name = key if key in known else str(key).replace("_", "-")
            place = (*at, name if name in known else key)
            result[place[-1]] = _join(known[name], value, place, (*there, key), written) if name in known else value
            written[place] = (*there, key)
        return result
    if isinstance(known, (list, tuple)):
        if not isinstance(more, list):
            raise _WrongShapeError(there, "应是一列值，写成 [甲, 乙]")
        return _longer(list(known), more, at, there, written)
    return more


def _longer(known: list[Any], more: Sequence[Any], at: Loc, there: Loc, written: dict[Loc, Loc]) -> list[Any]:
    """Return a list with more entries. One that shares a word under the same key with a known one is put to that one."""
    for number, entry in enumerate(more):
        same = next((index for index, old in enumerate(known) if _shares(old, entry)), None)
        if same is not None:
            known[same] = _join(known[same], entry, (*at, same), (*there, number), written)
        elif entry not in known:
            written[*at, len(known)] = (*there, number)
            known.append(entry)
    return known


def _shares(old: Any, new: Any) -> bool:
    if not isinstance(old, Mapping) or not isinstance(new, dict):
        return False
    return any(not set(_texts(old[key])).isdisjoint(_texts(value)) for key, value in new.items() if key in old)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [item for item in values if isinstance(item, str) and item]


def _keys(raw: Any) -> set[str]:
    """Return every key of the known data, for the nearest of them."""
    if isinstance(raw, Mapping):
        return {*map(str, raw), *(key for value in raw.values() for key in _keys(value))}
    return {key for item in raw for key in _keys(item)} if isinstance(raw, (list, tuple)) else set()
