"""The coach's small button: the same words said differently. Asked for by a click, never while somebody types."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Router, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.status_codes import HTTP_200_OK

from calmdesk.actions.rephrase import Rephrase, Use, rephrase
from calmdesk.desk.people import Viewer
from calmdesk.web.answers import WebRequest
from calmdesk.web.context import web_of
from calmdesk.web.guard import signed_in

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/c/{conversation_id:str}/rephrase", sync_to_thread=True, status_code=HTTP_200_OK)
def say_differently(request: WebRequest, conversation_id: FromPath[str], data: Form) -> dict[str, Any]:
    """Other words, or the same ones with `changed` false. Raises NotFound, BadInput, TooLarge."""
    person = signed_in(request)
    web = web_of(request.app.state)
    use = Use.REWRITES if data.get("use") == Use.REWRITES.value else Use.OPENINGS
    said = rephrase(
        Rephrase(Viewer.staff(person), conversation_id, data.get("text", ""), use), web.services, web.phraser
    )
    return {"text": said.text, "changed": said.changed}


router = Router("/", route_handlers=[say_differently])
