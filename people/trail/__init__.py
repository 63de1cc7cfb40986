"""The trail as people read it: acts in words, and what they look for."""
