"""A sample inventory: two years of made-up lives, written by the real deeds."""
