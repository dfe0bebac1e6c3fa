"""Attaching to every AWS client of the process, whoever makes it: us, PynamoDB, boto3."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

from botocore.session import Session

Attach = Callable[[Any], None]

_attachments: list[Attach] = []
_lock = threading.Lock()


def on_every_client(attach: Attach) -> None:
    """Call attach with each client made from now on; naming the same one again changes nothing."""
    with _lock:
        if not _attachments:
            _wrap_create_client()
        if attach not in _attachments:
            _attachments.append(attach)


def _wrap_create_client() -> None:
    create = Session.create_client

    @wraps(create)
    def create_client(self: Session, *args: Any, **kwargs: Any) -> Any:
        client = create(self, *args, **kwargs)
        for attach in _attachments:
            attach(client)
        return client

    Session.create_client = create_client  # type: ignore[method-assign]  # the one place every client passes through
