"""What customers say, on a page: theme by theme, in numbers and in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regulars import figures
from regulars.cli.command import err, out
from regulars.cli.pages import values
from regulars.cli.pages.tables import number, print_table, text
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.voice import Article, Told, Voice

_LEAST = 2  #: texts that praise or complain of a theme before it is named beside an article
_NAMED = 2  #: themes beside an article
_QUOTED = 4  #: themes of the shop that are quoted


def told(voice: Voice, *, one: bool) -> None:
    """The shop or one article, and the articles most spoken of."""
    if not voice.about.whole.texts:
        err.print(
            _("There is no review and no ticket yet: load them, then run `regulars build`."), markup=False
        )
        return
    _about(voice.about, voice.as_of)
    _quotes(voice.about, len(voice.about.themes) if one else _QUOTED)
    if voice.articles:
        _articles(voice.articles)


def _about(article: Article, as_of: int) -> None:
    whole = article.whole
    said = plural(
        "{name}, up to {day}: {count} text; praise: {praised}, complaints: {complained}",
        "{name}, up to {day}: {count} texts; praise: {praised}, complaints: {complained}",
        whole.texts,
        name=_name(article),
        day=values.day(as_of),
        praised=figures.count(whole.praised),
        complained=figures.count(whole.complained),
    )
    if whole.stars is not None:
        said += _(", {stars} stars of 5", stars=figures.decimal(whole.stars, 1))
    out.print(said, style="bold", markup=False)
    if article.themes:
        numbers = (_("texts"), _("praise"), _("complaints"), _("requests"), _("complaints, of 100"))
        print_table(
            (text(_("theme")), *map(number, numbers)),
            [
                (
                    str(theme.title),
                    *map(figures.count, (theme.texts, theme.praised, theme.complained, theme.asked)),
                    _interval(theme),
                )
                for theme in article.themes
            ],
        )


def _name(article: Article) -> str:
    if article.product_id is None:
        return _("The shop")
    return f"{article.name} ({article.product_id})" if article.name else article.product_id


def _interval(theme: Told) -> str:
    """The share of complaints among the texts that praise or complain, with its 95 % interval."""
    if theme.complained_share is None or theme.complained_low is None or theme.complained_high is None:
        return "–"
    share, low, high = (
        figures.count(round(100 * one))
        for one in (theme.complained_share, theme.complained_low, theme.complained_high)
    )
    return _("{share} ({low} to {high})", share=share, low=low, high=high)


def _quotes(article: Article, most: int) -> None:
    """The best sentences of the themes most spoken of, and what is asked for."""
    for theme in article.themes[:most]:
        for tone, heading in (("praise", _("{theme}, praised", theme=theme.title)),
                              ("complaint", _("{theme}, complained of", theme=theme.title))):  # fmt: skip
            _quoted(heading, theme.examples.get(tone, []))
    _quoted(_("They ask for"), article.whole.examples.get("ask", []))


def _quoted(heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        out.print(_("{heading}:", heading=heading), markup=False)
    for sentence in sentences:
        out.print("  " + _("“{text}”", text=sentence), markup=False)


def _articles(articles: Sequence[Article]) -> None:
    numbers = (_("texts"), _("stars"), _("praise"), _("complaints"))
    print_table(
        (text(_("article")), *map(number, numbers), text(_("they praise")), text(_("they complain of"))),
        [
            (
                _name(one),
                figures.count(one.whole.texts),
                "–" if one.whole.stars is None else figures.decimal(one.whole.stars, 1),
                figures.count(one.whole.praised),
                figures.count(one.whole.complained),
                _most([(theme.praised, theme) for theme in one.themes]),
                _most([(theme.complained, theme) for theme in one.themes]),
            )
            for one in articles
        ],
    )


def _most(counted: Sequence[tuple[int, Told]]) -> str:
    """The themes that most texts say it of, with how many."""
    best = sorted((one for one in counted if one[0] >= _LEAST), key=lambda one: -one[0])[:_NAMED]
    return ", ".join(f"{theme.title} {figures.count(count)}" for count, theme in best)
