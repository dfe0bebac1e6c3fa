"""Where the edge sends what it gets."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """What the edge serves and where it passes the rest.

    site: the folder of the built console;
    aws_url: the embedded AWS; apis: `<id>/<stage>` of the REST APIs by area; live_api: the same of the live channel;
    demo_file: logins that the page may offer, "" = none.
    """

    port: int
    site: Path
    aws_url: str
    carrier_url: str
    apis: dict[str, str]
    live_api: str
    demo_file: str = ""
    stripe_url: str = ""

    def api(self, area: str, path: str) -> str | None:
        """The address of a path of an area's function; None for an unknown area."""
        api = self.apis.get(area)
        return None if api is None else f"{self.aws_url}/_aws/execute-api/{api}/{path}"

    @property
    def live(self) -> str:
        """The address of the live channel."""
        return f"{self.aws_url.replace('http', 'ws', 1)}/_aws/execute-api/{self.live_api}"


def read(path: Path) -> Config:
    """The configuration in a JSON file."""
    values = json.loads(path.read_text())
    return Config(**{**values, "site": Path(values["site"])})
