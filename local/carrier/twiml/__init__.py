"""TwiML: text to immutable verb values, with the carrier's rules of nesting and attributes."""
