"""Two records side by side: what is compared, which pairs, and how near they are.

fields           what is compared, how near two values are, where pairs are sought
dialects         conditions on two cards in the words of each engine
words_in_python  the same for one pair, and what they mean
candidates       the pairs worth comparing, found by keys                        candidates.sql
comparing        how near two cards are in each field                            comparing.sql
"""
