"""Puts the built console into its bucket and makes the CDN ask again for what changed.

Files named after their content go first and are never replaced, the page that names them goes last: at no moment does a
browser get a page whose files are not there. Tabs that are open keep finding the files of the build before.
"""

import mimetypes
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from infra.console_headers import ASKED_AGAIN, NAMED_AFTER_CONTENT, cache_control
from infra.paths import ROOT

BUILT = ROOT / "console" / "dist"
PAGE = "index.html"
OLD = timedelta(days=30)
_UTF8 = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"})


class NotBuilt(RuntimeError):
    """There is no built console."""


def publish(s3: Any, cdn: Any, bucket: str, distribution: str, built: Path = BUILT) -> int:
    """Returns how many files were sent; raises NotBuilt. s3, cdn: clients of S3 and CloudFront."""
    if not (built / PAGE).is_file():
        raise NotBuilt(f"there is no console in {built}: run `make console`")
    there = dict(_stored(s3, bucket))
    sent = [path for path in _paths(built) if not (_lasting(path) and path in there)]
    for path in sent:
        _put(s3, bucket, built, path)
    for path in _forgotten(there, set(_paths(built))):
        s3.delete_object(Bucket=bucket, Key=path)
    _ask_again(cdn, distribution)
    return len(sent)


def _paths(built: Path) -> list[str]:
    """All files, in the order in which they may appear."""
    found = (file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file())
    return sorted(
        (path for path in found if not path.startswith(".")), key=lambda path: (not _lasting(path), path == PAGE, path)
    )


def _lasting(path: str) -> bool:
    return cache_control(path) != ASKED_AGAIN


def _put(s3: Any, bucket: str, built: Path, path: str) -> None:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    s3.put_object(
        Bucket=bucket,
        Key=path,
        Body=(built / path).read_bytes(),
        ContentType=f"{kind}; charset=utf-8" if kind in _UTF8 else kind,
        CacheControl=cache_control(path),
    )


def _stored(s3: Any, bucket: str) -> Iterator[tuple[str, datetime]]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for found in page.get("Contents", []):
            yield found["Key"], found["LastModified"]


def _forgotten(there: dict[str, datetime], built: set[str]) -> list[str]:
    """Files of builds before that no open tab can ask for any more."""
    limit = datetime.now(UTC) - OLD
    return [path for path, at in there.items() if path not in built and (not _lasting(path) or at < limit)]


def _ask_again(cdn: Any, distribution: str) -> None:
    """Everything whose address stays while its content changes; one path with a star counts as one."""
    batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": f"console-{time.time_ns()}"}
    cdn.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)


def screens_function(public: Path = ROOT / "console" / "public") -> str:
    """The CDN's rule for addresses that are no files of the console: each is a screen of its one page."""
    folders = sorted({NAMED_AFTER_CONTENT, *(found.name for found in public.iterdir() if found.is_dir())})
    files = sorted(found.name for found in public.iterdir() if found.is_file())
    pattern = "|".join([*(f"{name}\\/.*" for name in folders), *(name.replace(".", "\\.") for name in files)])
    return (
        "function handler(event) {\n"
        "  var request = event.request;\n"
        f"  if (!/^\\/({pattern})$/.test(request.uri)) request.uri = '/{PAGE}';\n"
        "  return request;\n"
        "}\n"
    )
