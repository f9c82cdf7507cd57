# `varde rebuild`, against what PostgreSQL can do with the same rows: as many sessions write them with
# plain INSERT ... SELECT into a table without indexes, then make all indexes the fact has, each session
# its share. Once the rows are typed from the log's bodies, as any projection must, and once finished
# rows are merely copied.
# Nobody waits for the disk on either side: what a crash takes back is done again.
jobs=$(nproc)
typed_row="e.institution_id, e.position, a.recorded_at, NULL::bigint, NULL::timestamptz, e.subject_id, NULL::uuid, b.programme, b.\"group\", b.session, b.\"on\", b.status, b.minutes, b.guest, b.reason, b.match FROM log.event AS e JOIN log.append AS a USING (institution_id, append_no), json_to_record(e.body) AS b(programme text, \"group\" text, session text, \"on\" date, status text, minutes int, guest boolean, reason text, match text) WHERE e.type = 'attendance_recorded' AND e.position"

insert_in_parallel() {  # $1 SELECT list up to a position column, $2 events
  local job pids=()
  for (( job = 0; job < jobs; job++ )); do
    sql -c "INSERT INTO public.bare_fact SELECT $1 BETWEEN $(( $2 * job / jobs + 1 )) AND $(( $2 * (job + 1) / jobs ))" &
    pids+=($!)
  done
  wait "${pids[@]}"
  pids=()
  for (( job = 0; job < jobs; job++ )); do
    awk -v "job=$job" -v "jobs=$jobs" 'NR % jobs == job' <<< "$bare_indexes" | sql &
    pids+=($!)
  done
  wait "${pids[@]}"
}

# Statements that make the fact's indexes on the bare table.
indexes_of_fact() {
  sql -c "SELECT regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \S+ ON \S+', 'INDEX ON public.bare_fact') || ';'
            FROM pg_index WHERE indrelid = 'fact.attendance'::regclass
           ORDER BY indpred IS NOT NULL, indisprimary, 1"
}

bare_rebuild() {  # as above; rows a second in `bare_rate`
  sql -c 'DROP TABLE IF EXISTS public.bare_fact' -c 'CREATE TABLE public.bare_fact (LIKE fact.attendance)' 2>/dev/null
  PGOPTIONS='-c synchronous_commit=off -c maintenance_work_mem=256MB -c work_mem=64MB' \
    timed_from_checkpoint insert_in_parallel "$1" "$2"
  [ "$(sql -c "SELECT count(*) FROM pg_index WHERE indrelid = 'public.bare_fact'::regclass")" = "$(wc -l <<< "$bare_indexes")" ] \
    || { echo "the bare table has other indexes than the fact" >&2; exit 1; }
  bare_rate=$(rate "$(sql -c 'SELECT count(*) FROM public.bare_fact')" "$seconds")
  sql -c 'DROP TABLE public.bare_fact'
}

rebuild_once() {
  report=$("$varde" rebuild --json --jobs "$jobs")
}
of_report() { sql -c "SELECT $1 FROM (SELECT '$report'::json AS r) AS report"; }

sizes=(100000 1000000)
[ "$rows" -lt 10000000 ] || sizes+=(10000000)
for size in "${sizes[@]}"; do
  fresh
  register bench
  fill bench "$size"
  count=$(events bench)
  # So that nobody's plans are chance.
  sql -c 'ANALYZE log.event, log.append'
  "$varde" worker --once --facts-only >/dev/null
  bare_indexes=$(indexes_of_fact)
  turns=$(( size < 10000000 ? passes : 1 ))
  rates=() against_typed=() against_copied=() totals=()
  for (( pass = 0; pass < turns; pass++ )); do
    bare_rebuild "$typed_row" "$count"; typed_rate=$bare_rate
    timed_from_checkpoint rebuild_once
    totals+=("$seconds")
    row_rate=$(of_report "floor((r ->> 'rows')::float8 / ((r #>> '{seconds,bulk}')::float8 + (r #>> '{seconds,index}')::float8))")
    rates+=("$(of_report "floor((r ->> 'events')::float8 / ((r #>> '{seconds,bulk}')::float8 + (r #>> '{seconds,index}')::float8))")")
    bare_rebuild "* FROM fact.attendance WHERE position" "$count"; copied_rate=$bare_rate
    against_typed+=("$(ratio "$row_rate" "$typed_rate")")
    against_copied+=("$(ratio "$row_rate" "$copied_rate")")
  done
  result "rebuild $size: events/s, facts and indexes" "$jobs sessions" "$(median "${rates[@]}")" 100000 180000
  result "rebuild $size: against INSERT SELECT from the log" "$typed_rate rows/s" "$(median "${against_typed[@]}")" 0.7
  result "rebuild $size: against copying the finished rows" "$copied_rate rows/s" "$(median "${against_copied[@]}")" -
  result "rebuild $size: whole command, s" "$(of_report "(SELECT string_agg(p.key || ' ' || p.value, ', ') FROM json_each_text(r -> 'seconds') AS p)")" "$(calc %.1f "$(median "${totals[@]}")")" -
done
