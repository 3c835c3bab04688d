"""Letters and visits: a matter from the door to the answer that is served."""
