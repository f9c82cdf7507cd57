# Bulk rates of two event stores on PostgreSQL, one connection each, at their best batch size, in
# the same cluster and minute as varde's own ingest. They do other things than varde does (they
# check expected versions and hash nothing), so this says how fast people are used to it, not more.
# Their events carry about what varde's do: 180 characters of JSON.
fresh
generate peer "$rows"
declare -A took peer_rates peer_ratios

peer_varde() {
  register "peer$1"
  ingest_sessions "peer$1" peer
  timed_from_checkpoint ingest_attendance "peer$1" peer
}

# --- message-db: 1,000 write_message calls in one SELECT ------------------------------------------
contenders=(varde)
if [ -f "${MESSAGE_DB:-}/database/install.sh" ]; then
  PGHOST="$socket" PGUSER=varde bash "$MESSAGE_DB/database/install.sh" >"$VARDE_HOME/message-db.log" 2>&1 \
    || { cat "$VARDE_HOME/message-db.log" >&2; exit 1; }
  contenders+=(message-db)
  cat > "$VARDE_HOME/message-db.sql" <<'SQL'
\set batch random(0, 1000000)
SELECT count(write_message(gen_random_uuid()::text, 'attendance-' || n % 50000, 'attendance_recorded', ('{"programme":"B","group":"B-1","session":"peer-' || n || '","person":"0f6b1d4e-6a3c-4d37-9b59-0d8f4c2b7a11","on":"2024-03-01","status":"present","minutes":45,"source":"attendance.csv","guest": false}')::jsonb)) FROM generate_series(:batch * 1000 + 1, :batch * 1000 + 1000) AS n;
SQL
else
  skipped "peers: message-db" "no checkout named with MESSAGE_DB=folder"
fi
write_messages() {
  PGOPTIONS='-c search_path=message_store,public' "$pgbench" --no-vacuum --protocol=prepared --client=1 \
    --host="$socket" --username=varde --file="$VARDE_HOME/message-db.sql" --transactions=$(( rows / 1000 )) \
    message_store >"$VARDE_HOME/message-db.log" 2>&1 || { cat "$VARDE_HOME/message-db.log" >&2; exit 1; }
}

# --- eventsourcing: recorder.insert_events of 1,000 ------------------------------------------------
if python3 -m venv "$VARDE_HOME/python" >"$VARDE_HOME/pip.log" 2>&1 \
  && "$VARDE_HOME/python/bin/pip" install --quiet 'eventsourcing[postgres]' 'psycopg[binary]' >>"$VARDE_HOME/pip.log" 2>&1; then
  contenders+=(eventsourcing eventsourcing-functions)
  sql -c 'CREATE DATABASE eventsourcing'
else
  skipped "peers: eventsourcing" "pip: $(tail -n 1 "$VARDE_HOME/pip.log")"
fi
insert_events() {  # $1 name of the table; the events are made before the clock starts
  sql -c CHECKPOINT
  local functions=no
  [ "$1" = eventsourcing ] || functions=yes
  seconds=$("$VARDE_HOME/python/bin/python" Scripts/bench-parts/peers.py "$socket" "$functions" "$rows")
}

for pass in $(seq "$passes"); do
  order=("${contenders[@]}")
  (( pass % 2 )) || mapfile -t order < <(printf '%s\n' "${contenders[@]}" | tac)
  for peer in "${order[@]}"; do
    case "$peer" in
      varde) peer_varde "$pass" ;;
      message-db) PGDATABASE=message_store timed_from_checkpoint write_messages ;;
      *) insert_events "$peer" ;;
    esac
    took[$peer]=$seconds
  done
  for peer in "${contenders[@]}"; do
    peer_rates[$peer]+=" $(rate "$rows" "${took[$peer]}")"
    peer_ratios[$peer]+=" $(ratio "${took[$peer]}" "${took[varde]}")"
  done
done
# shellcheck disable=SC2086  # the lists are numbers with blanks between
for peer in "${contenders[@]:1}"; do
  result "peers: varde's ingest against $peer" \
    "$(median ${peer_rates[varde]}) against $(median ${peer_rates[$peer]}) events/s; passes${peer_ratios[$peer]}" \
    "$(median ${peer_ratios[$peer]})" 2 3
done
