"""Finding a system, an aspiration, a metric, a segment or a page by some of its words."""
