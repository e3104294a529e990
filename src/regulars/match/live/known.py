"""Everybody known: the cards of the index, and those that came or changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from regulars.match.comparison.fields import keys
from regulars.match.contradictions import judging
from regulars.match.live.cards import Card, CardMaker, Identifier, kept
from regulars.match.live.index import Index, key_of, key_texts, number_of
from regulars.match.records import allowed_forms, blocked_forms, most_holders
from regulars.match.weight.by_field import ByField
from regulars.match.weight.ceiling import Ceiling
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
        self._allowed, self._most_allowed = allowed_forms(settings), most_holders(settings)
        self.maker = CardMaker(model.kinds, model.frequencies, settings.blocked_values, births)
        self.scorer, self.by_field, self.judge = Scorer(model), ByField(model), judging()
        self.ceiling = Ceiling(model, self.maker.outlined)
        self._worth = [2 if key.telling else 1 for key in keys([f"id_{n}" for n in range(len(model.kinds))])]
        self._texts = key_texts(model.kinds)
        self._of_identifiers = len(index.about.largest) - 1
        self._since: dict[int, Card] = {}
        self._left: set[int] = set()  # records of the index whose card there counts no more
        self._worn: set[int] = set()  # identifiers, by number, that became too common since
        self._blocks: dict[int, list[int]] = {}  # by number
        self.writer: object = None  #: the connection that writes what is taken in now
        self._before: dict[int, tuple[Card | None, bool]] = {}  # what stood of records that may be taken back
        self._worn_before: frozenset[int] = frozenset()
        self._from_index: dict[int, Card] = {}
        self._there = lru_cache(_AT_HAND)(self._in_index)
        self._number = lru_cache(_AT_HAND)(self._hashed)

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
        if record in self._left:
            return None
        found = self._from_index.get(record)
        if found is None and (kept := self.index.kept(record)):
            found = self._keep_at_hand(record, self.maker.outline(*kept))
        return found

    def reaches(self, card: Card, record: int, weight: float) -> bool:
        """Whether a card and that of a record may weigh so much, in log2 odds. Of most that do not, the card is not
        even made."""
        other = self._since.get(record) or self._from_index.get(record)
        kept = None if other else self.index.kept(record)
        about = other or (self.maker.outline(*kept) if kept else None)
        if about is None:
            return False
        both = (card, about) if card["record"] < record else (about, card)
        if self.ceiling.of(*both) < weight:
            return False
        if not other:
            self._keep_at_hand(record, about)
        return True

    def _keep_at_hand(self, record: int, outline: Card) -> Card:
        if len(self._from_index) >= _AT_HAND:
            self._from_index.clear()
        card = self._from_index[record] = self.maker.filled(record, outline)
        return card

    def wears_out(self, record: int) -> bool:
        """Whether a card holds an identifier that too many records have by now; it names nobody from now on."""
        card = self.card(record)
        worn = [each for each in card["identifiers"] if self.is_worn(each.type, each.value)] if card else []
        self._worn.update(self._number(each.type, each.value) for each in worn)
        return bool(worn)

    def neighbours(self, card: Card) -> list[int]:
        """The records worth comparing with a card, those that share most keys with it first."""
        numbers, since, worth, shared = self.numbers(card), self._blocks, self._worth, dict[int, int]()
        for number, there in zip(numbers, self.index.blocks(numbers), strict=True):
            if there or number in since:
                more = worth[key_of(number)]
                for record in self._block(number, there):
                    shared[record] = shared.get(record, 0) + more
        shared.pop(card["record"], None)
        if len(shared) <= _FEW_NEIGHBOURS:
            return list(shared)
        nearest = sorted(sorted(shared), key=shared.__getitem__, reverse=True)[:_MOST_NEIGHBOURS]
        return [record for n, record in enumerate(nearest) if n < _FEW_NEIGHBOURS or shared[record] > 1]

    def numbers(self, card: Card) -> list[int]:
        """The numbers of the blocking keys of a card that are looked at."""
        found: list[int] | None = card.get("numbers")
        if found is None:
            largest, hot = self.index.about.largest, self.index.hot
            found = card["numbers"] = [
                number
                for key, text in enumerate(self._texts(card))
                if text is not None and largest[key] and (number := number_of(key, text)) not in hot
            ]
        return found

    def holders(self, identifier: Identifier) -> list[int]:
        """The records that hold an identifier; nobody when they are too many for it to name anybody."""
        number = self._number(identifier.type, identifier.value)
        if number in self.index.hot:
            return []
        found = self._block(number, self._there(number))
        return found if len(found) <= self._most(identifier.value) else []

    def is_worn(self, kind: str, value: str) -> bool:
        """Whether an identifier is on so many records that it names nobody."""
        number = self._number(kind, value)
        if number in self._worn or number in self.index.hot:
            return True
        return len(self._sharing(number, self._there(number))) > self._most(value)

    def _most(self, value: str) -> int:
        """On how many records a value may be and still name somebody: on more where the shop allows it."""
        allowed = bool(self._allowed) and not self._allowed.isdisjoint(blocked_forms(value))
        return self._most_allowed if allowed else self.limit

    def _hashed(self, kind: str, value: str) -> int:
        """The number of an identifier."""
        return number_of(self._of_identifiers, f"{kind} {value}")

    def _block(self, number: int, there: list[int]) -> list[int]:
        """Who shares a number, unless too many do: those who are `there` in the index, and who came since."""
        both = self._sharing(number, there)
        return both if len(both) <= self.index.about.largest[key_of(number)] + 1 else []

    def _sharing(self, number: int, there: list[int]) -> list[int]:
        if self._left and there:
            there = [record for record in there if record not in self._left]
        since = self._blocks.get(number)
        return [*there, *since] if since else there

    def _in_index(self, number: int) -> list[int]:
        return self.index.block(number)

    def _keys_of(self, card: Card) -> Sequence[int]:
        return [*self.numbers(card), *(self._number(each.type, each.value) for each in card["identifiers"])]
