"""The group of organisations (kommunkoncern, kommunekonsern): who belongs to whom, by the word of both."""
