"""The nouns of a support desk and their state machines; standard library only."""
