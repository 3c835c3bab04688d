"""Files that were handed in: taken, judged by their content, kept, and given out as downloads."""
