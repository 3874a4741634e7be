"""What labels are printed on."""
