"""What was promised and how it goes: metrics, trajectories, observations, judgments."""
