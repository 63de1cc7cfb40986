"""The pages of the front desk, which sees all rooms."""
