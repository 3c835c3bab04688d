"""What every mechanism stands on. Names no mechanism."""
