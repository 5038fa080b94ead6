"""Planning by program: `POST /api/schedule`, `GET /api/schedule`, `POST /api/schedule/{id}/cancel`, with a session."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_200_OK
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from calmdesk.actions.schedule import Schedule, cancel_scheduled, schedule, scheduled
from calmdesk.desk.people import Viewer
from calmdesk.desk.schedule import Scheduled, ScheduleKind
from calmdesk.web.answers import WebRequest
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in


class Plan(BaseModel):
    """What is to happen: `kind` remind or message, `at` with its offset; `key` makes a repetition harmless."""

    model_config = ConfigDict(extra="forbid")
    conversation: str = Field(max_length=64)
    kind: ScheduleKind
    at: AwareDatetime
    text: str = Field(default="", max_length=80_000)
    key: str = Field(default="", max_length=64)
    unless_answered: bool = False


@post("/schedule", sync_to_thread=True, status_code=HTTP_200_OK)
def plan(request: WebRequest, data: JSONBody[Plan]) -> dict[str, Any]:
    """Plans it. Raises what schedule raises."""
    viewer = Viewer.staff(signed_in(request))
    at: datetime = data.at
    wanted = Schedule(
        viewer, data.conversation, data.kind, at, data.text, data.key or None, data.unless_answered
    )
    return _shown(schedule(wanted, web_of(request.app.state).services))


@get("/schedule", sync_to_thread=True)
def listed(request: WebRequest, conversation: FromQuery[str] = "") -> dict[str, Any]:
    """What waits, soonest first."""
    viewer = Viewer.staff(signed_in(request))
    rows = scheduled(viewer, web_of(request.app.state).services, conversation or None)
    return {"scheduled": [_shown(row) for row in rows]}


@post("/schedule/{row_id:int}/cancel", sync_to_thread=True, status_code=HTTP_200_OK)
def cancel(request: WebRequest, row_id: FromPath[int]) -> dict[str, Any]:
    """Takes it back. Raises what cancel_scheduled raises."""
    cancel_scheduled(Viewer.staff(signed_in(request)), row_id, web_of(request.app.state).services)
    return {"id": row_id, "cancelled": True}


def _shown(row: Scheduled) -> dict[str, Any]:
    return {
        "id": row.id, "kind": row.kind.value, "conversation": row.conversation_id, "at": row.at.isoformat(),
        "text": row.text, "by": row.by, "unless_answered": row.unless_answered,
    }  # fmt: skip


router = Router("/api", route_handlers=[plan, listed, cancel])
