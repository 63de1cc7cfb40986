"""Arithmetic of guiding coalitions: levels, balance, overlap, contact. No Django."""
