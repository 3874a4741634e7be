"""A scan, from the keys it comes as to what it puts on the screen."""
