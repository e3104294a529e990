"""What a shop owner calls the fields of files and of people: plain names, beside the words of mapping files."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.model.fields import CONSENT_CHANNELS, IDENTIFIER_PREFIX, OPT_OUT
from regulars.words import Text


def field_name(field: str) -> Text:
    """The plain name of a field; that of another number that names a person is the number's own name.

    >>> field_name("family_name").fr, field_name("identifier.social_security").en
    ('nom de famille', 'number “social security”')
    """
    if field.startswith(IDENTIFIER_PREFIX):
        own = field.removeprefix(IDENTIFIER_PREFIX).replace("_", " ")
        return Text(en=f"number “{own}”", fr=f"numéro «\u00a0{own}\u00a0»")
    return _NAMES.get(field) or Text(en=field.replace("_", " "), fr=field.replace("_", " "))


def _text(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


_CHANNELS: Mapping[str, Text] = {
    "email": _text("e-mail", "courriel"),
    "sms": _text("text message", "texto"),
    "phone": _text("phone", "téléphone"),
    "post": _text("letter", "lettre"),
}
_PEOPLE = {
    "source_key": _text("customer number", "numéro de client"),
    "name_prefix": _text("title", "titre"),
    "given_name": _text("first name", "prénom"),
    "middle_name": _text("middle name", "deuxième prénom"),
    "family_name": _text("last name", "nom de famille"),
    "name_suffix": _text("suffix (Jr, Sr)", "suffixe (Jr, Sr)"),
    "full_name": _text("whole name", "nom complet"),
    "email": _text("e-mail", "courriel"),
    "phone": _text("phone", "téléphone"),
    "birth_date": _text("birth date", "date de naissance"),
    "age": _text("age", "âge"),
    "birth_place": _text("place of birth", "lieu de naissance"),
    "occupation": _text("occupation", "profession"),
    "gender": _text("gender", "genre"),
    "language": _text("language", "langue"),
    "address_line": _text("address on one line", "adresse sur une ligne"),
    "street": _text("street", "rue"),
    "house_number": _text("civic number", "numéro civique"),
    "unit": _text("apartment", "appartement"),
    "city": _text("city", "ville"),
    "region": _text("province or state", "province ou État"),
    "postcode": _text("postal code", "code postal"),
    "country": _text("country", "pays"),
    "loyalty_card": _text("loyalty card", "carte de fidélité"),
    "user_id": _text("online account", "compte en ligne"),
    "updated_at": _text("last changed on", "modifié le"),
    "created_at": _text("made on", "créé le"),
    OPT_OUT: _text("no messages at all", "aucun message"),
}
_ORDERS = {
    "order_id": _text("order number", "numéro de commande"),
    "line_type": _text("kind of line", "type de ligne"),
    "order_space": _text("numbering of the orders", "numérotation des commandes"),
    "ordered_at": _text("date of the order", "date de la commande"),
    "ordered_time": _text("time of the order", "heure de la commande"),
    "customer_key": _text("customer number", "numéro de client"),
    "product_id": _text("product number", "numéro de produit"),
    "product_name": _text("product", "produit"),
    "category": _text("category", "catégorie"),
    "quantity": _text("quantity", "quantité"),
    "unit_price": _text("unit price", "prix unitaire"),
    "line_total": _text("amount before discounts", "montant avant rabais"),
    "paid": _text("amount paid", "montant payé"),
    "discount": _text("discount", "rabais"),
    "tax": _text("tax of the order", "taxe de la commande"),
    "line_tax": _text("tax of the line", "taxe de la ligne"),
    "shipping": _text("shipping", "livraison"),
    "order_discount": _text("discount of the whole order", "rabais sur toute la commande"),
    "order_subtotal": _text("subtotal of the order", "sous-total de la commande"),
    "order_total": _text("total of the order", "total de la commande"),
    "refunded": _text("amount given back", "montant remboursé"),
    "currency": _text("currency", "devise"),
    "store": _text("store", "magasin"),
    "channel": _text("channel", "canal"),
    "coupon": _text("coupon", "coupon"),
    "status": _text("status", "statut"),
    "cancelled_at": _text("cancelled on", "annulée le"),
    "payment": _text("payment", "paiement"),
}
_OTHERS = {
    "address": _text("address", "adresse"),
    "brand": _text("brand", "marque"),
    "unit_cost": _text("purchase cost", "prix coûtant"),
    "stock": _text("pieces in stock", "quantité en stock"),
    "event_id": _text("number of the event", "numéro de l’évènement"),
    "event": _text("what happened", "ce qui s’est passé"),
    "at": _text("when", "quand"),
    "campaign": _text("campaign", "campagne"),
    "value": _text("amount", "montant"),
    "question": _text("question", "question"),
    "answer": _text("answer", "réponse"),
    "title": _text("heading", "titre"),
    "text": _text("what was said", "ce qui a été dit"),
    "rating": _text("stars", "étoiles"),
    "store_name": _text("name of the store", "nom du magasin"),
    "day": _text("day", "jour"),
    "rate": _text("rate", "taux"),
}
_CONSENTS = {
    name: text
    for channel in CONSENT_CHANNELS
    for said in (_CHANNELS[channel],)
    for name, text in {
        f"consent_{channel}": _text(f"consent: {said.en}", f"consentement\u00a0: {said.fr}"),
        f"consent_{channel}_at": _text(
            f"date of consent: {said.en}", f"date du consentement\u00a0: {said.fr}"
        ),
        f"consent_{channel}_basis": _text(
            f"basis of consent: {said.en}", f"fondement du consentement\u00a0: {said.fr}"
        ),
        f"{OPT_OUT}_{channel}": _text(f"no messages: {said.en}", f"désabonnement\u00a0: {said.fr}"),
    }.items()
}
_NAMES: Mapping[str, Text] = {**_PEOPLE, **_ORDERS, **_OTHERS, **_CONSENTS}
