"""Models: what each was fitted on, whether that is enough, and how wrong it was on what it had not seen."""

from __future__ import annotations

import click

from regulars.cli.command import Asked, command, err, out, print_json
from regulars.cli.pages import match_model
from regulars.cli.pages import models as pages
from regulars.errors import NotFound, did_you_mean
from regulars.words import _

#: The model that says who is who; the others foretell.
MATCH = "match"


@command("models", "regulars models")
@click.argument("name", required=False)
def models(asked: Asked, name: str | None) -> None:
    """List the models of the last build, or show one: its parameters, its back-test, whether there is enough data.

    `match` is the one that says who is who: by what records are matched, and what agreement is worth.
    """
    if name == MATCH:
        _show_match_model(asked)
        return
    shop = asked.open()
    reports = {one.name: one for one in shop.models()}
    if name is not None and name not in reports:
        raise NotFound(
            _("there is no model '{name}'", name=name),
            did_you_mean(name, [*reports, MATCH])
            or (
                _("models are {models}", models=", ".join([*reports, MATCH]))
                if reports
                else _("run `regulars build` first")
            ),
        )
    chosen = [reports[name]] if name else list(reports.values())
    if asked.as_json:
        print_json({"models": [pages.described(one) for one in chosen]})
    elif not chosen:
        err.print(_("No model has been fitted yet: run `regulars build` first."), markup=False)
        if shop.match_model() is not None:
            _name_match_model()
    elif name is not None:
        pages.one(chosen[0])
    else:
        pages.listed(chosen)
        _name_match_model()


def _name_match_model() -> None:
    """Say where the model is that says who is who: it is of another kind than those of a list."""
    out.print(
        _("By what records are matched, and what agreement is worth: `regulars models match`."), markup=False
    )


def _show_match_model(asked: Asked) -> None:
    """The model that says who is who."""
    shop = asked.open()
    model = shop.match_model()
    if model is None:
        raise NotFound(
            _("no records have been compared yet"),
            _("run `regulars match` first")
            if shop.unmatched()
            else _("load two customers or more, then run `regulars match`"),
        )
    if asked.as_json:
        print_json(model.described() | {"review": shop.settings.match.review})
    else:
        match_model.print_model(model, shop.settings.match.review)


COMMANDS = (models,)
