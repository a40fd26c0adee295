"""The order of the lake: by meter code, then by time, then by batch."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grid.lake.counting import by_count

CODED = pa.dictionary(pa.int32(), pa.string())


def in_order(table: pa.Table) -> pa.Table:
    """Sorted by meter, start and batch; left alone when it already is.

    Rows that are alike in these keep their order. ``meter`` may be text or coded.
    """
    if len(table) <= 1:
        return table
    table = table.unify_dictionaries().combine_chunks()
    others = [milliseconds(table)]
    if "batch" in table.column_names:
        others.append(table["batch"].to_numpy())
    order = order_of(ranks(table["meter"])[0], *others)
    return table if order is None else table.take(pa.array(order))


def order_of(rank: NDArray[np.int32], *others: NDArray[Any]) -> NDArray[np.integer[Any]] | None:
    """The order of rows by meter's rank, then by the other keys; None where they stand in it."""
    keys = [rank, *others]
    if is_ordered(keys):
        return None
    order, _, _ = by_count(rank, int(rank.max()) + 1, others[0])
    return order if is_ordered([key[order] for key in keys]) else np.lexsort(keys[::-1])


def ranks(meters: pa.ChunkedArray) -> tuple[NDArray[np.int32], list[str]]:
    """Each row's place among the meter codes, and the codes in their order."""
    keys = coded(meters)
    places = pc.sort_indices(keys.dictionary)
    rank = np.empty(len(places), dtype=np.int32)
    rank[places.to_numpy()] = np.arange(len(places), dtype=np.int32)
    codes = keys.indices.to_numpy(zero_copy_only=False)
    return rank[codes], keys.dictionary.take(places).to_pylist()


def coded(meters: pa.ChunkedArray) -> pa.DictionaryArray:
    """The codes of meters as one array of numbers with their names."""
    if pa.types.is_dictionary(meters.type):
        meters = meters.unify_dictionaries()
    whole = meters.chunk(0) if meters.num_chunks == 1 else meters.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # no chunk at all
        whole = pa.array([], meters.type)
    return whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()


def milliseconds(table: pa.Table) -> NDArray[np.int64]:
    """``start`` as milliseconds since 1970."""
    starts = pc.cast(table["start"], pa.timestamp("ms", tz="UTC"))
    chunk = starts.chunk(0) if starts.num_chunks == 1 else pa.concat_arrays(starts.chunks)
    found: NDArray[np.int64] = chunk.view(pa.int64()).to_numpy()
    return found


def meter_edges(meters: pa.DictionaryArray) -> NDArray[np.intp]:
    """Where each meter of a table in order begins, and at last the number of rows."""
    codes = meters.indices.to_numpy()
    return np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1, [len(codes)]])


def named_apart(table: pa.Table, rows: int) -> pa.Table:
    """A table in order in chunks of so many rows, each coded by its own meters' names alone.

    Parquet keeps with each row group every name of its chunk, in use or not.
    """
    chunks = []
    meters = coded(table["meter"])
    codes = meters.indices.to_numpy()
    for begin in range(0, len(table), rows):
        here = codes[begin : begin + rows]
        begins = np.diff(here, prepend=-1) != 0
        names = meters.dictionary.take(pa.array(here[begins]))
        own = np.cumsum(begins, dtype=np.int32) - 1
        chunks.append(pa.DictionaryArray.from_arrays(own, names))
    return table.set_column(0, table.schema.field(0), pa.chunked_array(chunks, CODED))


def is_ordered(keys: list[NDArray[Any]]) -> bool:
    """Whether rows ascend by the first key, within it by the second, and so on."""
    undecided = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in keys:
        before, after = key[:-1], key[1:]
        if (undecided & (after < before)).any():
            return False
        undecided &= after == before
    return True
