"""What to sell: which articles win regulars and lose them, are bought together, are asked for and missing.

It describes and proves nothing: who began with coffee may have become a regular for another reason. So people are
compared with those alike, every share has its interval, and where too few are known nothing is said.
"""
