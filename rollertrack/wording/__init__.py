"""What every reader is told, in plain words: one room for the command line, the screens and a page."""
