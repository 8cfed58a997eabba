"""safeplan: a town's yearly safety plan in, dated inspection rosters and rectification deadlines out."""

__version__ = "0.1.0"
