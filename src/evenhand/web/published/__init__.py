"""Pages of what is public, and the desk's pages on which it is proposed and reviewed."""
