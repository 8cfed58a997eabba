"""Sentences for what is wrong with a file before its meaning is looked at (`reading/`: bytes, YAML, tables)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # -- any file
    "empty-file": "the file is empty",
    "binary-file": "this is not a text file",
    "encoding": "the byte {found} is neither UTF-8 nor GB18030; save the file as UTF-8",
    "too-large": "the file has {found} bytes; more than {limit} are not read (setting {setting})",
    "unreadable-file": "the file cannot be read: {problem}",
    "no-such-file": "there is no file {found} beside the plan",
    "is-a-folder": "{found} is a folder; name a file in it",
    "not-a-file": "{found} is not an ordinary file",
    "outside-folder": "{found} lies outside the plan's folder; copy it beside the plan",
    "more-of-a-code": "and {more} more of {of}",
    # -- YAML
    "yaml-syntax": "this is not valid YAML: {problem} (in what begins in line {began})",
    "tab-indent": "the line is indented with a tab; YAML wants spaces",
    "full-width-colon": "a full-width colon (：) does not part key and value; write ': '",
    "duplicate-key": "the key {found} stands twice, first in line {first_line}",
    "key-not-a-text": "a key is a text, not a list or a mapping",
    "several-documents": "a second document begins here (---); a plan is one",
    "too-deep": "lists and mappings stand more than {limit} levels deep in one another (setting {setting})",
    "alias-budget": "the aliases of this file stand for more than {limit} values (setting {setting})",
    "unknown-alias": "*{found} has no anchor &{found} before it",
    "alias-in-itself": "*{found} stands within what it stands for",
    "merge-not-a-mapping": "<< takes a mapping, or a list of mappings",
    "unknown-tag": "the tag {found} is not known; leave it out",
    "control-character": "the control character {found} may not stand in a plan",
    "hidden-character": "an invisible character ({found}) stands here; it may change what the text means",
    # -- tables
    "unknown-format": "tables end in {expected}, not in '{found}'",
    "unreadable-table": "this cannot be opened as a spreadsheet: {looks}",
    "zip-bomb": "the spreadsheet unpacks into too much; the limit is {limit} (setting {setting})",
    "sheet-too-large": (
        "the sheet reaches to row {rows} and over {columns} columns; the limit is {limit} (setting {setting})"
    ),
    "no-such-sheet": "there is no sheet {found}; the file has {expected}",
    "several-sheets": "only the sheet {found} is read; there are also {others}; sheet: says which",
    "empty-table": "the table is empty",
    "ragged-row": (
        "the row has {found} cells where the table has {expected}; a comma in a text wants quotes around the text"
    ),
    "bad-quote": "a quotation mark opens here and is not closed properly",
    "error-value": "the cell holds the error {found} and is read as empty",
    "no-known-column": "no known column heading was found; the likeliest row has {found}",
    "no-such-row": "header: names row {found}; the sheet ends at row {last}",
    "duplicate-column": "two columns are called {found}",
    "second-column": "the column {found} is not read as {key}, since {other} is; columns: says otherwise",
}

YAML_PROBLEMS: dict[str, str] = {
    "mapping values are not allowed in this context": "a second ': ' stands in the line, or it is indented too deep",
    "block sequence entries are not allowed in this context": "a list begins on a line of its own",
    "could not find expected ':'": "a key has no colon after it",
    "did not find expected key": "a key was expected here; look at the indentation",
    "did not find expected '-' indicator": "a list goes on here without '-'; look at the indentation",
    "did not find expected ',' or ']'": "the list that '[' opens wants a comma or ']' here",
    "did not find expected ',' or '}'": "the mapping that '{' opens wants a comma or '}' here",
    "did not find expected node content": "a value was expected here",
    "did not find expected <document start>": "the plan has ended above; this does not belong to it",
    "did not find expected comment or line break": "after '|' or '>' the text begins in the next line",
    "did not find expected alphabetic or numeric character": "a text that begins with '*' or '&' wants quotes",
    "found character that cannot start any token": "a text that begins with this character wants quotes",
    "found unexpected end of stream": "a text in quotes is not closed",
    "found unknown escape character": "a backslash within double quotes wants to be doubled",
}
"""What libyaml says, which is no help to who does not write programs; what is rare stays as it says it."""

LOOKS: dict[str, str] = {
    "encrypted": "it is protected by a password; save it without one",
    "damaged": "it is damaged; open it in Excel or WPS and save it again",
    "html": "it is a web page under a spreadsheet's name; open it in Excel or WPS and save it as .xlsx",
    "xml": "it is an XML file under a spreadsheet's name; open it in Excel or WPS and save it as .xlsx",
    "text": "it is a text file under a spreadsheet's name; call it .csv, or save it as .xlsx",
    "pdf": "it is a PDF file",
    "docx": "it is a Word document; copy its table into a spreadsheet",
    "xlsb": "it is a binary workbook (.xlsb); save it as .xlsx",
    "zip": "it is an archive; unpack it first",
    "binary": "it is some other kind of file",
    "empty": "there is nothing in it",
}
"""What the value `looks` of `unreadable-table` stands for."""
