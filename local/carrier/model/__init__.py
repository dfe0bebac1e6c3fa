"""The records that the carrier keeps; changed only under the engine's lock."""
