"""The figures of models in words: what each says, by the model it is of, and how models are marked."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import get_month_names

from regulars import figures
from regulars.cli.pages import values
from regulars.words import Text, _, language

#: What the back-test of a model measures.
_MEASURES: Mapping[str, Text] = {
    "deviance_of_orders_90d": Text(
        en="distance from the orders of 90 days (deviance, 0: none)",
        fr="distance des commandes de 90 jours (déviance, 0 : aucune)",
    ),
    "mean_absolute_error_paid_an_order": Text(
        en="mean error of what is paid at an order", fr="erreur moyenne du montant payé par commande"
    ),
    "mean_absolute_error_days": Text(en="mean error in days", fr="erreur moyenne en jours"),
    "auc": Text(
        en="pairs of people ranked rightly (AUC, 1: all)",
        fr="paires de personnes bien classées (AUC, 1 : toutes)",
    ),
    "rank_correlation": Text(
        en="how rightly people are ranked (1: perfectly)",
        fr="justesse du classement des personnes (1 : parfait)",
    ),
    "recall_at_10": Text(en="found with ten articles", fr="part trouvée avec dix articles"),
    "accuracy": Text(en="share of texts read rightly", fr="part des textes bien lus"),
    "adjusted_rand_index": Text(
        en="agreement between draws (adjusted Rand index, 1: the same kinds)",
        fr="accord entre tirages (indice de Rand ajusté, 1 : les mêmes genres)",
    ),
}

_CORNER = Text(
    en="parameters held back from where they mean nothing", fr="paramètres retenus là où ils gardent un sens"
)
_OF_COMING_BACK: Mapping[str, Text] = {
    "r": Text(
        en="r: how alike the paces of ordering are", fr="r : à quel point les rythmes de commande se ressemblent"
    ),
    "alpha": Text(
        en="alpha: r / alpha is the mean of orders a week",
        fr="alpha : r / alpha est la moyenne de commandes par semaine",
    ),
    "a": Text(
        en="a: a / (a + b) is the mean chance to leave after an order",
        fr="a : a / (a + b) est la chance moyenne de partir après une commande",
    ),
    "b": Text(en="b: see a", fr="b : voir a"),
    "s": Text(
        en="s: how alike the paces of leaving are", fr="s : à quel point les rythmes de départ se ressemblent"
    ),
    "beta": Text(
        en="beta: s / beta is the mean pace of leaving, a week",
        fr="beta : s / beta est le rythme moyen de départ, par semaine",
    ),
    "total_error": Text(
        en="error in the sum of orders, as a share", fr="erreur sur la somme des commandes, en part"
    ),
    "root_mean_squared_error": Text(
        en="usual error in orders (root mean square)", fr="erreur habituelle en commandes (moyenne quadratique)"
    ),
    "rank_correlation": _MEASURES["rank_correlation"],
    "corner": _CORNER,
}  # fmt: skip
_OF_CHURN: Mapping[str, Text] = {
    "log_days_silent": Text(en="days since the last order", fr="jours depuis la dernière commande"),
    "log_repeats": Text(en="orders after the first", fr="commandes après la première"),
    "log_days_known": Text(en="days since the first order", fr="jours depuis la première commande"),
    "log_spend": Text(en="spend", fr="dépenses"),
    "log_gap": Text(en="usual gap between orders", fr="intervalle habituel entre les commandes"),
    "log_lateness": Text(en="silence beside that gap", fr="silence comparé à cet intervalle"),
    "irregularity": Text(en="how irregular the gaps are", fr="irrégularité des intervalles"),
    "log_products": Text(en="different articles", fr="articles différents"),
    "logit_model": Text(
        en="chance by the model of coming back", fr="chance selon le modèle de retour"
    ),
    "log_expected": Text(
        en="orders expected by the model of coming back", fr="commandes attendues selon le modèle de retour"
    ),
}  # fmt: skip
_OF_ARTICLES: Mapping[str, Text] = {
    "times": Text(en="how often it was bought", fr="nombre d’achats"),
    "share_of_baskets": Text(en="share of the baskets that hold it", fr="part des paniers qui le contiennent"),
    "lately_90_days": Text(
        en="how lately it was bought, over months", fr="caractère récent des achats, sur des mois"
    ),
    "lately_30_days": Text(
        en="how lately it was bought, over weeks", fr="caractère récent des achats, sur des semaines"
    ),
    "baskets_since": Text(en="baskets since it was bought", fr="paniers depuis le dernier achat"),
    "days_since": Text(en="days since it was bought", fr="jours depuis le dernier achat"),
    "popularity": Text(en="how popular it is", fr="popularité"),
    "bought_again_by_others": Text(
        en="share of its buyers who bought it again", fr="part de ses acheteurs qui l’ont racheté"
    ),
    "baskets": Text(en="baskets of the customer", fr="paniers du client"),
    "days_between": Text(en="days between two purchases of it", fr="jours entre deux achats"),
    "once": Text(en="bought only once", fr="acheté une seule fois"),
}  # fmt: skip
_CONSTANT = Text(en="constant", fr="constante")
_WORDS: Mapping[str, Mapping[str, Text]] = {
    "bg_nbd": _OF_COMING_BACK,
    "mbg_nbd": _OF_COMING_BACK,
    "pareto_nbd": _OF_COMING_BACK,
    "gamma_gamma": {
        "p": Text(
            en="p: how alike the amounts of one customer are",
            fr="p : à quel point les montants d’un même client se ressemblent",
        ),
        "q": Text(
            en="q: how alike customers are in what they pay",
            fr="q : à quel point les clients se ressemblent par ce qu’ils paient",
        ),
        "v": Text(
            en="v: p × v / (q − 1) is the mean paid at an order",
            fr="v : p × v / (q − 1) est le montant moyen par commande",
        ),
        "total_error": Text(
            en="error in the sum of payments, as a share", fr="erreur sur la somme des paiements, en part"
        ),
        "corner": _CORNER,
        "discount_a_year": Text(
            en="what money is worth less a year later, as a share",
            fr="ce que l’argent vaut de moins un an plus tard, en part",
        ),
    },
    "churn": {
        "intercept": _CONSTANT,
        **_OF_CHURN,
        "calibration_error": Text(
            en="mean distance of what was foretold from what came",
            fr="écart moyen entre ce qui était prévu et ce qui est arrivé",
        ),
        "foretold_share": Text(
            en="share foretold to order nothing", fr="part dont on prévoyait qu’ils ne commandent rien"
        ),
        "came_share": Text(en="share who ordered nothing", fr="part qui n’a rien commandé"),
        "auc_of_the_model_of_coming_back": Text(
            en="pairs that the model of coming back ranks rightly (AUC)",
            fr="paires bien classées par le modèle de retour (AUC)",
        ),
    },
    "next_order": {
        "interval_coverage": Text(
            en="share of next orders within the days foretold",
            fr="part des commandes tombées entre les jours prévus",
        ),
        "interval_open_share": Text(
            en="share whose last day lies beyond the back-test",
            fr="part dont le dernier jour dépasse la période d’essai",
        ),
    },
    "next_products": {"constant": _CONSTANT, **_OF_ARTICLES},
    "importance": {
        "stability": Text(
            en="how alike two lessons rank the indicators (1: all the same)",
            fr="ressemblance des classements d’un apprentissage à l’autre (1 : tous pareils)",
        )
    },
}  # fmt: skip
#: What a model weighs beside its constant.
_WEIGHED = frozenset((*_OF_CHURN, *_OF_ARTICLES))
#: What kinds of customers differ by.
_TRAITS: Mapping[str, Text] = {
    "frequency": Text(en="orders (logarithm)", fr="commandes (logarithme)"),
    "recency": Text(
        en="days since the last order (logarithm)", fr="jours depuis la dernière commande (logarithme)"
    ),
    "basket": Text(en="average basket (logarithm)", fr="panier moyen (logarithme)"),
    "variety": Text(en="articles an order (logarithm)", fr="articles par commande (logarithme)"),
    "discount": Text(en="share of discounts", fr="part des rabais"),
    "returns": Text(en="share of returns", fr="part des retours"),
    "weekend": Text(en="share of orders at the weekend", fr="part des commandes de fin de semaine"),
    "evening": Text(en="share of orders in the evening", fr="part des commandes du soir"),
}


def measure(name: str) -> str:
    """What a back-test measures, in words."""
    known = _MEASURES.get(name)
    return str(known) if known else _plain(name)


def figure(model: str, name: str) -> str:
    """A parameter or a figure of a model, in words; one that nobody foresaw stands without its underscores.

    >>> figure("bg_nbd", "season_12"), figure("churn", "log_spend")
    ('season of December, beside a usual month', 'weight: spend')
    """
    words = _WORDS.get(model.partition("_")[0] if model.startswith("importance_") else model, {})
    if name in words:
        said = str(words[name])
        return _("weight: {what}", what=said) if name in _WEIGHED else said
    start, _sign, end = name.rpartition("_")
    if end == "naive" and start in words:
        return _("{figure}, by the rule", figure=words[start])
    if start == "season":
        return _("season of {month}, beside a usual month", month=_month(int(end)))
    if name.startswith("recall_at_10_"):
        return _("found with ten articles by: {rule}", rule=_rule(name.removeprefix("recall_at_10_")))
    if start == "agreement_of":
        return _("agreement between draws with {count} kinds", count=end)
    if model == "voice":
        return _of_texts(start, end)
    if model == "personas":
        return _of_kinds(*name.split(".", 1))
    return _plain(name)


def value(name: str, said: float) -> str:
    """A value of a model: yes or no where it is one, a count without decimals, a figure with them."""
    if name == "corner":
        return _("yes") if said else _("no")
    if said == int(said) and (said >= 1 or name.startswith(("texts_", "starred_"))):
        return figures.count(int(said))
    return figures.decimal(said, 3)


def _plain(name: str) -> str:
    return name.replace("_", " ").replace(".", ": ")


def _month(number: int) -> str:
    locale = "fr_CA" if language() == "fr" else "en_CA"
    return str(get_month_names("wide", context="stand-alone", locale=locale)[number])


def _rule(name: str) -> str:
    """A rule that makes lists of articles."""
    words = {
        "frequency": _("what somebody bought most often"), "popularity": _("what most people buy"),
        "frequency_filled": _("how often somebody bought it, then what is popular"),
        "habit": _("how often and how lately somebody bought it"),
        "learnt": _("weights learnt from what customers here bought again"),
        "neighbours": _("own purchases and those of the customers most alike (TIFU-KNN)"),
        "bought_together": _("what is bought by the same people (item-KNN)"), "als": _("tastes in common (ALS)"),
    }  # fmt: skip
    return words.get(name, _plain(name))


def _of_texts(what: str, which: str) -> str:
    """A figure of the texts of one language."""
    others = {"other": _("another language"), "unknown": _("a language that is not known")}
    named = others.get(which) or values.language_name(which)
    words = {
        "texts": _("texts in {language}", language=named),
        "starred": _("texts with stars in {language}", language=named),
        "accuracy": _("share of texts read rightly in {language}", language=named),
        "naive": _("share that is right by saying what most say, in {language}", language=named),
        "share_said": _("share of texts of which something is said, in {language}", language=named),
        "accuracy_said": _("share of what is said that is right, in {language}", language=named),
    }
    return words.get(what, f"{_plain(what)} ({named})")


def _of_kinds(of: str, trait: str = "") -> str:
    """What a kind of customers is like by one trait."""
    about, _blank, category = trait.partition(" ")
    known = _TRAITS.get(trait)
    what = str(known) if known else _("share of {category}", category=category) if category else _plain(about)
    words = {
        "mean": _("of all: {what}", what=what),
        "scale": _("one step in: {what}", what=what),
    }  # fmt: skip
    return words.get(of) or _("of kind {number}: {what}", number=of, what=what)
