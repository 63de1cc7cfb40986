"""The pages of guiding coalitions."""
