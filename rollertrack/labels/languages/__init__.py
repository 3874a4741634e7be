"""Pictures as the bytes of printer languages."""
