"""Questions at the keyboard: numbered choices, Enter for the default; nobody is asked where nobody sits."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

from safeplan.cli.progress import hidden

if TYPE_CHECKING:
    from safeplan.words.language import Words
    from safeplan.work.register_columns import Ask, Question

_QUESTIONS = {
    "name-column": "Which column holds the names of the enterprises?",
    "class-column": "Which column tells the class, that is, how often an enterprise is visited?",
    "grid-column": "Which column tells the village?",
    "frequency": "How often are the enterprises of class {name} visited? There are {n}.",
    "town": "What is the town called?",
}
_CHOICES = {
    "1 per month": "every month",
    "1 per quarter": "every quarter",
    "1 per half-year": "every half-year",
    "1 per year": "every year",
}


def asker(words: Words) -> Ask:
    """Give what asks questions: the person at the terminal, or nobody."""
    from safeplan.work.register_columns import nobody

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return nobody

    def asked(question: Question) -> str:
        with hidden():
            return ask(question, words)

    return asked


def ask(question: Question, words: Words) -> str:
    """Ask until there is an answer that can be used."""
    _write(f"\n{words(_QUESTIONS[question.code], **question.values)}\n")
    for number, option in enumerate(question.options, start=1):
        _write(f"  {number}  {_choice(question, option, words)}\n")
    while True:
        _write(f"{_hint(question, words)} > ")
        if hasattr(signal, "siginterrupt"):  # Polars has reading go on after Ctrl-C; here it must end
            signal.siginterrupt(signal.SIGINT, True)
        line = sys.stdin.readline()
        if not line:  # the input has ended
            _write("\n")
            return question.default
        answer = _understood(question, line.strip(), words)
        if answer is not None:
            return answer
        _write(f"{_refusal(question, words)}\n")


def _choice(question: Question, option: str, words: Words) -> str:
    if question.code == "frequency":
        return words(_CHOICES[option])
    examples = question.values.get("examples")
    texts = examples.get(option, ()) if isinstance(examples, dict) else ()
    return f"{option}: {words(', ').join(texts)}" if texts else option


def _hint(question: Question, words: Words) -> str:
    if question.code == "frequency":
        return words("a number, or for instance 2 per year; Enter: later")
    if question.code == "town":
        return words("Enter: {default}", default=question.default)
    return words("a number; Enter: none of them")


def _refusal(question: Question, words: Words) -> str:
    if question.code == "frequency":
        return words("Write a number from 1 to {n}, or a frequency as 2 per year.", n=len(question.options))
    return words("Write a number from 1 to {n}.", n=len(question.options))


def _understood(question: Question, text: str, words: Words) -> str | None:
    from safeplan.terms.diagnostic import TermError
    from safeplan.terms.frequency import Frequency
    from safeplan.terms.text import half_width

    if not text:
        return question.default
    if text in question.options or question.code == "town":
        return text
    number = half_width(text)
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(question.options):
        return question.options[int(number) - 1]
    if question.code != "frequency" or number.isdigit():
        return None
    begun = [option for option in question.options if words(_CHOICES[option]).startswith(text)]
    if len(begun) == 1:
        return begun[0]
    try:
        Frequency.parse(number)
    except TermError:
        return None
    return number


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
    except UnicodeEncodeError:
        sys.stderr.write(text.encode("ascii", "backslashreplace").decode("ascii"))
    sys.stderr.flush()
