"""Instruments, their versions with dates in force, and provisions that can be cited."""
