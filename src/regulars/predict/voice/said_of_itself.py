"""What the reading of texts says of itself: the report named `voice`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from regulars import figures
from regulars.model.report import ModelReport
from regulars.predict.voice.english import head
from regulars.predict.voice.reading import NEEDED, Reading
from regulars.predict.voice.tongue import OTHER, UNKNOWN
from regulars.words import LANGUAGES, Language, Text

_TITLE = Text(
    en="What customers say in reviews and tickets",
    fr="Ce que les clients disent dans les avis et les demandes",
)
_NOTHING = Text(en="There is no review and no ticket yet.", fr="Il n’y a encore ni avis ni demande.")
_COUNTED = Text(en="texts with stars", fr="textes étoilés")


def report(as_of: int, language: npt.NDArray[np.object_], read: Mapping[Language, Reading]) -> ModelReport:
    """The report: the back-test is that of the language with most starred texts among those that have one."""
    marked = [one for one in read.values() if one.backtest is not None]
    first = max(marked, key=lambda one: (one.by is not None, one.starred)) if marked else None
    return ModelReport(
        name="voice",
        title=_TITLE,
        as_of=as_of,
        n=sum(one.starred for one in read.values()),
        counted=_COUNTED,
        unit="texts",
        enough_data=any(one.starred >= NEEDED for one in read.values()),
        speaks=any(one.by is not None and one.texts for one in read.values()),
        why=_joined([_why(one) for one in read.values()]) if len(language) else _NOTHING,
        backtest=first.backtest if first else None,
        calibration=first.calibration if first else (),
        figures=_figures(language, read),
    )


def _figures(language: npt.NDArray[np.object_], read: Mapping[Language, Reading]) -> dict[str, float]:
    found = {f"texts_{one}": float((language == one).sum()) for one in (*LANGUAGES, OTHER, UNKNOWN)}
    for one, how in read.items():
        found[f"starred_{one}"] = float(how.starred)
        if how.backtest is not None:
            found[f"accuracy_{one}"], found[f"naive_{one}"] = how.backtest.ours, how.backtest.naive
        if how.said is not None:
            found[f"share_said_{one}"], found[f"accuracy_said_{one}"] = how.said
    return found


def _joined(sentences: list[Text]) -> Text:
    return Text(en=" ".join(one.en for one in sentences), fr=" ".join(one.fr for one in sentences))


def _why(how: Reading) -> Text:
    """One sentence about one language."""
    untried = how.by == "general" and how.backtest is None
    name = "untried" if untried else how.why
    sentence = _SENTENCES[name, how.language]
    return Text(
        en=sentence.en.format(**_values(how, "en")),
        fr=sentence.fr.format(**_values(how, "fr")),
    )


def _values(how: Reading, chosen: Language) -> dict[str, str]:
    right = how.backtest.ours if how.backtest else float(head()["accuracy"])
    return {
        "starred": figures.count(how.starred, chosen),
        "needed": figures.count(NEEDED, chosen),
        "right": figures.share(right, chosen),
        "usual": figures.share(how.backtest.naive, chosen) if how.backtest else "",
    }


_SENTENCES: Mapping[tuple[str, Language], Text] = {
    ("learnt", "en"): Text(
        en="English is read by a model of the shop's own stars, right for {right} of texts it had not seen.",
        fr="L’anglais est lu par un modèle appris des étoiles de la boutique, juste pour {right} des textes qu’il"
        " n’avait pas vus.",
    ),
    ("learnt", "fr"): Text(
        en="French is read by a model of the shop's own stars, right for {right} of texts it had not seen.",
        fr="Le français est lu par un modèle appris des étoiles de la boutique, juste pour {right} des textes qu’il"
        " n’avait pas vus.",
    ),
    ("general", "en"): Text(
        en="English is read by a general model, right for {right} of the shop's starred texts.",
        fr="L’anglais est lu par un modèle général, juste pour {right} des textes étoilés de la boutique.",
    ),
    ("untried", "en"): Text(
        en="English is read by a general model, right for {right} of the texts it was tried on; the shop has {starred}"
        " of the {needed} starred texts that a model of its own takes.",
        fr="L’anglais est lu par un modèle général, juste pour {right} des textes où il fut essayé; la boutique a"
        " {starred} des {needed} textes étoilés qu’il faut à un modèle à elle.",
    ),
    ("few", "fr"): Text(
        en="What French texts without stars say is unknown until the shop has {needed} with stars; it has {starred}.",
        fr="Ce que disent les textes français sans étoiles reste inconnu tant que la boutique n’en a pas {needed} avec"
        " étoiles; elle en a {starred}.",
    ),
    ("one_sided", "fr"): Text(
        en="What French texts without stars say is unknown: nearly all starred ones are of one mind.",
        fr="Ce que disent les textes français sans étoiles est inconnu : presque tous les autres sont du même avis.",
    ),
    ("no_better", "en"): Text(
        en="What English texts without stars say is unknown: to say what most do is right for {usual}, the model for"
        " {right}.",
        fr="Ce que disent les textes anglais sans étoiles est inconnu : dire ce que disent la plupart est juste pour"
        " {usual}, le modèle pour {right}.",
    ),
    ("no_better", "fr"): Text(
        en="What French texts without stars say is unknown: to say what most do is right for {usual}, the model for"
        " {right}.",
        fr="Ce que disent les textes français sans étoiles est inconnu : dire ce que disent la plupart est juste pour"
        " {usual}, le modèle pour {right}.",
    ),
}
