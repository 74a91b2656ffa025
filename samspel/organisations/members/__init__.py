"""Those who act for an organisation: their roles, who administers, who ends, and what is handed over."""
