"""How fast the arithmetic is, as ratios measured in one run: `python -m benchmarks`."""
