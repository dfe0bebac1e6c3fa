"""What every kind of test shares: a region and credentials that can reach no real account."""

import os

from hypothesis import settings

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "000000000000")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")

settings.register_profile("offhook", deadline=None)  # a busy machine is no fault of the example's
settings.load_profile("offhook")
