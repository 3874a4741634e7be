"""Labels: facts -> lines -> layout in whole dots -> one-bit picture -> bytes -> printer or file."""
