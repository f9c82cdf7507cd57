# Attendance rows from CSV to committed, hashed, checked events, against a bare COPY of the same
# rows into an identical table with the same indexes. Every measurement of varde is the same file
# into a log of its own that is as empty as the bare table.
fresh
generate in "$rows"

attendance_of_new() {  # $1 code; the log of a new institution takes the file
  register "$1"
  ingest_sessions "$1" in
}
ingest_alone() {  # $1 code; seconds
  attendance_of_new "$1"
  timed_from_checkpoint /usr/bin/time -f %M -o "$VARDE_HOME/peak" \
    "$varde" ingest attendance --institution "$1" "$VARDE_HOME/in-attendance.csv" >/dev/null
}
both() {  # $1 and $2 codes
  ingest_attendance "$1" in &
  local other=$!
  ingest_attendance "$2" in
  wait "$other"
}
ingest_together() {
  attendance_of_new "$1"
  attendance_of_new "$2"
  timed_from_checkpoint both "$1" "$2"
}

# The rows for the bare COPY come out of a log, so one is filled before the first pass.
ingest_alone warm
export_attendance "$institution" binary "$VARDE_HOME/rows.binary"
export_attendance "$institution" text "$VARDE_HOME/rows.text"

alone=() binary=() text=() against_binary=() against_text=() together=()
for pass in $(seq "$passes"); do
  order=(varde binary text pair)
  (( pass % 2 )) || order=(pair text binary varde)
  for what in "${order[@]}"; do
    case "$what" in
      varde) ingest_alone "one$pass" ;;
      pair) ingest_together "left$pass" "right$pass" ;;
      *) bare_copy "$what" "$VARDE_HOME/rows.$what" ;;
    esac
    printf -v "took_$what" %s "$seconds"
  done
  alone+=("$(rate "$rows" "$took_varde")")
  binary+=("$(rate "$rows" "$took_binary")")
  text+=("$(rate "$rows" "$took_text")")
  against_binary+=("$(ratio "$took_binary" "$took_varde")")
  against_text+=("$(ratio "$took_text" "$took_varde")")
  together+=("$(ratio "2 * $took_varde" "$took_pair")")
done
varde_rate=$(median "${alone[@]}")
result "ingest: against a bare binary COPY" \
  "$varde_rate against $(median "${binary[@]}") rows/s; passes ${against_binary[*]}" "$(median "${against_binary[@]}")" 0.6 0.75
result "ingest: against a bare text COPY" \
  "$(median "${text[@]}") rows/s; passes ${against_text[*]}" "$(median "${against_text[@]}")" -
result "ingest: two institutions at once against one" \
  "passes ${together[*]}" "$(median "${together[@]}")" 1.5
result "ingest: peak memory, MB" "$rows rows" "$(( $(cat "$VARDE_HOME/peak") / 1024 ))" "<200"
