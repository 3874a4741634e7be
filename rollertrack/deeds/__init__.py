"""Every deed once: what the command line, the screens and their help know of it."""
