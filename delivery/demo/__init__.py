"""The fictional state of Meridian: a system file and the history that goes with it."""
