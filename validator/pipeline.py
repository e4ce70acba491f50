"""The whole way from a file to a report, on one screen: the only place where the stages meet.

path ─read─▸ Document ─restore─▸ Document ─recognise─▸ Match* ─extract─▸ Form* ─evaluate─▸ Check* ─diagnose─▸ Finding* ─▸ Report
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from validator.collecting import uncollected
from validator.errors import UnreadableDocument, UsageError
from validator.facts.claims import Passage, claims_section, read_passages
from validator.facts.counting import figures_in
from validator.facts.extract import Extractor, add_remarks
from validator.facts.generic import give_back, read_tables
from validator.forms.beside import stand_apart
from validator.forms.recognise import Recogniser, Recognition, Span
from validator.inference.agenda import Plan, RuleNeeds, plan
from validator.inference.culprits import Blame, culprits
from validator.inference.diagnosis import diagnose
from validator.inference.engine import choose_engine
from validator.inference.folding import Diagnosis
from validator.inference.repeats import once
from validator.inference.spec import load_diagnoses
from validator.model.checks import Checks, Late
from validator.model.document import GRIDS, LINES, Document, Note, Paragraph, Table
from validator.model.fact import Form, Pointer, Section
from validator.model.finding import Check, Coverage, Finding, FormMatch, Outcome, Report, RuleTally, Severity
from validator.readers import read
from validator.readers.locate import locate
from validator.reports.english import english
from validator.rules.breaking import left_open_at
from validator.rules.evaluate import Evaluated, Evaluator, Results, crashed, judge, with_parameters
from validator.rules.load import CompiledRule, Ruleset, load_ruleset
from validator.rules.scopes import DOCUMENT_PLACES, document_places
from validator.rules.supposition import FormRules, Supposition
from validator.rules.terms import Terms

_NOT_RESTORED = "还原文字里的表时程序内部出错（{}），表未作核对；请把文件报给开发者。"
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was read from a document, before anything is judged."""

    document: Document
    forms: tuple[Form, ...]
    reasons: tuple[str, ...] = ()
    """Why a table was not taken for a form."""
    nearly: tuple[str, ...] = ()
    """Those of the reasons that tell of a form whose title is there."""
    passages: tuple[Passage, ...] = ()
    """The paragraphs and long cells, with what their sentences claim."""
    figures: frozenset[str] = frozenset()
    """Addresses of the cells that hold a figure, whether anything was made of it or not."""


