"""What can go wrong for a user, said so that they know what happened, what is safe, and what to do.

A `DeskError` is a normal answer, never logged as a crash. `code` is stable (scripts and translations key on it),
`status` is the HTTP status a page or the API answers with. The class docstring is the default message.
"""

from __future__ import annotations


class DeskError(Exception):
    """The desk could not do that. Nothing was changed; please try again."""

    code = "desk_error"
    status = 400

    def __init__(self, message: str | None = None, **fields: object) -> None:
        self.message = message or (type(self).__doc__ or "").strip()
        self.fields = fields
        super().__init__(self.message)


class NotFound(DeskError):
    """There is nothing here that you may see. It may never have existed, or belong to somebody else."""

    code = "not_found"
    status = 404


class NotAllowed(DeskError):
    """Your role does not allow this. Ask a supervisor or an administrator of your desk."""

    code = "not_allowed"
    status = 403


class NotSignedIn(DeskError):
    """You are not signed in, or your session has ended. What you wrote is kept in this browser; sign in again."""

    code = "not_signed_in"
    status = 401


class BadInput(DeskError):
    """Something in the input is missing or malformed. Nothing was changed."""

    code = "bad_input"
    status = 422


class TooLarge(DeskError):
    """That is too long. Nothing was sent; shorten it or send it in parts."""

    code = "too_large"
    status = 413


class Conflict(DeskError):
    """Somebody else changed this in the meantime. Nothing of yours was lost; look at the newest state and retry."""

    code = "conflict"
    status = 409


class ConversationIsClosed(DeskError):
    """This conversation is closed. Reopen it to write; your draft is kept."""

    code = "conversation_closed"
    status = 409


class TooMany(DeskError):
    """Too many requests in a short time. Nothing was lost; wait a moment and try again."""

    code = "too_many"
    status = 429


class StorageAway(DeskError):
    """The database does not answer at the moment. What was saved is safe; this was not saved, try again soon."""

    code = "storage_away"
    status = 503
