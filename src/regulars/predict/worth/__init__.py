"""Worth: what each thing that is known of people adds to foretelling what they do, measured out of time.

A learner is taught on people as they were known on an earlier evening, with what came of them, and is asked about a
later evening of which the outcome is known too. `importance` says how much worse it is when one column, or a group
of columns, is shuffled among the people asked about; `gain` how much better one is that was also taught some columns.
"""
