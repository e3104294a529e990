"""Everybody known: the cards of the index, and those that came or changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from regulars.match.comparison.fields import keys
from regulars.match.contradictions import judging
from regulars.match.live.cards import Card, CardMaker, Identifier, kept
from regulars.match.live.index import Index, key_texts, number_of
from regulars.match.records import blocked_forms
from regulars.match.weight.model import Model
from regulars.match.weight.scorer import Scorer
from regulars.settings import MatchSettings

#: A new card is compared with so many others at most: those that share most keys with it.
_MOST_NEIGHBOURS = 50
#: Those that share a single loose key with it, of which one in some thousands is the same person, fill up to so many.
_FEW_NEIGHBOURS = 4
#: Cards of the index that are kept at hand.
_AT_HAND = 20_000


class Known:
    """All cards, by record, and who shares a key with whom. Its owner is the only one who writes."""

    def __init__(
        self, index: Index, model: Model, settings: MatchSettings, births: Iterable[str] = ()
    ) -> None:
        """`model` is the one that weighed the cards of the index; `births` are the birth dates it set aside."""
        self.index, self.limit = index, settings.identifier_limit
        self._allowed = {form for value in settings.allowed_values for form in blocked_forms(value)}
        self.maker = CardMaker(model.kinds, model.frequencies, settings.blocked_values, births)
        self.scorer, self.judge = Scorer(model), judging()
        self._telling = [key.telling for key in keys([f"id_{n}" for n in range(len(model.kinds))])]
        self._texts = key_texts(model.kinds)
        self._of_identifiers = len(index.about.largest) - 1
        self._since: dict[int, Card] = {}
        self._left: set[int] = set()  # records of the index whose card there counts no more
        self._worn: set[int] = set()  # identifiers, by number, that became too common since
        self._blocks: dict[tuple[int, int], list[int]] = {}
        self.writer: object = None  #: the connection that writes what is taken in now
        self._before: dict[int, tuple[Card | None, bool]] = {}  # what stood of records that may be taken back
        self._worn_before: frozenset[int] = frozenset()
        self._from_index = lru_cache(_AT_HAND)(self._read)

    def __contains__(self, record: int) -> bool:
        """Whether a record has a card."""
        return record in self._since or (record not in self._left and self.index.has(record))

    def __len__(self) -> int:
        """How many cards came or changed since the index was made."""
        return len(self._since)

    def learn(self, card: Card) -> bool:
        """Take a card in, in place of the one that its record had; returns whether it says anything new."""
        record = card["record"]
        if self._says_the_same(card):
            return False
        self.forget(record)
        self._since[record] = card
        for key in self._keys_of(card):
            self._blocks.setdefault(key, []).append(record)
        return True

    def forget(self, record: int) -> None:
        """Take no account of a record any more."""
        self._before.setdefault(record, (self._since.get(record), record in self._left))
        self._drop(record)
        if self.index.has(record):
            self._left.add(record)

    def keep(self) -> None:
        """What was taken in so far is so."""
        self._before.clear()
        self._worn_before = frozenset(self._worn)

    def take_back(self) -> None:
        """Forget what was taken in since `keep`: it was not kept in the store."""
        for record, (card, left) in self._before.items():
            self._drop(record)
            if card:
                self._since[record] = card
                for key in self._keys_of(card):
                    self._blocks.setdefault(key, []).append(record)
            self._left -= set() if left else {record}
        self._worn = set(self._worn_before)
        self._before.clear()

    def _drop(self, record: int) -> None:
        old = self._since.pop(record, None)
        if old:
            for key in self._keys_of(old):
                self._blocks[key].remove(record)

    def _says_the_same(self, card: Card) -> bool:
        """Whether a card is the one that the index has, and that still counts."""
        record = card["record"]
        if record in self._since or record in self._left:
            return False
        there = self.index.kept(record)
        return there is not None and there == (card["source"], kept(card))

    def card(self, record: int) -> Card | None:
        """The card of a record; None when it has none, being nobody or gone."""
        since = self._since.get(record)
        if since is not None:
            return since
        return None if record in self._left else self._from_index(record)

    def wears_out(self, record: int) -> bool:
        """Whether a card holds an identifier that too many records have by now; it names nobody from now on."""
        card = self.card(record)
        worn = [each for each in card["identifiers"] if self.is_worn(each.type, each.value)] if card else []
        self._worn.update(number_of(f"{each.type} {each.value}") for each in worn)
        return bool(worn)

    def neighbours(self, card: Card) -> list[int]:
        """The records worth comparing with a card, those that share most keys with it first."""
        shared: Counter[int] = Counter()
        for key, number in self.numbers(card):
            block = self._block(key, number)
            shared.update(block)
            if self._telling[key]:
                shared.update(block)
        shared.pop(card["record"], None)
        if len(shared) <= _FEW_NEIGHBOURS:
            return list(shared)
        nearest = sorted(shared, key=lambda record: (-shared[record], record))[:_MOST_NEIGHBOURS]
        return [record for n, record in enumerate(nearest) if n < _FEW_NEIGHBOURS or shared[record] > 1]

    def numbers(self, card: Card) -> list[tuple[int, int]]:
        """The blocking keys of a card that are looked at: which, and the number of its text."""
        found: list[tuple[int, int]] | None = card.get("numbers")
        if found is None:
            largest, hot = self.index.about.largest, self.index.is_hot
            found = card["numbers"] = [
                (key, number)
                for key, text in enumerate(self._texts(card))
                if text is not None and largest[key] and not hot(key, number := number_of(text))
            ]
        return found

    def holders(self, identifier: Identifier) -> list[int]:
        """The records that hold an identifier; nobody when they are too many for it to name anybody."""
        key, number = self._of_identifiers, number_of(f"{identifier.type} {identifier.value}")
        if self.index.is_hot(key, number):
            return []
        found = self._block(key, number)
        return found if len(found) <= self.limit else []

    def is_worn(self, kind: str, value: str) -> bool:
        """Whether an identifier is on so many records that it names nobody."""
        if not self._allowed.isdisjoint(blocked_forms(value)):
            return False
        key, number = self._of_identifiers, number_of(f"{kind} {value}")
        if number in self._worn or self.index.is_hot(key, number):
            return True
        return len(self._sharing(key, number)) > self.limit

    def _block(self, key: int, number: int) -> list[int]:
        """Who shares a number of a key, unless too many do."""
        both = self._sharing(key, number)
        return both if len(both) <= self.index.about.largest[key] + 1 else []

    def _sharing(self, key: int, number: int) -> list[int]:
        there = self.index.block(key, number)
        if self._left:
            there = [record for record in there if record not in self._left]
        return [*there, *self._blocks.get((key, number), ())]

    def _keys_of(self, card: Card) -> Iterable[tuple[int, int]]:
        yield from self.numbers(card)
        for each in card["identifiers"]:
            yield self._of_identifiers, number_of(f"{each.type} {each.value}")

    def _read(self, record: int) -> Card | None:
        found = self.index.kept(record)
        return self.maker.read(record, *found) if found else None
