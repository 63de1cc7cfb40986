"""How able we are to deliver: rubrics, review rounds, scores and findings."""
