"""The dashboard of a system: what it says, and the rows it says it of."""
