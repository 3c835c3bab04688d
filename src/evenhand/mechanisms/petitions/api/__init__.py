"""The API of petitions: bring one from another system, follow one with its receipt."""

from .operations import router

__all__ = ["router"]
