"""`safeplan schema`: the JSON Schema of the plan file, for editors."""

from __future__ import annotations

import json

from safeplan.cli.result import write_result
from safeplan.cli.speech import say

HELP = say("Print the JSON Schema of the plan file, so that an editor completes and checks it.")
EXAMPLES = say(
    "safeplan schema > safeplan.schema.json\n\n"
    "and on the first line of the plan:  # yaml-language-server: $schema=safeplan.schema.json"
)


def schema() -> None:
    """Print the schema."""
    from safeplan.reading.schema import json_schema

    write_result((json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n").encode())
