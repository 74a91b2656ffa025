"""The trail, told in words."""
