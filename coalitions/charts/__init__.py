"""Drawings of guiding coalitions."""
