"""What closed reviews say, for programs."""
