"""Seconds in which the PostgreSQL recorder of `eventsourcing` inserts events, 1,000 a call.

usage: peers.py SOCKET_FOLDER DB_FUNCTIONS EVENTS     DB_FUNCTIONS: yes or no
"""

import json
import sys
import time
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment

socket, functions, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
factory = PostgresFactory(
    Environment(
        env={
            "POSTGRES_DBNAME": "eventsourcing",
            "POSTGRES_HOST": socket,
            "POSTGRES_PORT": "5432",
            "POSTGRES_USER": "varde",
            "POSTGRES_PASSWORD": "",
            "POSTGRES_ENABLE_DB_FUNCTIONS": functions,
        }
    )
)
recorder = factory.application_recorder()

# As in peer-bench: streams of 20 versions, interleaved.
streams = [uuid4() for _ in range(max(1, count // 20))]
events = [
    StoredEvent(
        originator_id=streams[n % len(streams)],
        originator_version=1 + n // len(streams),
        topic="attendance:Recorded",
        state=json.dumps(
            {
                "programme": "B",
                "group": "B-1",
                "session": f"peer-{n}",
                "person": "0f6b1d4e-6a3c-4d37-9b59-0d8f4c2b7a11",
                "on": "2024-03-01",
                "status": "present",
                "minutes": 45,
                "source": "attendance.csv",
                "guest": False,
            },
            separators=(",", ":"),
        ).encode(),
    )
    for n in range(count)
]

recorder.insert_events(events[:1])  # connects and prepares
start = time.perf_counter()
for first in range(1, count, 1000):
    recorder.insert_events(events[first : first + 1000])
print(f"{time.perf_counter() - start:.6f}")
factory.close()
