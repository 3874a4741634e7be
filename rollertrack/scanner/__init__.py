"""What a scanner sends as keys: held back, told from a hand, and read as a code; pure."""
