"""Working days, holidays, make-up days, terms and pauses: dates that can show their working."""
