"""Where everything on a label stands."""
