"""The independent referee: judges a plan and its schedule's JSON by the documents alone, without safeplan."""
