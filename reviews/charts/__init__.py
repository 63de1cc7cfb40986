"""Figures of a review as places in a drawing; style sheets give the colours."""
