"""Recording: what happened becomes events of the ledger, told by a command or by a file."""
