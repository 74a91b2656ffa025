"""The tie between an organisation and the body that public notices name."""
