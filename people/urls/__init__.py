"""Addresses of the floor's pages: some stand alone, the others lie within a system."""

from people.urls import account, actors, installation, members, settings, tokens, trail

PARTS = (account, members, actors, settings, tokens, trail, installation)
fixed = [route for part in PARTS for route in part.fixed]
system = [route for part in PARTS for route in part.system]
