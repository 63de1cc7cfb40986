"""What the pages of the routines say, of a system that came through the gate."""
