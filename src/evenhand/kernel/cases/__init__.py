"""Flows as tables, and the one engine that moves cases."""
