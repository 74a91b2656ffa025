"""My page: what waits for a person, what is new, and what the person keeps."""
