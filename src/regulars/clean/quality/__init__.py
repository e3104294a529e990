"""How good the data is: the report, the worst problems, and the trend from one report to the next."""
