"""The pages that a phone opens from a label: the word of a roller, its life, and its deeds."""
