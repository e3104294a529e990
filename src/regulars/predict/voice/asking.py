"""What customers ask for: sentences that wish for something, look for it, or want it back."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.words import Language

#: By language, RE2 over a sentence without accents and capitals.
ASKING: Mapping[Language, str] = {
    "en": (
        r"\b(wish (you|they|it|there|i could)|do you (have|sell|carry|stock)|would (love|like) (to see|an?|more|if)"
        r"|bring (it |them |this )?back|back in stock|when will"
        r"|(i'm|i am|we're|we are) looking for|please (add|make|carry|stock|offer|bring)"
        r"|should (sell|offer|carry|stock|come in)|if only|any chance|can you (get|order|add|make)|hope you)\b"
    ),
    "fr": (
        r"\b(j'aimerais|je voudrais|j'aurais aime|avez[- ]vous|vendez[- ]vous|auriez[- ]vous|pourriez[- ]vous"
        r"|serait (bien|bon|genial|super)|de retour|a quand|quand (est[- ]ce que|aurez|allez)|je cherche|je recherche"
        r"|il (me |nous |vous )?manque (un|une|juste|des)|dommage qu|svp ajouter|ajoutez|si seulement|on voudrait"
        r"|remettez|devriez)\b"
    ),
}
