"""Who must move, and who guides: the power and alignment of actors, and guiding coalitions."""
