"""What is public: publications after a redaction review, and figures that are suppressed."""
