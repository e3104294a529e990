"""What each customer may buy next: what they will buy again, and what of the shop they do not know yet.

Two lists, for they are two questions. Which rule makes a list is chosen by replaying the shop's own baskets: the last
one of each customer is held out, and foretold from what came before.
"""
