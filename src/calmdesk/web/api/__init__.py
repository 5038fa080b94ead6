"""What scripts talk to: the chat widget's API."""
