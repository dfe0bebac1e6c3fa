"""What the product talks to: DynamoDB, Kinesis, the carrier, Athena."""
