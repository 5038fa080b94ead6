"""The keeper: does what is due, whoever is at a page or not."""
