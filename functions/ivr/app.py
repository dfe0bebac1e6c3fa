"""The ivr function: routes only."""

from chalice.app import Chalice

app = Chalice(app_name="ivr", configure_logs=False)


@app.route("/health")
def health() -> dict[str, str]:
    """Says that the function is packaged and answers."""
    return {"function": "ivr"}
