# A log caught up from zero, against one plain INSERT ... SELECT of the same rows into an identical
# table with the same indexes: once typing them from the log's bodies, as any projection must, and
# once merely copying the finished rows.
fresh
register bench
fill bench $(( rows * 5 ))
count=$(events bench)
# So that nobody's plans are chance.
sql -c 'ANALYZE log.event, log.append'

timed_from_checkpoint "$varde" worker --once --facts-only >/dev/null
caught_up=$seconds
bare_fact() {  # $1 the SELECT; time in seconds
  sql -c 'DROP TABLE IF EXISTS public.bare_fact' -c 'CREATE TABLE public.bare_fact (LIKE fact.attendance INCLUDING ALL)' 2>/dev/null
  timed_from_checkpoint sql -c "INSERT INTO public.bare_fact $1"
}
bare_fact "SELECT e.institution_id, e.position, a.recorded_at, NULL, NULL, e.subject_id, NULL, b.programme, b.\"group\", b.session, b.\"on\", b.status, b.minutes, b.guest, b.reason, b.match FROM log.event AS e JOIN log.append AS a USING (institution_id, append_no), json_to_record(e.body) AS b(programme text, \"group\" text, session text, \"on\" date, status text, minutes int, guest boolean, reason text, match text) WHERE e.type = 'attendance_recorded'"
typed=$seconds
bare_fact 'SELECT * FROM fact.attendance'
copied=$seconds
result "facts: events/s from zero" "$count events" "$(rate "$count" "$caught_up")" 50000
result "facts: against INSERT SELECT from the log" "$(rate "$count" "$typed") rows/s" "$(ratio "$typed" "$caught_up")" 0.5
result "facts: against copying the finished rows" "$(rate "$count" "$copied") rows/s" "$(ratio "$copied" "$caught_up")" 0.5
timed "$varde" worker --once >/dev/null
result "facts: cells, s" "" "$(calc %.1f "$seconds")" -
