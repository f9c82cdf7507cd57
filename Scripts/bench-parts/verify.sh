# The log re-computed, on what growth has left or else on five times ROWS: rate, peak memory of the
# client, and peak private memory of its backend (shared buffers are not counted).
if [ -z "${grown:-}" ]; then
  fresh
  register bench
  fill bench $(( rows * 5 ))
fi
count=$(events bench)

watch_backend() {  # peak of RssAnon in kB, until killed
  local pid peak=0 now
  trap 'echo "$peak" > "$VARDE_HOME/backend"; exit 0' TERM
  while true; do
    pid=$(sql -c "SELECT pid FROM pg_stat_activity WHERE application_name = 'varde' LIMIT 1")
    while now=$(awk '/^RssAnon/ { print $2 }' "/proc/${pid:-none}/status" 2>/dev/null) && [ -n "$now" ]; do
      [ "$now" -le "$peak" ] || peak=$now
      sleep 0.1
    done
    sleep 0.1
  done
}
watch_backend &
watcher=$!
timed_from_checkpoint /usr/bin/time -f %M -o "$VARDE_HOME/peak" "$varde" verify >/dev/null
kill "$watcher"
wait "$watcher" || true
result "verify: events/s" "$count events" "$(rate "$count" "$seconds")" -
result "verify: peak memory of the client, MB" "" "$(( $(cat "$VARDE_HOME/peak") / 1024 ))" "<200"
result "verify: peak private memory of its backend, MB" "" "$(( $(cat "$VARDE_HOME/backend") / 1024 ))" -
