"""The persistence port on DynamoDB, through PynamoDB."""
