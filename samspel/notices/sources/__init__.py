"""Where the notices come from, and what is missing."""
