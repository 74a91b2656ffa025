"""The regions of the programme and the advisers in them."""
