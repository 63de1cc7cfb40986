"""The pages of the routines."""