@dataclass(slots=True, eq=False)
class Checker:
    """A ruleset made ready for any number of documents."""

    ruleset: Ruleset
    engine: str = "auto"
    recogniser: Recogniser = field(init=False)
    terms: Terms = field(init=False)
    extractor: Extractor = field(init=False)
    needs: tuple[RuleNeeds, ...] = field(init=False)
    diagnoses: tuple[Diagnosis, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Compile what depends on the ruleset only."""
        self.recogniser = Recogniser((form, form.sections) for form in self.ruleset.forms.values() if form.sections)
        self.terms = self.ruleset.terms
        self.extractor = Extractor(self.terms.lexicon)
        self.needs = tuple(
            needs
            for rule in self.ruleset.rules
            if not rule.place.startswith(("table.", "document.", "narrative."))
            for needs in _needs(rule)
        )
        self.diagnoses = load_diagnoses(*self.ruleset.diagnoses)

    def understand(self, source: str | Path | bytes, *, name: str = "", form: str | None = None) -> Understanding:
        """Read a document and everything that its forms say. Raises UnreadableDocument, also where nothing stands in it."""
        document = read(source, name=name)
        if not any(map(_says_something, document.blocks)) and not any(note.address for note in document.notes):
            seen = next((f"：{note.message}" for note in document.notes), "")
            raise UnreadableDocument(
                f"没有可以核对的内容{seen}", where=Path(document.path).name, remedy="确认没有存错文件；扫描件先识别成文字"
            )
        if document.format in LINES or document.format in GRIDS:
            from validator.forms.restore import restore

            try:
                document = restore(document, self.ruleset)
            except Exception as error:  # noqa: BLE001 (a bug of ours must not hide what else the document says)
                note = Note(_NOT_RESTORED.format(type(error).__name__), next((block.address for block in document.blocks), ""))
                document = replace(document, notes=(*document.notes, note))
        return self.understand_document(document, form=form)

    def understand_document(self, document: Document, *, form: str | None = None) -> Understanding:
        """Say what a document says that was read, and whose lost tables were restored, before."""
        if form is not None and form not in self.ruleset.forms:
            raise UsageError(f"没有表“{form}”", remedy="可用的表见 gouji forms")
        document = stand_apart(document, self.recogniser.is_title, self.recogniser.blocks_in)
        recognition = self.recogniser.recognise(document, only=form)
        forms = [self.extractor.extract(match, index) for index, match in enumerate(recognition.matches)]
        unread = tuple(note for found in forms for section in found.sections for note in section.unread)
        document = replace(document, notes=document.notes + unread)
        tables = self._other_tables(recognition)
        give_back(tables, forms)
        if tables:
            title = self.ruleset.forms["generic"].title.zh
            forms.append(Form("generic", title, tables[0].address, 1.0, (), tables, index=len(forms)))
        passages = self._passages(document, forms)
        add_remarks(forms, passages)
        if any(passage.claims for passage in passages if passage.prose):
            title = self.ruleset.forms["narrative"].title.zh
            claims = claims_section(passages)
            forms.append(Form("narrative", title, claims.address, 1.0, (), [claims], index=len(forms)))
        figures = {fact.pointer.address for form in forms for fact in form.facts() if fact.quantity is not None}
        sentences = {
            fact.pointer.address.partition(":")[0] for form in forms if form.id == "narrative" for fact in form.facts()
        }
        figures.update(figures_in(document, self.terms.lexicon, sentences))
        bare = () if forms else tuple(f"{title}：只有表的标题，没有读到表，没有核对。" for title in recognition.bare)
        reasons = (*recognition.reasons, *bare)
        return Understanding(document, tuple(forms), reasons, recognition.nearly, passages, frozenset(figures))

    def check(
        self,
        source: str | Path | bytes,
        *,
        name: str = "",
        form: str | None = None,
        lang: str = "zh",
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> Report:
        """Check a document. Raises UnreadableDocument.

        `select` and `ignore` hold ids or names of rules, or beginnings of ids.
        """
        return self.judge(self.understand(source, name=name, form=form), lang=lang, select=select, ignore=ignore)

    @uncollected()
    def judge(
        self, understood: Understanding, *, lang: str = "zh", select: Sequence[str] = (), ignore: Sequence[str] = ()
    ) -> Report:
        """Evaluate every rule that is due, find the causes, put the report together."""
        forms = understood.forms
        engine = choose_engine(self.engine).engine
        rules = self.ruleset.rules
        if select or ignore:
            rules = tuple(rule for rule in rules if _wanted(rule, select, ignore))
        agenda = plan([form for form in forms if form.id not in ("generic", "narrative")], self.needs, engine)
        results = self._evaluated(understood, rules, agenda, lang)
        if understood.document.edge is not None:
            results = left_open_at(results, understood.document.edge)
        checks, telling = results.checks, results.telling
        findings = diagnose(
            [entry.finding for entry in telling if entry.finding is not None],
            [entry.check for entry in telling],
            forms,
            self.diagnoses,
            engine,
            lang=lang,
            differences={entry.check.id: entry.difference for entry in telling if entry.difference is not None},
            blame=self._blamed(forms, rules, agenda, telling),
        )
        document = understood.document
        report = Report(
            path=document.path,
            format=document.format,
            sha256=document.sha256,
            forms=tuple(FormMatch(f.id, f.title, f.at, f.confidence, f.reasons) for f in forms),
            checks=checks,
            findings=_sorted(once(findings, [entry.check for entry in telling]), document),
            tallies=Late(lambda: _tallies(rules, checks, lang)),
            coverage=Coverage(len(understood.figures), lambda: len(understood.figures & _compared(checks.made()))),
            notes=document.notes,
        )
        return self._in_english(report) if lang == "en" else report

    def _evaluated(self, understood: Understanding, rules: tuple[CompiledRule, ...], agenda: Plan, lang: str) -> Results:
        results = Results()
        document = understood.document
        start = document.blocks[0].address if document.blocks else ""
        # Tables of no form are usual among prose: only of what has the title of a form is told why it is none.
        among_prose = {"generic", "narrative"} <= {form.id for form in understood.forms}
        notes, reasons = document.notes, understood.nearly if among_prose else understood.reasons
        if lang == "en":
            notes, reasons = _notes_in_english(notes), tuple(map(english, reasons))
        for form in understood.forms:
            if form.id == "generic":
                self._evaluate_tables(form, rules, lang, results)
                continue
            if form.id == "narrative":
                self._evaluate_prose(form, understood, rules, lang, results)
                continue
            specs = {section.id: section for section in self.ruleset.forms[form.id].sections}
            evaluator = Evaluator(form, specs, self.ruleset.values(form.id, form.year), lang, self.terms.lexicon)
            for rule in _due(rules, agenda.by_form[form.index]):
                evaluator.evaluate(rule, results)
        text_at = _text_at(document)
        by_place = _by_place(rules)
        for rule in sorted([rule for place in DOCUMENT_PLACES for rule in by_place.get(place, ())], key=_ID):
            for place in document_places(rule.place, understood.forms, notes, reasons, start, text_at):
                bound = with_parameters(rule, place, self.ruleset.values())
                results.add(judge(rule, bound, lang, None, results.next_id))
        return results

    def _in_english(self, report: Report) -> Report:
        """Return the report with what the engine says in Chinese put into English. Rules bring their own texts."""
        titled = (form._replace(title=self._english_title(form)) for form in report.forms)
        return replace(
            report,
            forms=tuple(form._replace(reasons=tuple(map(english, form.reasons))) for form in titled),
            checks=tuple([check._replace(reason=english(check.reason)) if check.reason else check for check in report.checks]),
            notes=_notes_in_english(report.notes),
        )

    def _english_title(self, form: FormMatch) -> str:
        """Return a form's title: as the document has it, but for what is no form and has none there."""
        ours = self.ruleset.forms[form.id].title.en if form.id in ("generic", "narrative") else ""
        return ours or form.title

    def _blamed(
        self, forms: Sequence[Form], rules: tuple[CompiledRule, ...], agenda: Plan, telling: Sequence[Evaluated]
    ) -> dict[str, Blame]:
        """Return, by check that failed, the one cell of its form that explains it."""
        about = {
            entry.check.id: (
                entry.finding.primary.path,
                (entry.finding.severity.rank, entry.check.kind in ("ratio", "growth"), n),
            )
            for n, entry in enumerate(telling)
            if entry.finding is not None and entry.finding.severity is not Severity.INFO
        }
        if not about:
            return {}
        own = [
            FormRules(
                form,
                {section.id: section for section in self.ruleset.forms[form.id].sections},
                self.ruleset.values(form.id, form.year),
                _due(rules, agenda.by_form[form.index]),
            )
            for form in forms
            if form.id not in ("generic", "narrative")
        ]
        supposition = Supposition(forms, own, telling, self.terms.lexicon)
        return culprits(list(supposition.supposed()), about, supposition.unsolved)

    def _evaluate_tables(self, form: Form, rules: tuple[CompiledRule, ...], lang: str, results: Results) -> None:
        from validator.rules.relations import relations

        words = self.terms.words
        by_place = _by_place(rules)
        parameters = self.ruleset.values(form.id, form.year)
        for section in form.sections:
            owner = form.index if section.owner is None else section.owner
            for kind, place in _unbroken(relations(section, words), rules, section.path, results):
                for rule in by_place.get(kind, ()):
                    results.add(judge(rule, with_parameters(rule, place, parameters), lang, owner, results.next_id))

    def _evaluate_prose(
        self, form: Form, understood: Understanding, rules: tuple[CompiledRule, ...], lang: str, results: Results
    ) -> None:
        from validator.rules.narrative import narrative_relations

        by_place = _by_place(rules)
        parameters = self.ruleset.values(form.id, form.year)
        stated = narrative_relations(understood.passages, understood.forms, self.terms.wording, self.terms.lexicon)
        for found in _unbroken(stated, rules, form.sections[0].path, results):
            for rule in by_place.get(found.kind, ()):
                results.add(judge(rule, with_parameters(rule, found.place, parameters), lang, form.index, results.next_id))

    def _passages(self, document: Document, forms: Sequence[Form]) -> tuple[Passage, ...]:
        wording = self.terms.wording
        return read_passages(document, self.terms.lexicon, wording, forms)

    def _other_tables(self, recognition: Recognition) -> list[Section]:
        words = self.terms.words
        sections: list[Section] = []
        own = [
            Span(block.table, block.top, block.end, block.above)
            for match in recognition.matches
            for block in match.blocks
            if block.section.generic
        ]
        for span in (*recognition.other, *own):
            sections += read_tables(span, self.terms.lexicon, words, len(sections), title="\n".join(span.above))
        for section in sections[-1:]:
            section.ends_text = section.table is recognition.last and section.table is not None and section.table.inferred
        return sections


def _unbroken(found: Iterable[_Found], rules: tuple[CompiledRule, ...], path: str, results: Results) -> Iterator[_Found]:
    """Yield what is found; where a bug of ours breaks it off, a check says so, and all else is still judged."""
    try:
        yield from found
    except Exception as error:  # noqa: BLE001 (one table, or the prose, must not take the rest along)
        if rules:
            results.add(Evaluated(crashed(rules[0], path, error, results.next_id)))


_MOST_CHECKERS = 8
_checkers: dict[tuple[int, str], Checker] = {}


def checker(ruleset: Ruleset | None = None, engine: str = "auto") -> Checker:
    """Return the checker of a ruleset (None: the shipped one), made once."""
    loaded = ruleset if ruleset is not None else load_ruleset()
    key = (id(loaded), engine)
    if key not in _checkers or _checkers[key].ruleset is not loaded:
        if len(_checkers) >= _MOST_CHECKERS:
            _checkers.clear()
        _checkers[key] = Checker(loaded, engine)
    return _checkers[key]


def understand(
    source: str | Path | bytes, *, name: str = "", ruleset: Ruleset | None = None, form: str | None = None
) -> Understanding:
    """Read a document and say what was understood. `source`: a path or the bytes of a file, which then needs a `name`."""
    return checker(ruleset).understand(source, name=name, form=form)


def check(
    source: str | Path | bytes,
    *,
    name: str = "",
    ruleset: Ruleset | None = None,
    form: str | None = None,
    lang: str = "zh",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    engine: str = "auto",
) -> Report:
    """Check a document and report. Raises UnreadableDocument, RulesetError, UsageError; nothing else for any input."""
    return checker(ruleset, engine).check(source, name=name, form=form, lang=lang, select=select, ignore=ignore)


def _text_at(document: Document) -> Callable[[str], str]:
    """Return what tells the text at an address, empty for a span of several cells. Most documents are never asked.

    Cells that were put back under their columns keep their addresses: the slot no longer tells what stands there.
    """
    texts: dict[str, str] = {}

    def text_at(address: str) -> str:
        if not texts:
            for block in document.blocks:
                texts.update({cell.address: cell.text for cell in (block.cells() if isinstance(block, Table) else (block,))})
        if address in texts or "!" in address:
            return texts.get(address, "")
        try:
            return locate(document, address).text
        except UsageError:
            return ""

    return text_at


def _says_something(block: Table | Paragraph) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() for cell in block.cells())


