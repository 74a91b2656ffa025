"""What the public sees of an organisation, and how its administrators change it."""
