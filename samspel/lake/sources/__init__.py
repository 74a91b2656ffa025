"""Where notices are fetched. One source is one file: where, how often, and what is odd about it."""
