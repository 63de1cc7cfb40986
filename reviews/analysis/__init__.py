"""Arithmetic of capacity reviews: no Django, no clock."""
