"""Writes that touch guiding coalitions, each with a trail that says nothing of their content."""
