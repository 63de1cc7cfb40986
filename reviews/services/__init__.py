"""Writes to capacity reviews, each with a trail."""
