"""A Twilio-shaped carrier: REST, TwiML, signed webhooks and simulated people, in real or virtual time."""
