"""What other parts may wait for without being called by name."""

from django.dispatch import Signal

# Sent inside the transaction that changes a system's settings; with `system` and, as `changed`,
# the names of the fields.
settings_changed = Signal()

# Sent inside the transaction that leaves a file to be written.
export_due = Signal()
