# Attendance rows read and checked, against everything they are checked against in memory: no
# database, nothing recorded. The yardsticks read the same file to strings on one thread and check
# nothing. Seconds are the processor's, so that other work on the machine counts for little.
# PARSE_ROWS (1000000) for the rate, PARSE_MEMORY_ROWS (10000000) for the peak memory.
# PARSE_PYTHON=file is a Python with polars and pyarrow; without it, they are installed for this run.
parse_rows=${PARSE_ROWS:-1000000}
parse_memory_rows=${PARSE_MEMORY_ROWS:-10000000}
generate parse "$parse_rows"

python=${PARSE_PYTHON:-$VARDE_HOME/python/bin/python}
if [ -z "${PARSE_PYTHON:-}" ]; then
  python3 -m venv "$VARDE_HOME/python" >"$VARDE_HOME/pip.log" 2>&1 \
    && "$VARDE_HOME/python/bin/pip" install --quiet polars pyarrow >>"$VARDE_HOME/pip.log" 2>&1 \
    || skipped "parse: polars, pyarrow" "pip: $(tail -n 1 "$VARDE_HOME/pip.log")"
fi
checked() {  # $1 name of the files; `rows seconds rejected`
  "$bin/varde-bench" check "$VARDE_HOME/$1-sessions.csv" "$VARDE_HOME/$1-attendance.csv"
}

ours=() libraries=()
for library in polars pyarrow csv; do
  "$python" -c "import $library" 2>/dev/null && libraries+=("$library")
  declare -a "theirs_$library=()" "ratios_$library=()"
done
for pass in $(seq "$passes"); do
  read -r count mine rejected < <(checked parse)
  [ "$count $rejected" = "$parse_rows 0" ] || { echo "parse: $count rows, $rejected rejected" >&2; exit 1; }
  ours+=("$mine")
  for library in "${libraries[@]}"; do
    read -r count their < <("$python" Scripts/bench-parts/parse.py "$VARDE_HOME/parse-attendance.csv" "$library")
    [ "$count" = "$parse_rows" ] || { echo "parse: $library read $count rows" >&2; exit 1; }
    declare -n theirs="theirs_$library" ratios="ratios_$library"
    theirs+=("$their")
    ratios+=("$(ratio "$mine" "$their")")
  done
done
result "parse and check: rows/s of one core" "$parse_rows rows" "$(rate "$parse_rows" "$(median "${ours[@]}")")" 400000
for library in "${libraries[@]}"; do
  declare -n theirs="theirs_$library" ratios="ratios_$library"
  result "parse and check: time to that of $library" \
    "$library reads $(rate "$parse_rows" "$(median "${theirs[@]}")") rows/s to strings" "$(median "${ratios[@]}")" -
done
unset -n theirs ratios

rm "$VARDE_HOME"/parse-*.csv
generate long "$parse_memory_rows"
/usr/bin/time -f %M -o "$VARDE_HOME/peak" "$bin/varde-bench" check \
  "$VARDE_HOME/long-sessions.csv" "$VARDE_HOME/long-attendance.csv" >/dev/null
result "parse and check: peak memory, MB" "$parse_memory_rows rows" "$(( $(cat "$VARDE_HOME/peak") / 1024 ))" "<200"
rm "$VARDE_HOME"/long-*.csv
