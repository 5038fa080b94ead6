"""Tests; a package, so that they share the cast and the fakes."""
