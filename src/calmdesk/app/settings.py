"""Every setting of Calmdesk, by environment (`CALMDESK_…`), a file of settings, or a secret's file (`…_FILE`).

Nothing is read at import. An unknown `CALMDESK_…` variable is refused: a misspelt setting must not be ignored.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

PREFIX = "CALMDESK_"
#: Well-known names without the prefix that are taken too.
ALIASES = {"DATABASE_URL": "database_url"}


class SettingsError(Exception):
    """A setting is unknown or cannot be read. Nothing was started and nothing was changed."""


class PortTaken(Exception):
    """Something else listens on that address already. Nothing was started."""


class Settings(BaseModel):
    """The settings; each has a default that is safe on one machine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Annotated[
        Path, Field(description="Where the embedded database, its back-ups and the secret live.")
    ] = Path("var")
    database_url: Annotated[
        str,
        Field(
            description="Database: empty for SQLite in the data folder, or postgresql://user:password@host/name."
        ),
    ] = ""
    host: Annotated[str, Field(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="Port to listen on.")] = 8000
    base_url: Annotated[
        str,
        Field(
            description="Address under which people reach the desk, for links; empty: taken from host and port."
        ),
    ] = ""
    secret: Annotated[
        SecretStr,
        Field(
            description="Key for sessions and tokens, 32 characters or more; empty: one is made in the data folder."
        ),
    ] = SecretStr("")
    lang: Annotated[str, Field(pattern="^(en|ru)$", description="Language of a new desk: en or ru.")] = "en"
    zone: Annotated[str, Field(description="Time zone of a new desk, for example Europe/London.")] = "UTC"
    hours: Annotated[str, Field(description="Working hours of a new desk.")] = "Mon-Fri 09:00-18:00"
    desk_name: Annotated[str, Field(description="Name of the first desk.")] = "Support"
    packs: Annotated[
        tuple[Path, ...],
        Field(description="Folders with content packs of your own, read after the core pack."),
    ] = ()
    widget_origins: Annotated[
        tuple[str, ...], Field(description="Origins whose pages may embed the chat; empty: any.")
    ] = ()
    keeper: Annotated[
        bool,
        Field(description="Whether this process also keeps promises and sends; off where a worker does it."),
    ] = True
    model: Annotated[bool, Field(description="Whether the neural reader is used beside the rules.")] = True
    llm_url: Annotated[
        str,
        Field(
            description="Address of an OpenAI-compatible language model, with or without /v1; empty: none is used."
        ),
    ] = ""
    llm_key: Annotated[SecretStr, Field(description="Key for the language model, if it wants one.")] = (
        SecretStr("")
    )
    llm_model_openings: Annotated[
        str, Field(description="Model that says the coach's openings differently; empty: off.")
    ] = ""
    llm_model_rewrites: Annotated[
        str, Field(description="Model that says the coach's rewrites differently; empty: off.")
    ] = ""
    llm_timeout: Annotated[
        float, Field(gt=0, le=60, description="Seconds after which the language model is given up.")
    ] = 8.0
    secure_cookies: Annotated[
        bool, Field(description="Whether cookies are sent over HTTPS only; switch on behind TLS.")
    ] = False
    log_level: Annotated[
        str,
        Field(pattern="^(debug|info|warning|error)$", description="How much is logged; never message text."),
    ] = "info"

    @property
    def address(self) -> str:
        """The desk's own address, without a slash at the end."""
        return self.base_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def database(self) -> str:
        """The database's URL, in SQLAlchemy's form."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir / 'calmdesk.sqlite'}"
        for plain in ("postgres://", "postgresql://"):
            if self.database_url.startswith(plain):
                return "postgresql+psycopg://" + self.database_url.removeprefix(plain)
        return self.database_url


def load_settings(environ: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """The settings from a file (YAML) and the environment, which wins.

    `CALMDESK_X_FILE` reads the value of X from a file, for secrets. Lists are separated by commas. Raises
    SettingsError with the name of what is unknown or wrong, never with its value.
    """
    env = os.environ if environ is None else environ
    file = file or (Path(env[PREFIX + "SETTINGS"]) if PREFIX + "SETTINGS" in env else None)
    values: dict[str, object] = _from_file(file) if file else {}
    values.update(_from_environment(env))
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        near = difflib.get_close_matches(unknown[0], Settings.model_fields, n=1)
        hint = (
            f" Did you mean {PREFIX}{near[0].upper()}?" if near else " See docs/settings.md for all of them."
        )
        raise SettingsError(f"Unknown setting {PREFIX}{unknown[0].upper()}.{hint} Nothing was started.")
    try:
        return Settings.model_validate(values)
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        name = f"{PREFIX}{str(first['loc'][0]).upper()}"
        raise SettingsError(f"{name} cannot be used: {first['msg']}. Nothing was started.") from None


def _from_file(file: Path) -> dict[str, object]:
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise SettingsError(f"The settings file {file} cannot be read ({type(fault).__name__}).") from None
    if not isinstance(read, dict):
        raise SettingsError(f"The settings file {file} must hold `name: value` lines.")
    return {str(name): value for name, value in read.items()}


def _from_environment(env: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {ours: env[theirs] for theirs, ours in ALIASES.items() if env.get(theirs)}
    for name, value in env.items():
        if not name.startswith(PREFIX) or name == PREFIX + "SETTINGS":
            continue
        key = name.removeprefix(PREFIX).lower()
        if key.endswith("_file") and key not in Settings.model_fields:
            key = key.removesuffix("_file")
            try:
                value = Path(value).read_text(encoding="utf-8").strip()
            except OSError:
                raise SettingsError(
                    f"The file that {name} names cannot be read. Nothing was started."
                ) from None
        field = Settings.model_fields.get(key)
        is_list = field is not None and "tuple" in str(field.annotation)
        values[key] = tuple(part.strip() for part in value.split(",") if part.strip()) if is_list else value
    return values