def _notes_in_english(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(note._replace(message=english(note.message)) for note in notes)


@lru_cache(maxsize=16)
def _by_place(rules: tuple[CompiledRule, ...]) -> Mapping[str, Sequence[CompiledRule]]:
    found: dict[str, list[CompiledRule]] = {}
    for rule in rules:
        found.setdefault(rule.place, []).append(rule)
    return found


@lru_cache(maxsize=256)
def _due(rules: tuple[CompiledRule, ...], ids: frozenset[str]) -> tuple[CompiledRule, ...]:
    return tuple([rule for rule in rules if rule.id in ids])


def _needs(rule: CompiledRule) -> Iterator[RuleNeeds]:
    """Yield what a rule can't do without in each of its places: the section, and the column that holds what it is about."""
    forms = tuple(sorted(rule.forms))
    for place, columns in ((rule.place, rule.needs), *rule.also):
        if place in ("form", "document"):
            yield RuleNeeds(rule.id, place, "", forms, frozenset())
        else:
            yield RuleNeeds(rule.id, place, place.partition(".")[0], forms, columns)


def _wanted(rule: CompiledRule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    def named(words: Sequence[str]) -> bool:
        return any(word == rule.spec.name or rule.id.startswith(word) for word in words)

    return (not select or named(select)) and not named(ignore)


def _compared(checks: Iterable[Check]) -> set[str]:
    """Return the addresses of the cells that some rule compared."""
    passed, failed = Outcome.PASS, Outcome.FAIL
    compared = [check for check in checks if check.outcome is passed or check.outcome is failed]
    found = set(map(_ADDRESS, chain.from_iterable(map(_OPERANDS, compared))))
    found.update([check.stated.address for check in compared if check.stated is not None])
    return found


_OPERANDS: Callable[[Check], tuple[Pointer, ...]] = attrgetter("operands")
_ADDRESS: Callable[[Pointer], str] = attrgetter("address")
_ID: Callable[[CompiledRule], str] = attrgetter("id")


def _sorted(findings: Sequence[Finding], document: Document) -> tuple[Finding, ...]:
    """Sort by form, then by place in the document, then by weight."""
    if len(findings) <= 1:
        return tuple(findings)
    places = document.places({finding.primary.address for finding in findings})
    last = (len(document.blocks), 0, 0)
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                -1 if f.form is None else f.form,
                places.get(f.primary.address, last),
                f.severity.rank,
                f.rule,
                f.id,
            ),
        )
    )


def _tallies(rules: Iterable[CompiledRule], checks: Checks, lang: str) -> tuple[RuleTally, ...]:
    counts = {
        rule: {_SPELLED[outcome]: count for outcome, count in counted.items()} for rule, counted in checks.outcomes().items()
    }
    return tuple([tuple.__new__(RuleTally, (rule.id, rule.titles[lang], counts.get(rule.id, {}))) for rule in rules])


_SPELLED = {outcome: outcome.value for outcome in Outcome}
