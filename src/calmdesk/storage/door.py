"""The one door: who may see what. Every get and list goes through `visible_to`; it mirrors `Viewer.sees`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, true

from calmdesk.desk.people import Viewer, ViewerKind


def visible_to(
    viewer: Viewer, desk: ColumnElement[Any], customer: ColumnElement[Any] | None
) -> ColumnElement[bool]:
    """The rows that the viewer may see, given the columns that hold their desk and their customer.

    `customer` None means that such rows belong to the desk alone: no visitor sees them.
    """
    match viewer.kind:
        case ViewerKind.SYSTEM:
            return true() if viewer.desk_id == "" else desk == viewer.desk_id
        case ViewerKind.STAFF:
            return desk == viewer.desk_id
        case ViewerKind.VISITOR:
            if customer is None or viewer.customer_id is None:
                return false()
            return and_(desk == viewer.desk_id, customer == viewer.customer_id)
