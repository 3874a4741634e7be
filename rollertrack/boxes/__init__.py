"""What the barcodes on makers' boxes say; loaded at the first box."""
