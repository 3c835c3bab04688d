"""Sign-in, who stands in which relation to which matter, row security, receipts."""
