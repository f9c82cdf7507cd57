"""Seconds of the processor in which a library reads a delimited file to strings on one thread.

usage: parse.py FILE LIBRARY     LIBRARY: polars, pyarrow or csv (Python's own)

Prints rows and seconds.
"""

import sys
import time

path, library = sys.argv[1], sys.argv[2]

if library == "polars":
    import os

    os.environ["POLARS_MAX_THREADS"] = "1"
    import polars

    def read():
        # Column by column of strings: nothing guessed, nothing left for later.
        return polars.read_csv(path, separator=";", infer_schema=False).height

elif library == "pyarrow":
    import pyarrow
    from pyarrow import csv

    pyarrow.set_cpu_count(1)

    def read():
        names = open(path, encoding="utf-8").readline().strip().split(";")
        return csv.read_csv(
            path,
            read_options=csv.ReadOptions(use_threads=False),
            parse_options=csv.ParseOptions(delimiter=";"),
            convert_options=csv.ConvertOptions(column_types={n: pyarrow.string() for n in names}),
        ).num_rows

else:
    import csv

    def read():
        with open(path, encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.reader(file, delimiter=";")) - 1


start = time.process_time()
rows = read()
print(rows, time.process_time() - start)
