"""Pages, fragments, the live stream, the chat's API: Litestar and Jinja, server-rendered."""
