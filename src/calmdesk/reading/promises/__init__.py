"""Promises in an agent's words."""
