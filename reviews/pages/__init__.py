"""What the pages of a review say, fetched and put in order."""
