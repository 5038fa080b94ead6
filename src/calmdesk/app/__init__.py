"""Joins the parts: settings, the command line, and the only place that builds a desk from them."""
