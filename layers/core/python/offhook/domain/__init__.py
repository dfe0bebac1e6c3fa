"""What the product decides, in the standard library alone: no AWS, HTTP, clock or chance."""
