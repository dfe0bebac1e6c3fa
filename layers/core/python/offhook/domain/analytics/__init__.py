"""What the stream of changes says: events to publish, figures of the floor, reports."""
