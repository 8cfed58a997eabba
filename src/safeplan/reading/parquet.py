"""Parquet as columns of texts, by Polars; the names of its columns are the first row, as in every table."""

from __future__ import annotations

import io

import polars as pl

from safeplan.reading.limits import Limits
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.origin import Place

_EXACT = 10**15


def read_parquet_cells(data: bytes, file: str, limits: Limits) -> tuple[pl.DataFrame | None, list[Diagnostic]]:
    """Read a Parquet file's bytes: text columns c0, c1, … and `row`, where row 1 holds the columns' names."""
    try:
        table = pl.scan_parquet(io.BytesIO(data))
        names = table.collect_schema().names()
        rows = table.select(pl.len()).collect().item()
        if rows > limits.rows or rows * len(names) > limits.cells:
            setting = "rows" if rows > limits.rows else "cells"
            limit = limits.rows if setting == "rows" else limits.cells
            place = Place(file)
            return None, [
                error(
                    "sheet-too-large",
                    place,
                    rows=rows,
                    columns=len(names),
                    written=None,
                    limit=limit,
                    setting=setting,
                )
            ]
        frame = table.collect()
        texts = frame.select(_as_text(name, frame.schema[name]) for name in names)
    except (pl.exceptions.PolarsError, OSError):
        return None, [error("unreadable-table", Place(file), looks="damaged")]
    columns = [f"c{index}" for index in range(len(names))]
    texts.columns = columns
    heading = pl.DataFrame([names], dict.fromkeys(columns, pl.String()), orient="row")
    cells = pl.concat([heading, texts])
    empty = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in columns]
    return cells.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("row"), *empty), []


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    cell = pl.col(name)
    if kind.is_float():
        whole = (cell == cell.floor()) & (cell.abs() < _EXACT)
        return pl.when(whole).then(cell.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(cell.cast(pl.String))
    if isinstance(kind, pl.Datetime):
        day = cell.dt.truncate("1d") == cell
        return pl.when(day).then(cell.dt.date().cast(pl.String)).otherwise(cell.dt.to_string("%Y-%m-%d %H:%M:%S"))
    if isinstance(kind, pl.List):
        return cell.cast(pl.List(pl.String)).list.join(";")
    return cell.cast(pl.String)
