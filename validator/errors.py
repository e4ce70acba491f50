"""What can go wrong that is not a fault in the figures. Each error says what happened, where, and what to do next."""

from __future__ import annotations


class GoujiError(Exception):
    """Anything this package raises on purpose. `exit_code` is what the command line ends with."""

    exit_code = 2

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        """`message`: what happened; `where`: file, sheet or file:line:column; `remedy`: what to do next."""
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        return "".join((f"{self.where}：" if self.where else "", self.message, f"（{self.remedy}）" if self.remedy else ""))


class UsageError(GoujiError):
    """The command line or a call of the API makes no sense."""


class RulesetError(GoujiError):
    """Rule files with mistakes: every mistake, each with file, line and column."""

    def __init__(self, problems: list[str]) -> None:
        """`problems`: one line each, `file:line:column: what is wrong (what to do)`."""
        super().__init__("规则文件有误：\n" + "\n".join(problems))
        self.problems = tuple(problems)


class UnreadableDocument(GoujiError):  # noqa: N818 (it names the document, as people would)
    """A document that can't be opened or is not what its name says."""

    exit_code = 3


class UnsupportedFormat(UnreadableDocument):
    """A kind of file that no reader takes."""
