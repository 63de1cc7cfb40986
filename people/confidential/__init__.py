"""What is sealed: how it is closed, who opens it, and the log of openings."""
