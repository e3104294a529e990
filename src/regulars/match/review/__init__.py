"""What people are asked, what they decide, and how many joins are right by it.

asking     what people are asked beside the review: a sample of the joins    asking.sql
put_off    the questions that wait after all others
unanswered which pairs wait
as_said    who is who by what people said and no run has made so yet
verdicts   what people decided: merge, unmerge, different
precision  how many of the joins are right, by the sample that was checked
"""
