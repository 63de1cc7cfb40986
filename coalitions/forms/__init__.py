"""What people fill in about guiding coalitions."""
