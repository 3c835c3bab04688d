"""Settings, urls, the command-line entry, the embedded database, the processes."""
