"""The only place that writes facts. Everything it stores can be taken back by import: see `undo`.

records      numbers for the keys of people and orders
people       cards, what names them, and their consents
happenings   order lines and events, and the consents that events are
reference    products, stores, areas and rates
traits       what is told of people from elsewhere
versions     where facts come from, what became of them, and which version is current
"""
