"""Django's PostgreSQL backend, able to clear append-only tables between tests.

Those tables refuse TRUNCATE from everybody but the maintenance role, and a test that commits
leaves rows behind. Only the statement that clears takes that role; what a test itself does is
refused as in production.
"""
