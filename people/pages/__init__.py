"""What the pages of the floor show, read for one person."""
