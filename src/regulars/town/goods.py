"""What the shop sells: articles with names in two languages, categories, prices and costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A shelf of the shop."""

    title: Text
    brand: tuple[str, ...]
    price: tuple[int, int]  #: the cheapest and the dearest article, cents before tax
    margin: float  #: of the price
    articles: tuple[tuple[str, str], ...]  #: English and French
    variants: tuple[tuple[str, str], ...]


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((en.strip(), fr.strip()) for en, fr in (pair.split("=") for pair in text.split(";")))


CATEGORIES: tuple[Category, ...] = (
    Category(
        title=Text(en="Coffee and tea", fr="Cafés et thés"),
        brand=("Brûlerie du Port", "Feuille d'Or"),
        price=(750, 4800),
        margin=0.55,
        articles=_pairs(
            "Espresso beans=Café espresso en grains;Filter coffee=Café filtre;Matcha=Matcha;Earl Grey=Earl Grey;"
            "Chai=Chaï;Rooibos=Rooibos;Mint tea=Thé à la menthe"
        ),
        variants=_pairs("100 g=100 g;250 g=250 g;500 g=500 g;gift tin=boîte cadeau"),
    ),
    Category(
        title=Text(en="Fine food", fr="Épicerie fine"),
        brand=("Érable & Cie", "Maison Roux"),
        price=(450, 3600),
        margin=0.4,
        articles=_pairs(
            "Maple syrup=Sirop d'érable;Olive oil=Huile d'olive;Dark chocolate=Chocolat noir;Fleur de sel=Fleur de sel;"
            "Mustard=Moutarde;Honey=Miel;Shortbread=Sablés;Jam=Confiture"
        ),
        variants=_pairs("small=petit format;large=grand format;organic=biologique;set of 3=lot de 3"),
    ),
    Category(
        title=Text(en="Home", fr="Maison"),
        brand=("Atelier Nord", "Lin et Laine"),
        price=(1200, 14900),
        margin=0.52,
        articles=_pairs(
            "Candle=Bougie;Wool throw=Jeté de laine;Cushion=Coussin;Vase=Vase;Lantern=Lanterne;Picture frame=Cadre;"
            "Tea towel=Linge à vaisselle"
        ),
        variants=_pairs("white=blanc;blue=bleu;ochre=ocre;charcoal=charbon"),
    ),
    Category(
        title=Text(en="Stationery", fr="Papeterie"),
        brand=("Papier Plume",),
        price=(300, 5400),
        margin=0.6,
        articles=_pairs(
            "Notebook=Carnet;Fountain pen=Stylo plume;Greeting card=Carte de souhaits;Planner=Agenda;"
            "Washi tape=Ruban washi;Ink bottle=Flacon d'encre"
        ),
        variants=_pairs("red=rouge;black=noir;botanical=botanique;Montréal edition=édition Montréal"),
    ),
    Category(
        title=Text(en="Toys", fr="Jouets"),
        brand=("Petit Ours", "Kaléido"),
        price=(900, 8900),
        margin=0.45,
        articles=_pairs(
            "Wooden train=Train de bois;Puzzle=Casse-tête;Plush bear=Ourson en peluche;Board game=Jeu de société;"
            "Kite=Cerf-volant;Building blocks=Blocs"
        ),
        variants=_pairs("mini=mini;classic=classique;deluxe=de luxe;travel=voyage"),
    ),
    Category(
        title=Text(en="Beauty", fr="Beauté"),
        brand=("Savonnerie Sainte-Anne",),
        price=(600, 6800),
        margin=0.62,
        articles=_pairs(
            "Hand soap=Savon à mains;Body lotion=Lait corporel;Bath salts=Sels de bain;Lip balm=Baume à lèvres;"
            "Face cream=Crème visage;Shampoo bar=Shampoing solide"
        ),
        variants=_pairs("lavender=lavande;cedar=cèdre;unscented=sans parfum;citrus=agrumes"),
    ),
    Category(
        title=Text(en="Books", fr="Livres"),
        brand=("Éditions du Quai",),
        price=(900, 5900),
        margin=0.38,
        articles=_pairs(
            "Cookbook=Livre de recettes;Novel=Roman;City guide=Guide de la ville;Children's album=Album jeunesse;"
            "Garden book=Livre de jardinage;Comic=Bande dessinée"
        ),
        variants=_pairs("paperback=format poche;hardcover=relié;illustrated=illustré;signed=dédicacé"),
    ),
    Category(
        title=Text(en="Clothing", fr="Vêtements"),
        brand=("Lin et Laine", "Boréal"),
        price=(1900, 18900),
        margin=0.5,
        articles=_pairs(
            "Merino socks=Bas de mérinos;Toque=Tuque;Linen shirt=Chemise de lin;Scarf=Foulard;Apron=Tablier;"
            "Tote bag=Sac fourre-tout;Rain hat=Chapeau de pluie"
        ),
        variants=_pairs("S=P;M=M;L=G;one size=taille unique"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """The articles, one entry each; the cheapest of a shelf sell best."""

    sku: tuple[str, ...]
    name: tuple[Text, ...]
    category: np.ndarray  #: index of CATEGORIES
    brand: tuple[str, ...]
    price: np.ndarray  #: cents before tax
    cost: np.ndarray  #: cents
    starts: np.ndarray  #: first article of each category, and the end
    popularity: np.ndarray  #: running sum within all articles of Zipf weights, by category

    def __len__(self) -> int:
        return len(self.sku)

    def pick(self, category: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """An article of each category, by popularity."""
        low, high = (
            np.concatenate([[0.0], self.popularity])[self.starts[category + side]] for side in (0, 1)
        )
        found: np.ndarray = np.searchsorted(
            self.popularity, low + rng.random(len(category)) * (high - low), side="right"
        ).clip(0, len(self) - 1)
        return found


def goods(rng: np.random.Generator) -> Goods:
    """The articles with this year's prices."""
    rows = [
        (
            number,
            f"{shelf.title.en[:3].upper()}-{a + 1}{v + 1:02d}",
            Text(en=f"{en}, {v_en}", fr=f"{fr}, {v_fr}"),
        )
        for number, shelf in enumerate(CATEGORIES)
        for a, (en, fr) in enumerate(shelf.articles)
        for v, (v_en, v_fr) in enumerate(shelf.variants)
    ]
    category = np.array([number for number, _, _ in rows])
    low, high = np.array([shelf.price for shelf in CATEGORIES])[category].T
    price = np.exp(rng.uniform(np.log(low), np.log(high))).astype(np.int64) // 100 * 100 + 95
    margin = np.array([shelf.margin for shelf in CATEGORIES])[category] + rng.normal(0, 0.05, size=len(rows))
    return Goods(
        sku=tuple(sku for _, sku, _ in rows),
        name=tuple(name for _, _, name in rows),
        category=category,
        brand=tuple(CATEGORIES[c].brand[i % len(CATEGORIES[c].brand)] for i, c in enumerate(category)),
        price=price,
        cost=np.round(price * (1 - margin)).astype(np.int64),
        starts=np.searchsorted(category, np.arange(len(CATEGORIES) + 1)),
        popularity=np.cumsum(1 / (rng.permutation(len(rows)) % 28 + 4.0)),
    )
