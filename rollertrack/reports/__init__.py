"""What other programs read and write: tables, calendars; pure, and loaded where one is made."""
