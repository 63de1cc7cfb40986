"""Everyone knocks at every address, in every place of the tree, and gets what was agreed."""
