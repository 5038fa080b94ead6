"""The record as a file to keep: `/c/<id>/record.md` and `/c/<id>/record.pdf`."""

from __future__ import annotations

from litestar import Response, Router, get
from litestar.params import FromPath

from calmdesk.actions.export_record import ExportRecord, Form, export_record
from calmdesk.desk.people import Viewer
from calmdesk.web.answers import WebRequest
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in

_TYPES = {Form.MARKDOWN: "text/markdown; charset=utf-8", Form.PDF: "application/pdf"}


def _file(request: WebRequest, conversation_id: str, form: Form) -> Response[bytes]:
    person = signed_in(request)
    web = web_of(request.app.state)
    body = export_record(ExportRecord(Viewer.staff(person), conversation_id, person.lang, form), web.services)
    headers = {
        "content-disposition": f'attachment; filename="record-{conversation_id[:8]}.{form.value}"',
        "cache-control": "no-store",
    }
    return Response(body, media_type=_TYPES[form], headers=headers)


@get("/c/{conversation_id:str}/record.md", sync_to_thread=True)
def as_markdown(request: WebRequest, conversation_id: FromPath[str]) -> Response[bytes]:
    """The record as Markdown. Raises NotFound."""
    return _file(request, conversation_id, Form.MARKDOWN)


@get("/c/{conversation_id:str}/record.pdf", sync_to_thread=True)
def as_pdf(request: WebRequest, conversation_id: FromPath[str]) -> Response[bytes]:
    """The record as PDF. Raises NotFound."""
    return _file(request, conversation_id, Form.PDF)


router = Router("/", route_handlers=[as_markdown, as_pdf])
