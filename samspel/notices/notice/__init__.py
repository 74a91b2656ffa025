"""The page of one notice: what it says, when what happened, where it counts."""
