"""Which files of a folder of rules and forms are read, and which look as if they were meant to be.

Comes in: the folder. Goes out: for each file that would be passed over, what is wrong with its name or place. A rule that is
never read finds nothing, and says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from validator.rules.problems import Problems
from validator.rules.source import nearest

FORMS, RULES, SECTIONS = "*/form.yaml", "*/rules/*.yaml", "common/sections/*.yaml"
PARAMETERS, DIAGNOSES = "common/parameters.yaml", "diagnoses/*.yaml"
LEXICON, WORDS, WORDING = "common/lexicon.yaml", "generic/words.yaml", "narrative/words.yaml"
READ = (FORMS, RULES, SECTIONS, PARAMETERS, DIAGNOSES, LEXICON, WORDS, WORDING)
"""Patterns of the files that are read, from the folder."""

_ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
_COMMON = ("parameters", "lexicon")
"""Files that stand in `common/`, by their names."""
_DEEPEST = 4
_MOST = 20_000
_PLACES = "放在：表id/form.yaml、表id/rules/*.yaml、common/parameters.yaml；不用的请移出这个文件夹"


def check_files(directory: Path, problems: Problems) -> None:
    """Note every file that looks like one of rules and would not be read, and a folder in which nothing is."""
    found = list(_yaml_files(directory))
    if "form.yaml" in found:
        what = "这是一种表的文件夹，规则和表样没有读"
        problems.at("form.yaml", (1, 1), what, f"--ruleset（或 gouji test）写它的上一层：{directory.resolve().parent}")
        return
    read = [file for file in found if any(_matches(file, pattern) for pattern in READ)]
    if not read:
        inner = next((PurePosixPath(file).parents[-2] for file in found if _reads_below(file)), None)
        if inner is not None:
            problems.at(str(inner), (1, 1), "规则和表样在里面一层，没有读", f"写成 {directory / inner}")
            return
    for file in found:
        if file not in read:
            problems.at(file, (1, 1), "这个文件没有读", _remedy(file))
    if not found:
        problems.at(str(directory), (1, 1), "文件夹里没有规则，也没有表样", _PLACES)


def _yaml_files(directory: Path) -> Iterator[str]:
    """Yield the files with an ending like that of rules, hidden ones left out; a folder may be large by mistake."""
    seen = 0
    for root, folders, files in os.walk(directory):
        below = Path(root).relative_to(directory)
        folders[:] = sorted(name for name in folders if not name.startswith(".")) if len(below.parts) < _DEEPEST else []
        for name in sorted(files):
            seen += 1
            if not name.startswith(".") and name.lower().endswith(_ENDINGS):
                yield (below / name).as_posix()
        if seen > _MOST:
            return


def _matches(file: str, pattern: str) -> bool:
    """Tell whether a pattern finds a file; `*` stays within one name."""
    names, parts = file.split("/"), pattern.split("/")
    return len(names) == len(parts) and all(map(fnmatchcase, names, parts))


def _reads_below(file: str) -> bool:
    _, _, rest = file.partition("/")
    return any(_matches(rest, pattern) for pattern in READ)


def _remedy(file: str) -> str:
    path = PurePosixPath(file)
    stem = path.name[: path.name.lower().index(".y")]
    renamed = path.with_name(f"{stem}.yaml").as_posix()
    if renamed != file and any(_matches(renamed, pattern) for pattern in READ):
        return f"文件名改成 {stem}.yaml"
    if stem in _COMMON:
        return f"挪到 common/{stem}.yaml"
    folder, *rest = renamed.split("/")
    if len(rest) == 1 and folder == "common" and (near := nearest(stem, _COMMON)):
        return f"文件名{near}"
    if len(rest) == 2 and (near := nearest(rest[0], ("rules",), cutoff=0.6)):
        return f"文件夹{near}"
    if len(rest) == 1 and folder != "common":
        return f"规则放在 {folder}/rules/ 里"
    return _PLACES
