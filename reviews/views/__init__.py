"""The pages of capacity reviews."""
