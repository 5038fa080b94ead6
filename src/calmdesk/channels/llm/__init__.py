"""A language model behind any OpenAI-compatible endpoint, if a desk has configured one."""

from .client import ChatClient, Endpoint, ModelAway, completions_url

__all__ = ["ChatClient", "Endpoint", "ModelAway", "completions_url"]
