"""Labels as deeds: drawn, queued, sent, proven to have a place in the record."""
