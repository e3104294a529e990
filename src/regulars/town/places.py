"""Where the town's people live: cities with their postal codes and area codes, and streets by language.

Most live around the two shops; some write from France or the United States and buy on the web alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city where customers live."""

    name: str
    region: str  #: province or state; France has none in addresses
    country: str  #: ISO 3166
    areas: tuple[str, ...]  #: beginnings of its postal codes: FSA in Canada, whole codes elsewhere
    phones: tuple[str, ...]  #: area codes; in France the first two digits
    weight: float  #: share of the town's households, before normalising


CITIES: tuple[City, ...] = (
    City(
        name="Montréal",
        region="QC",
        country="CA",
        areas=("H2J", "H2W", "H2T", "H2X", "H1W", "H1X", "H4A", "H4C", "H3B", "H2S"),
        phones=("514", "438"),
        weight=40,
    ),
    City(
        name="Longueuil",
        region="QC",
        country="CA",
        areas=("J4H", "J4J", "J4K", "J4L", "J4M"),
        phones=("450", "579"),
        weight=14,
    ),
    City(
        name="Laval",
        region="QC",
        country="CA",
        areas=("H7A", "H7L", "H7N", "H7V", "H7X"),
        phones=("450", "579"),
        weight=8,
    ),
    City(
        name="Saint-Lambert",
        region="QC",
        country="CA",
        areas=("J4P", "J4R", "J4S"),
        phones=("450",),
        weight=5,
    ),
    City(
        name="Brossard",
        region="QC",
        country="CA",
        areas=("J4W", "J4X", "J4Y", "J4Z"),
        phones=("450", "579"),
        weight=5,
    ),
    City(name="Westmount", region="QC", country="CA", areas=("H3Y", "H3Z"), phones=("514",), weight=4),
    City(
        name="Québec",
        region="QC",
        country="CA",
        areas=("G1R", "G1S", "G1K", "G1V"),
        phones=("418", "581"),
        weight=5,
    ),
    City(
        name="Sherbrooke",
        region="QC",
        country="CA",
        areas=("J1H", "J1J", "J1L"),
        phones=("819", "873"),
        weight=3,
    ),
    City(
        name="Gatineau",
        region="QC",
        country="CA",
        areas=("J8T", "J8X", "J9A"),
        phones=("819", "873"),
        weight=2,
    ),
    City(
        name="Ottawa",
        region="ON",
        country="CA",
        areas=("K1N", "K1S", "K2P", "K1Y"),
        phones=("613", "343"),
        weight=4,
    ),
    City(
        name="Toronto",
        region="ON",
        country="CA",
        areas=("M5V", "M4C", "M6G", "M6J"),
        phones=("416", "647"),
        weight=4,
    ),
    City(
        name="Paris",
        region="",
        country="FR",
        areas=("75003", "75010", "75011", "75018", "75020"),
        phones=("06", "07", "01"),
        weight=2,
    ),
    City(
        name="Lyon",
        region="",
        country="FR",
        areas=("69001", "69003", "69007"),
        phones=("06", "07", "04"),
        weight=1.2,
    ),
    City(
        name="New York",
        region="NY",
        country="US",
        areas=("10003", "10011", "11215", "11201"),
        phones=("212", "718", "917"),
        weight=1.6,
    ),
    City(name="Burlington", region="VT", country="US", areas=("05401", "05408"), phones=("802",), weight=1.2),
)
_FRENCH_STREETS = (
    "rue Saint-Denis;rue Rachel;avenue du Mont-Royal;rue Sherbrooke;boulevard Saint-Laurent;rue Ontario;rue Beaubien;"
    "rue de la Roche;chemin de Chambly;rue Saint-Charles;avenue Papineau;rue Saint-Hubert;boulevard Taschereau;"
    "rue Sainte-Catherine;avenue De Lorimier;rue Notre-Dame;rue Victoria;rue Principale;rue de l'Église;rue Gilford;"
    "boulevard Rosemont;avenue Laurier;rue Cartier;rue Bélanger;rue Jarry;avenue Christophe-Colomb;rue Berri;"
    "rue Fullum;rue Chapleau;rue Masson;boulevard Pie-IX;rue Dandurand;rue des Érables;rue des Lilas;rue du Parc;"
    "rue Bourassa;chemin du Lac;rue Labelle;boulevard Curé-Poirier;rue Joliette;place Jacques-Cartier;rue Marquette"
)
_ENGLISH_STREETS = (
    "Main Street;King Street West;Queen Street;Sherbrooke Street West;Victoria Avenue;Greene Avenue;Elm Avenue;"
    "Maple Street;Church Street;Bank Street;Somerset Street West;Park Avenue;Wellington Street;Oak Street;Pine Avenue;"
    "Claremont Avenue;Lansdowne Avenue;Prince Albert Avenue;Bronson Avenue;College Street;Dundas Street West;"
    "Harbord Street;Sunnyside Avenue;Riverside Drive;Lakeshore Road;Mill Road;Cedar Crescent;Willow Court;"
    "Rosemount Avenue;St. Clair Avenue;Bathurst Street;Hillcrest Road;Spring Garden Road;Chestnut Street;Union Street"
)
_LETTERS = "ABCEGHJKLMNPRSTVWXYZ"  # the letters Canada Post uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Addresses, one row each."""

    number: pa.Array
    street: pa.Array  #: type and name, without the number
    unit: pa.Array  #: apartment; empty in a house
    city: pa.Array
    region: pa.Array
    postcode: pa.Array
    country: pa.Array
    area_code: pa.Array

    def take(self, index: np.ndarray) -> Homes:
        """The homes with these row numbers."""
        rows = pa.array(index)
        return Homes(**{name: getattr(self, name).take(rows) for name in self.__dataclass_fields__})


