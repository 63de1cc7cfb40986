"""What waits for someone across their systems, on a page and by mail."""
