"""The pages of those who buy and supply."""
