"""The terminal UI: knows services and values of the domain, no table and no printer."""
