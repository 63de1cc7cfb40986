"""What the pages of a guiding coalition show, read and put in order."""
