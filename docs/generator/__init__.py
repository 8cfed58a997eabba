"""Pages of the reference that are made from the program itself; `make docs` writes them."""
