"""The independent referee: it reads a plan and a schedule's JSON and judges from the documents alone, without safeplan."""
