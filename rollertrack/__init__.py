"""RollerTrack: scan a derma roller, and one word says whether it may touch skin now."""

__version__ = "0.1.0"
