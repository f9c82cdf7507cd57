# One late session with its attendance among LATE_EVENTS events (1000000) of 1,050 people in 150
# groups over ten years: from the append to the commit of all its cells, with a worker running.
fresh
{
  echo 'institution: {code: late, name: Bench, time_zone: Europe/Oslo}'
  echo 'programme: {code: L, title: {nb: Måling, en: Bench}, models: [tst], purpose: to measure, formative_only: true, starts_on: 2016-01-01}'
  echo 'units:'
  for u in 1 2 3 4 5 6 7 8; do
    echo "  - {code: U$u, kind: faculty, name: {nb: U, en: U}, valid_from: 2015-01-01}"
  done
  echo 'groups:'
  for g in $(seq 150); do
    echo "  - {code: L-$g, kind: team, name: {nb: G, en: G}, formed_on: 2016-01-01, plan: {sessions_a_month: [1, 8], minutes: [45, 60], size: [5, 7]}}"
  done
} > "$VARDE_HOME/late.yaml"
"$varde" programme apply "$VARDE_HOME/late.yaml" >/dev/null
awk -v sessions=$(( ${LATE_EVENTS:-1000000} / 8 )) -v out="$VARDE_HOME/late" 'BEGIN {
  people = out "-people.csv"; held = out "-sessions.csv"; attendance = out "-attendance.csv"
  print "person_id;unit;group;joined" > people
  for (p = 0; p < 1050; p++) printf "P%d;U%d;L-%d;2016-01-01\n", p, 1 + p % 8, 1 + int(p / 7) > people
  print "session;group;planned_on;status;held_on;minutes" > held
  print "session;person_id;status;minutes" > attendance
  for (s = 0; s < sessions; s++) {
    g = 1 + s % 150; k = int(s / 150); m = k % 118
    day = sprintf("%04d-%02d-%02d", 2016 + int(m / 12), 1 + m % 12, 1 + (k * 7 + g) % 28)
    printf "S%d;L-%d;%s;held;%s;60\n", s, g, day, day > held
    for (p = g * 7 - 7; p < g * 7; p++) {
      if ((s * 7 + p * 3) % 6) printf "S%d;P%d;present;%d\n", s, p, 30 + p % 31 > attendance
      else printf "S%d;P%d;absent;\n", s, p > attendance
    }
  }
}'
ingest enrolments late "$VARDE_HOME/late-people.csv"
ingest_sessions late late
ingest_attendance late late
"$varde" worker --once >/dev/null
count=$(events late)
late_session() {  # $1 number; time until its cells are there, in ms
  printf 'session;group;planned_on;status;held_on;minutes\nX%d;L-17;2021-03-09;held;2021-03-09;60\n' "$1" > "$VARDE_HOME/x-sessions.csv"
  { echo 'session;person_id;status;minutes'; for p in 112 113 114 115 116 117 118; do echo "X$1;P$p;present;45"; done; } > "$VARDE_HOME/x-attendance.csv"
  ingest_sessions late x
  ingest_attendance late x
  sql <<'SQL' 2>&1 | sed 's/.*NOTICE: *//'
DO $$
DECLARE
  v_head record;
BEGIN
  SELECT append_no, recorded_at INTO v_head FROM log.append ORDER BY append_no DESC LIMIT 1;
  LOOP
    EXIT WHEN EXISTS (SELECT FROM ops.checkpoint WHERE projection = 'cell' AND append_no = v_head.append_no);
    PERFORM pg_sleep(0.001);
  END LOOP;
  RAISE NOTICE '%', round(extract(epoch FROM clock_timestamp() - v_head.recorded_at) * 1000);
END $$;
SQL
}
"$varde" worker >/dev/null &
late_worker=$!
late_session 0 >/dev/null
times=()
for n in 1 2 3 4 5 6 7 8 9; do
  sleep 1
  times+=("$(late_session "$n")")
done
kill "$late_worker"
wait "$late_worker" || true
result "late: a session's cells after its append, ms" "$count events" "$(median "${times[@]}")" "<100"
