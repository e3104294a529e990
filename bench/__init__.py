"""Benches: one command a target, beside a peer in the same run where there is one.

    python -m bench                 all of them
    python -m bench load --rows 1000000
    python -m bench indicators --customers 100000
    python -m bench match --records 100000

Figures are CPU seconds and ratios first: machines are shared and noisy. What was last measured, where and when, is in
`RESULTS.md`.
"""
