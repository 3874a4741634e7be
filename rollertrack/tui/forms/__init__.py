"""Forms: each asks for one deed, saves nothing itself, and keeps what was typed until it is done."""
