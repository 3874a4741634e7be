"""Pages of paper: sheets of labels, the wall sheet, the outage sheet, the calibration page."""
