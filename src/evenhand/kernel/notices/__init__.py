"""What people are told: an inbox on the web, and mail that says no more than it must."""
