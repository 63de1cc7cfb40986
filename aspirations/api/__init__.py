"""What programs read of the room: promises, figures and judgments of one system."""
