"""The rhythm: when the leader and those accountable take stock."""
