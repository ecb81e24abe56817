"""One page to hand over: charts, what does not fit, and every text with its figures marked."""
