"""The relations that the sentences of a document state: the claims of prose as places for the rules.

Comes in: passages of claims, the forms of the document, the words of prose. Goes out: for each relation its kind
(`narrative.total`, `narrative.rate` …) and a `Place`. What the words leave open is kept only where the figures bear it out; the
verdict is the rules' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from validator.facts.claims import Claim, Passage, Wording
from validator.facts.lexicon import Lexicon
from validator.model.fact import Form
from validator.rules.narrative.accounts import balances
from validator.rules.narrative.adjusted import adjusted
from validator.rules.narrative.agreement import agreements
from validator.rules.narrative.attended import attended
from validator.rules.narrative.beside_last_year import beside_last_year
from validator.rules.narrative.both_sides import both_sides
from validator.rules.narrative.bracketed_prices import bracketed_prices
from validator.rules.narrative.broken_off import broken_off, goes_on
from validator.rules.narrative.carried import carried
from validator.rules.narrative.changes import changes
from validator.rules.narrative.dashed_lines import dashed_lines
from validator.rules.narrative.details import details
from validator.rules.narrative.distributions import distributions, not_evened_out, not_of_their_sum
from validator.rules.narrative.equations import equations
from validator.rules.narrative.even_totals import even_totals
from validator.rules.narrative.flows import flows
from validator.rules.narrative.handed_out import handed_out
from validator.rules.narrative.headed import headed
from validator.rules.narrative.heads import heads
from validator.rules.narrative.limits import limits
from validator.rules.narrative.listed_names import listed_names
from validator.rules.narrative.names import NAMES, known_names
from validator.rules.narrative.numbered_lines import numbered_lines
from validator.rules.narrative.paid_months import months
from validator.rules.narrative.places import Found
from validator.rules.narrative.products import products
from validator.rules.narrative.rates import rates
from validator.rules.narrative.remainders import remainders
from validator.rules.narrative.repeats import repeats
from validator.rules.narrative.scores import scores
from validator.rules.narrative.set_off import set_off
from validator.rules.narrative.shares_elsewhere import shares_elsewhere
from validator.rules.narrative.sibling_shares import of_their_whole
from validator.rules.narrative.split_sentences import split_sentences
from validator.rules.narrative.splits import splits
from validator.rules.narrative.statements import statements
from validator.rules.narrative.subtotalled import subtotalled
from validator.rules.narrative.taken_off import with_signs
from validator.rules.narrative.told_along import told_along
from validator.rules.narrative.told_cells import cells_told
from validator.rules.narrative.told_figures import figures_told
from validator.rules.narrative.told_rows import rows_told
from validator.rules.narrative.told_sums import sums_told
from validator.rules.narrative.told_twice import told_twice
from validator.rules.narrative.totals import not_superseded, totals
from validator.rules.narrative.two_levels import two_levels
from validator.rules.narrative.two_years import changes_of_two_years
from validator.rules.narrative.unit_slips import unit_slips
from validator.rules.narrative.weighed import weighed

__all__ = ["NAMES", "Found", "known_names", "narrative_relations"]


def narrative_relations(
    passages: Sequence[Passage], forms: Sequence[Form], wording: Wording, lexicon: Lexicon
) -> Iterator[Found]:
    """Yield each relation that the prose of a document states; where it breaks off, the last list may go on."""
    last = broken_off(passages)
    return (found for found in _relations(passages, forms, wording, lexicon) if not (last and goes_on(found, last)))


def _relations(passages: Sequence[Passage], forms: Sequence[Form], wording: Wording, lexicon: Lexicon) -> Iterator[Found]:
    told: list[Found] = []
    moved: list[Found] = []
    above: Sequence[Claim] = ()
    for passage in passages:
        if passage.prose and len(passage.claims) > 1:
            lists = list(totals(passage, wording))
            wholes = {found.place.pointer for found in lists}
            told += lists
            told += (found for found in unit_slips(passage, wording) if found.place.pointer not in wholes)
            moved += changes(passage, wording, above)
            yield from products(passage, wording)
            yield from bracketed_prices(passage, wording)
            yield from flows(passage, wording)
            lots = list(handed_out(passage, lists, wording))
            told += (found for found in lots if found.kind == "narrative.total")
            yield from (found for found in lots if found.kind != "narrative.total")
        above = passage.claims
    yield from moved
    grown = {f.place.pointer.path for f in moved if f.place.pointer}
    yield from both_sides(passages, grown, wording)
    yield from beside_last_year(passages, grown, wording)
    yield from changes_of_two_years(passages, grown, wording)
    yield from adjusted(passages, wording)
    divided = _divided(passages, told, wording)
    yield from with_signs(not_superseded(told, divided), wording)
    yield from with_signs(divided, wording)
    yield from _of_lists(passages, [*told, *divided], moved, wording)
    rated = not_of_their_sum(list(rates(passages, wording)), passages, wording)
    rated = of_their_whole(rated, [*told, *divided], passages, wording)
    yield from not_evened_out(rated)
    rated_paths = {f.place.pointer.path for f in rated if f.place.pointer and f.kind == "narrative.rate"}
    summed_up = {f.place.pointer.path for f in (*told, *divided) if f.place.pointer and f.kind == "narrative.total"}
    shared = list(distributions(passages, rated_paths, wording))
    yield from (f for f in shared if f.kind == "narrative.rate" or not f.place.pointer or f.place.pointer.path not in summed_up)
    shared_paths = {f.place.pointer.path for f in shared if f.place.pointer and f.kind == "narrative.rate"}
    yield from shares_elsewhere(passages, rated_paths | shared_paths, wording)
    yield from equations(passages, rated_paths)
    balanced = list(balances(passages, wording))
    yield from balanced
    yield from set_off(passages, [*told, *balanced], wording)
    yield from remainders(passages, [*told, *rated, *balanced], wording)
    yield from months(passages, wording)
    yield from scores(passages, wording)
    yield from statements(passages, wording, lexicon.reference)
    yield from _told_again(passages, [*told, *divided], wording)
    yield from two_levels(passages, [*told, *divided], wording)
    yield from listed_names(passages, wording)
    yield from limits(passages, wording)
    yield from heads(passages, wording)
    yield from agreements(passages, forms, wording)
    yield from _of_tables(passages, forms, rated_paths, wording)


def _of_tables(passages: Sequence[Passage], forms: Sequence[Form], rated: set[str], wording: Wording) -> Iterator[Found]:
    """Yield each figure that a table of no form has as well, once: by names of rows and columns before figures alone."""
    told_paths: set[str] = set()
    for found in chain(
        cells_told(passages, forms, wording),
        rows_told(passages, forms, rated, wording),
        sums_told(passages, forms, wording),
        told_along(passages, forms, wording),
    ):
        path = found.place.pointer.path if found.place.pointer else ""
        if found.kind == "narrative.rate" or path not in told_paths:
            yield found
        told_paths.add(path)
    yield from figures_told(passages, forms, told_paths, wording)


def _told_again(passages: Sequence[Passage], lists: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield figures that are told at two places."""
    again = list(repeats(passages, wording))
    yield from again
    paths = {found.place.pointer.path for found in again if found.place.pointer}
    more = [*headed(passages, lists, paths, wording), *even_totals(passages, wording)]
    yield from more
    yield from told_twice(passages, paths | {found.place.pointer.path for found in more if found.place.pointer}, wording)


def _divided(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> list[Found]:
    """Return the wholes that lists over several sentences and lines divide, but those that are `told`."""
    divided = list(splits(passages, told, wording))
    divided += split_sentences(passages, [*told, *divided], wording)
    divided += subtotalled(passages, [*told, *divided], wording)
    divided += dashed_lines(passages, [*told, *divided], wording)
    known = {f.place.pointer.path for f in (*told, *divided) if f.place.pointer and f.kind == "narrative.total"}
    return [
        *divided, *(f for f in numbered_lines(passages, wording) if f.place.pointer and f.place.pointer.path not in known),
    ]  # fmt: skip


def _of_lists(passages: Sequence[Passage], lists: Sequence[Found], moved: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield what follows from lists that add up: for what stands beside their items, and for what is told of them elsewhere."""
    yield from attended(passages, lists, moved, wording)
    yield from carried(passages, lists, wording)
    yield from details(passages, lists, wording)
    grown = {found.place.pointer.path for found in moved if found.place.pointer}
    yield from weighed(passages, lists, grown, wording)
