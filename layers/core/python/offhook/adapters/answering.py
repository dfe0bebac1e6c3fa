"""A service of AWS that does not answer, or refuses, is one that is not available: said once for all adapters."""

from collections.abc import Iterator
from contextlib import contextmanager

from offhook.domain.errors import StoreUnavailable


@contextmanager
def answering(otherwise: str) -> Iterator[None]:
    """What is asked inside is answered, or raises StoreUnavailable with these words."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(otherwise) from error
