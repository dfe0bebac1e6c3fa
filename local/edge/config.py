"""Where the edge sends what it gets."""

import json
from dataclasses import dataclass
from pathlib import Path

API_STAGE = "api"
LIVE_STAGE = "live"


@dataclass(frozen=True, slots=True)
class Config:
    """aws_url: the embedded AWS; apis: REST API ids by area; demo_file: logins that the page may offer, "" = none."""

    port: int
    site: Path
    aws_url: str
    carrier_url: str
    apis: dict[str, str]
    live_api: str
    demo_file: str = ""

    def api(self, area: str, path: str) -> str | None:
        """The address of a path of an area's function; None for an unknown area."""
        api_id = self.apis.get(area)
        return None if api_id is None else f"{self.aws_url}/_aws/execute-api/{api_id}/{API_STAGE}/{path}"

    @property
    def live(self) -> str:
        """The address of the live channel."""
        return f"{self.aws_url.replace('http', 'ws', 1)}/_aws/execute-api/{self.live_api}/{LIVE_STAGE}"


def read(path: Path) -> Config:
    """The configuration in a JSON file."""
    values = json.loads(path.read_text())
    return Config(**{**values, "site": Path(values["site"])})
