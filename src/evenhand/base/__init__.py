"""Clock, identifiers and text: what everything else may stand on. No models."""
