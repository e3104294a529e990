"""What the status of an order means for its money: sold, taken back, or not paid yet; and which rows are no lines."""

from __future__ import annotations

from regulars.clean.row.found import literal

#: Words that mean: nothing was sold in the end.
_CANCELLED = (
    "cancelled", "canceled", "voided", "void", "refunded", "fully refunded", "returned", "refund", "return",
    "charged back", "credit note", "annulé", "annulée", "annulation", "remboursé", "remboursée", "remboursement",
    "retourné", "retournée", "retour", "avoir", "note de crédit",
)  # fmt: skip
#: Words that mean: nobody has paid, or not yet.
_UNPAID = (
    "pending", "pending payment", "payment pending", "unpaid", "not paid", "on hold", "expired", "draft",
    "checkout draft", "saved", "parked", "failed", "payment failed", "payment error", "declined", "trash",
    "en attente", "impayé",
    "impayée", "non payé", "non payée", "expiré", "expirée", "brouillon", "échoué", "échouée", "échec",
    "échec du paiement", "erreur de paiement", "refusé", "refusée", "corbeille",
)  # fmt: skip
#: Words for a row that is no line of a sale, in a file that has lines too.
_EVIDENCE = (
    "sale", "payment", "tender", "transaction", "order", "total", "subtotal", "summary", "header", "vente", "paiement",
    "règlement", "commande", "sous total", "en tête",
)  # fmt: skip
#: "Awaiting bank wire payment", "En attente du paiement par chèque".
_AWAITED = r"(awaiting|en attente d[eu])\b.*\b(payment|wire|validation|paiement|virement|chèque)\b.*"
_NOT_PAID = r".*\((not paid|non payée?)\)"


def cancelled_sql(status: str, cancelled_at: str) -> str:
    """SQL: was the order cancelled, voided, returned or refunded whole?"""
    when = f"coalesce(regexp_matches({cancelled_at}, '[1-9]'), false)"
    return f"({when} or coalesce({_plain(status)} in ({_listed(_CANCELLED)}), false))"


def unpaid_sql(status: str) -> str:
    """SQL: is it an order that nobody has paid, or not yet?"""
    word = _plain(status)
    return (
        f"coalesce({word} in ({_listed(_UNPAID)}) or regexp_full_match({word}, '{_AWAITED}')"
        f" or regexp_full_match({word}, '{_NOT_PAID}'), false)"
    )


def evidence_sql(line_type: str) -> str:
    """SQL: is the row the whole sale or a payment, which stands beside the lines and says their money again?"""
    return f"coalesce({_plain(line_type)} in ({_listed(_EVIDENCE)}), false)"


def _plain(status: str) -> str:
    """SQL for a status in small letters and blanks: `wc-on-hold`, `On Hold` and `on_hold` are one."""
    return rf"trim(regexp_replace(regexp_replace(lower({status}), '^wc[-_]', ''), '[-_\s]+', ' ', 'g'))"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(literal(word) for word in words)