def homes(french: np.ndarray, rng: np.random.Generator) -> Homes:
    """One home for each household; `french` says the household's language."""
    count = len(french)
    weights = np.array([city.weight for city in CITIES])
    city = rng.choice(len(CITIES), size=count, p=weights / weights.sum())
    number = rng.integers(1, 1 + rng.choice([99, 999, 9999], size=count, p=[0.2, 0.4, 0.4]))
    street = _one_of(
        (tuple(_ENGLISH_STREETS.split(";")), tuple(_FRENCH_STREETS.split(";"))), french.astype(int), rng
    )
    flat = rng.random(count) < 0.35
    unit = np.where(flat, rng.integers(1, 40, size=count), 0)
    area = _one_of(tuple(c.areas for c in CITIES), city, rng)
    abroad = np.array([c.country != "CA" for c in CITIES])[city]
    rest = _delivery_units(number, rng)
    return Homes(
        number=pc.cast(pa.array(number), pa.string()),
        street=street,
        unit=pc.if_else(pa.array(flat), pc.cast(pa.array(unit), pa.string()), ""),
        city=pa.array([c.name for c in CITIES]).take(pa.array(city)),
        region=pa.array([c.region for c in CITIES]).take(pa.array(city)),
        postcode=pc.if_else(pa.array(abroad), area, pc.binary_join_element_wise(area, rest, " ")),
        country=pa.array([c.country for c in CITIES]).take(pa.array(city)),
        area_code=_one_of(tuple(c.phones for c in CITIES), city, rng),
    )


def _one_of(lists: tuple[tuple[str, ...], ...], which: np.ndarray, rng: np.random.Generator) -> pa.Array:
    """From the list numbered `which`, an entry; the first ones are the likelier."""
    starts = np.cumsum([0, *(len(entries) for entries in lists)])
    sizes = np.diff(starts)[which]
    index = starts[which] + np.floor(rng.random(len(which)) ** 1.5 * sizes).astype(np.int64)
    return pa.array([entry for entries in lists for entry in entries]).take(pa.array(index))


def _delivery_units(number: np.ndarray, rng: np.random.Generator) -> pa.Array:
    """The second half of a Canadian postal code: neighbours of a hundred numbers tend to share it."""
    count = len(number)
    first = pc.cast(pa.array(number // 100 % 10), pa.string())
    letter = pa.array(list(_LETTERS)).take(pa.array(rng.integers(0, len(_LETTERS), size=count)))
    last = pc.cast(pa.array(rng.integers(0, 10, size=count)), pa.string())
    return pc.binary_join_element_wise(first, letter, last, "")
