"""The floor: who is here, in which system, and what they may do. Imports no other room."""
