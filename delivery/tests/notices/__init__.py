"""What waits for someone: each kind, the page, the mail."""
