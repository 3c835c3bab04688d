"""Units, collective bodies, posts, people, terms of office, kin and declared interests."""
