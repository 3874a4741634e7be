"""The rules: codes, events, folds, policy, gate. Standard library only; no clock, no disk."""
