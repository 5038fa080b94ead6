"""Tests; `cast.py` has the people in them."""
