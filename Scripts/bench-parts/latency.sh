# How soon a fact can be read after its append was answered, at 100 single events a second, and what
# workers cost while nothing happens. Percentiles of one pass, in milliseconds.
latency_seconds=${LATENCY_SECONDS:-30}
idle_seconds=${IDLE_SECONDS:-30}
fresh
register bench
fill bench "$rows"
"$varde" worker --once >/dev/null

workers=()
start_workers() {  # $1 how many
  local number
  for number in $(seq "$1"); do
    "$varde" worker >/dev/null 2>&1 &
    workers+=($!)
  done
  sleep 3
}
stop_workers() {
  kill "${workers[@]}"
  wait "${workers[@]}"
  workers=()
}

latency() {  # $1 what
  local p50 p95 p99 max count
  read -r p50 p95 p99 max count \
    < <("$bin/varde-bench" latency "host='$socket' dbname=varde user=varde" 100 "$latency_seconds")
  result "latency: p99 to the fact, ms, $1" "p50 $p50, p95 $p95, max $max; $count events" "$p99" "<100"
}

# Processor time of processes so far, in hundredths of a second.
ticks() { cat "${@/%/\/stat}" 2>/dev/null | awk '{ sum += $14 + $15 } END { print sum }'; }
idle() {  # $1 how many workers
  local backends before between after
  backends=$(sql -c "SELECT '/proc/' || pid FROM pg_stat_activity WHERE application_name = 'varde'")
  before="$(ticks "${workers[@]/#//proc/}") $(ticks $backends)"
  sleep "$idle_seconds"
  after="$(ticks "${workers[@]/#//proc/}") $(ticks $backends)"
  between=$(awk -v before="$before" -v after="$after" -v seconds="$idle_seconds" 'BEGIN {
    split(before, b, " "); split(after, a, " ")
    printf "%.2f %.2f", (a[1] - b[1]) / seconds, (a[2] - b[2]) / seconds }')
  result "latency: $1 idle worker(s), % of a core for each" \
    "process ${between% *}, its backends ${between#* }, all together" \
    "$(calc %.2f "(${between% *} + ${between#* }) / $1")" "<1"
}

for number in 1 4; do
  start_workers "$number"
  idle "$number"
  latency "$number worker(s)"
  # An analyst whose query takes one core and one snapshot for as long.
  sql -c "SELECT count(*) FROM fact.attendance AS a CROSS JOIN generate_series(1, 1000000)" >/dev/null 2>&1 &
  analyst=$!
  latency "$number worker(s), an analyst's long query beside"
  kill "$analyst"
  wait "$analyst" || true
  sql -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT count(*) FROM fact.attendance AS a CROSS%' AND pid <> pg_backend_pid()" >/dev/null
  stop_workers
done
