"""Groups -> what next, for whom, when, why: one decision a person a day, on record with its reason."""
