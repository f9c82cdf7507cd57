# Ingest into one institution as its log grows to 10^5, 10^6 and 10^7 events: the rate of the last
# 100,000 rows before each mark, as a ratio to the first. The machine is not equally fast at all
# marks, so the same rows are also copied bare into an empty table each time; by that the ratio is
# given once more.
growth_max=${GROWTH_MAX:-1000000}
free=$(df --output=avail --block-size=1M "$VARDE_HOME" | tail -n 1)
needed=$(( growth_max / 1000 * 8 / 10 + 4500 ))  # 800 bytes an event, and the WAL
if [ "$free" -lt "$needed" ]; then
  skipped "growth: to $growth_max events" "$needed MB of disk needed, $free MB free"
  return
fi
fresh
register bench
for mark in 100000 1000000 10000000; do
  [ "$mark" -le "$growth_max" ] || break
  fill bench $(( mark - 101000 ))
  generate "mark$mark" 100000
  ingest_sessions bench "mark$mark"
  from=$(( $(events bench) + 1 ))
  timed_from_checkpoint ingest_attendance bench "mark$mark"
  here=$(rate 100000 "$seconds")
  took=$seconds
  export_attendance "$institution" binary "$VARDE_HOME/rows.binary" "$from"
  bare_copy binary "$VARDE_HOME/rows.binary"
  against=$(ratio "$seconds" "$took")
  sql -c 'DROP TABLE public.bare'
  rm "$VARDE_HOME"/mark*.csv "$VARDE_HOME/rows.binary"
  : "${first:=$here}" "${first_against:=$against}"
  result "growth: rate at $(events bench) events to the first" \
    "$here rows/s; by the bare COPY beside each $(ratio "$against" "$first_against")" "$(ratio "$here" "$first")" -
done
unset first first_against
grown=yes  # for verify
