"""What other parts may wait for without being called by name."""

from django.dispatch import Signal

# Sent inside the transaction that leaves series due for a new judgment.
work_due = Signal()
