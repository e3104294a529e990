"""Who is who becomes one golden card a person, and the timeline of all that happened."""
