"""The server's settings, from arguments or the environment (NNLAB_ and the name), and the numbers that follow from them."""

import re
import socket
import sys
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from nnlab.work.process_pool import available_cores

LOOPBACK = ("localhost", "127.", "[::1]")
PREFIX = "NNLAB_"
WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
SCHEDULER_ADDRESS = re.compile(r"[a-z]+://[^\s/]+:[0-9]+/?", re.IGNORECASE)


class Settings(BaseSettings):
    """The settings of the server. An argument overrides the environment; an empty value counts as not set.

    Attributes:
        workers: processes that answer, if gunicorn serves.
        threads: a worker's threads.
        public_url: where students reach it, if the machine cannot know.
        port: to listen on.
        bind: the address to listen on, 0.0.0.0 for everyone on the network.
        dask: the scheduler of a Dask cluster for large work, else it is done here.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", str_strip_whitespace=True
    )

    workers: Annotated[int, Field(ge=1, le=1024)] = 2
    threads: Annotated[int, Field(ge=1, le=4096)] = 96
    public_url: str | None = None
    port: Annotated[int, Field(ge=1, le=65_535)] = 8050
    bind: str = "127.0.0.1"
    dask: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in given.items() if str(value).strip()}

    @field_validator("public_url")
    @classmethod
    def _web_address_without_a_slash(cls, url: str | None) -> str | None:
        if url is not None and not WEB_ADDRESS.fullmatch(url):
            raise ValueError("must begin with http:// or https://, and name a host")
        return url and url.rstrip("/")

    @field_validator("dask")
    @classmethod
    def _scheduler_address(cls, address: str | None) -> str | None:
        if address is not None and not SCHEDULER_ADDRESS.fullmatch(address):
            raise ValueError("must be an address such as tcp://host:8786")
        return address

    @classmethod
    def of_this_process(cls, **given: Any) -> Self:
        """The settings of this server process; if one is not valid, print a line about it and exit."""
        try:
            return cls(**given)
        except ValidationError as error:
            sys.exit("\n".join(map(refusal, error.errors())))

    @property
    def processes(self) -> int:
        """The number of training processes beside each web worker: the cores, divided among the workers."""
        return max(1, available_cores() // self.workers)

    @property
    def most_jobs(self) -> int:
        """The most requests about many networks that are answered at once; each holds a thread, and runs come first."""
        return max(1, self.threads // 4)

    @property
    def most_runs(self) -> int:
        """The most runs that are streamed at once; an eighth of the threads, at least two, remain for pages and health."""
        return max(1, self.threads - self.most_jobs - max(2, self.threads // 8))

    def welcome(self) -> str:
        """The lines that are printed when the lab is ready: its address on this machine, and the one for a class."""
        here = f"nnlab is at http://localhost:{self.port}"
        if self.bind.startswith(LOOPBACK):
            return here
        url = self.class_url()
        if url is None:
            return f"{here}\nfor the class: no network was found; NNLAB_PUBLIC_URL can name the address"
        return f"{here}\nfor the class: {url}  (to project it with a QR code: {url}/join)"

    def class_url(self) -> str | None:
        """The address to give to a class: what was set, else this machine's on its network.

        None if this machine is on no network, or listens on the loopback alone, which no other machine can open.
        """
        if self.public_url:
            return self.public_url
        if self.bind.startswith(LOOPBACK):
            return None
        address = lan_address()
        return f"http://{address}:{self.port}" if address else None


def refusal(problem: ErrorDetails) -> str:
    """The sentence for a setting that is not valid: the variable, its bounds, and its value."""
    name = str(problem["loc"][0])
    bounds = Settings.model_json_schema()["properties"][name]
    if problem["type"] == "value_error":
        must = str(problem["ctx"]["error"])
    elif "minimum" in bounds:
        must = f"must be a whole number from {bounds['minimum']} to {bounds['maximum']}"
    else:
        must = "must be a text"
    return f"{PREFIX}{name.upper()} {must}, got {problem['input']!r}"


def lan_address() -> str | None:
    """Find this machine's address on its own network, or None if it is on none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation: only the route is looked up
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith(("127.", "0.")) else address
