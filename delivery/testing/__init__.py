"""What the test run needs and production never imports."""
