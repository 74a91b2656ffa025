"""The innovation count and its sisters, with the procurements behind every number."""
