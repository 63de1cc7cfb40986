"""Arithmetic that several rooms need. Nothing here touches the database."""
