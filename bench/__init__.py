"""Measurements, printed by `make bench`. They are no tests: machines are noisy, so ratios are printed."""
