"""The one public port of a local run: the page, the API, the live channel and the carrier's controls."""
