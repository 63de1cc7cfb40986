"""The pages of the floor: people, access and the trail."""
