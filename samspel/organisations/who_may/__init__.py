"""The table of permissions, told in words."""
