"""The CDK app: what Offhook consists of in AWS, and on the embedded AWS."""
