#!/usr/bin/env python3
"""Writes the sample's synthetic cases and places as Parquet, as tools in use write it.

use: pip install pyarrow==26.0.1 duckdb==2.0.1; tests/parquet/make.py (from the repository)
"""
import datetime, decimal, uuid
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

here, data = Path(__file__).parent, Path("data/connecticut-2016")
text = pa.csv.ConvertOptions(strings_can_be_null=True, null_values=[""], column_types={"county_geoid": pa.string()})
cases = pa.csv.read_csv(data / "cases.csv", convert_options=text)
places = pa.csv.read_csv(data / "case_locations.csv", convert_options=text)

for codec in ["gzip", "brotli", "lz4", "zstd", "snappy", "none"]:
    pq.write_table(cases, here / f"cases-{codec}.parquet", compression=codec)

# Dates as pandas keeps them, pages of the second version, values that share their beginnings, no dictionaries.
texts = [field.name for field in cases.schema if field.type == pa.string()]
at = cases.schema.get_field_index("opened_on")
days = cases["opened_on"].cast(pa.timestamp("ns"))
pq.write_table(
    cases.set_column(at, "opened_on", days), here / "cases-delta.parquet", compression="gzip", version="2.6",
    data_page_version="2.0", use_dictionary=False, data_page_size=512,
    column_encoding={name: "DELTA_BYTE_ARRAY" for name in texts[1:]} | {texts[0]: "DELTA_LENGTH_BYTE_ARRAY"},
)
pq.write_table(
    cases.set_column(at, "opened_on", days), here / "cases-int96.parquet", use_deprecated_int96_timestamps=True
)
duckdb.sql(f"COPY (SELECT * FROM read_csv('{data}/cases.csv')) TO '{here}/cases-duckdb.parquet' (COMPRESSION zstd)")

# Ids as UUIDs, in both tables; coordinates as decimals of both physical types.
ids = {id: uuid.uuid5(uuid.NAMESPACE_URL, id).bytes for id in cases["case_id"].to_pylist()}
as_uuids = lambda column: pa.array([ids[id] for id in column.to_pylist()], pa.uuid())
pq.write_table(cases.set_column(0, "case_id", as_uuids(cases["case_id"])), here / "cases-uuid.parquet")
exact = lambda column, digits: pa.array(
    [None if value is None else decimal.Decimal(str(value)) for value in column.to_pylist()], pa.decimal128(digits, 6)
)
places = places.set_column(0, "case_id", as_uuids(places["case_id"]))
places = places.set_column(2, "longitude", exact(places["longitude"], 9))
places = places.set_column(3, "latitude", exact(places["latitude"], 30))
pq.write_table(places, here / "places-uuid.parquet", store_decimal_as_integer=True)
