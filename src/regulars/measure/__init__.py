"""Did it work? The first figures of a shop, written down on day one, so that later ones have something to beat."""
