"""Writes that touch several rows, need a trail, or leave series due for a judgment."""
