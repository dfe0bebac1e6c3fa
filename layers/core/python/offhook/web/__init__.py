"""The edge: identity, tenant, errors and metrics of every route, once for all."""
