"""Calmdesk: a support desk for conversations that run hot."""
