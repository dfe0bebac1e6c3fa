"""Errors of the REST API, with the carrier's numbers."""


class RestError(Exception):
    """A request that the carrier refuses: numeric code, words, HTTP status."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def not_found(path: str) -> RestError:
    return RestError(20404, f"The requested resource {path} was not found", 404)


def authenticate() -> RestError:
    return RestError(20003, "Authenticate", 401)


def invalid_parameter(name: str, value: str) -> RestError:
    return RestError(20001, f"Invalid parameter {name}: {value!r}")


def missing_parameter(code: int, name: str) -> RestError:
    return RestError(code, f"No '{name}' number is specified" if name in ("To", "From") else f"Missing {name}")


def not_in_progress() -> RestError:
    return RestError(21220, "Call is not in-progress. Cannot redirect.")


def too_many_requests() -> RestError:
    return RestError(20429, "Too Many Requests", 429)
