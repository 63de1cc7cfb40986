"""Drawings of the floor: places and lines, without a framework."""
