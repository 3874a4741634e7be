"""`python -m rollertrack`."""

from rollertrack.cli import run

if __name__ == "__main__":
    run()
