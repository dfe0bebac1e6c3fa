"""One construct for each idea of the deployment."""
