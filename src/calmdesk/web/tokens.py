"""Signed tokens for customers: whoever holds one is that customer, until it expires.

Signing is itsdangerous' (HMAC, timestamped). A token holds ids, never names or words.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

#: How long a customer's browser stays recognised after its last renewal.
TOKEN_LIVES = timedelta(days=30)


class Tokens:
    """Makes and checks visitors' tokens with one secret."""

    def __init__(self, secret: bytes) -> None:
        self._feeds = URLSafeSerializer(
            secret, salt="calmdesk.feed", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._serializer = URLSafeTimedSerializer(
            secret, salt="calmdesk.visitor", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def give_feed(self, desk_id: str, person_id: str, epoch: int) -> str:
        """A token for that person's calendar; it is good until their password or role changes."""
        return str(self._feeds.dumps([desk_id, person_id, epoch]))

    def take_feed(self, token: str) -> tuple[str, str, int] | None:
        """(desk_id, person_id, epoch), or None for a wrong or altered token."""
        if not token or len(token) > 500:
            return None
        try:
            read = self._feeds.loads(token)
        except BadData:
            return None
        match read:
            case [str(desk_id), str(person_id), int(epoch)]:
                return desk_id, person_id, epoch
            case _:
                return None

    def give(self, desk_id: str, customer_id: str) -> str:
        """A token for that customer of that desk."""
        return str(self._serializer.dumps([desk_id, customer_id]))

    def take(self, token: str) -> tuple[str, str] | None:
        """(desk_id, customer_id), or None for a wrong, altered or expired token."""
        if not token or len(token) > 500:
            return None
        try:
            read = self._serializer.loads(token, max_age=int(TOKEN_LIVES.total_seconds()))
        except BadData:
            return None
        match read:
            case [str(desk_id), str(customer_id)]:
                return desk_id, customer_id
            case _:
                return None
