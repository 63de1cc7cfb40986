"""Aspirations, their list, their page and all that is entered about them."""
