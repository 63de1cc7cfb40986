"""The pages of what was promised, how it goes, and the rules that say so."""
