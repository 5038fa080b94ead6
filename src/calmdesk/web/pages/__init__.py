"""The agent's pages, one file each."""
