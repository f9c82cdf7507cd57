# What the parts of Scripts/bench share. Sourced, never run.

sql() { psql -X -q -v ON_ERROR_STOP=1 -h "$socket" -U varde -d varde -At "$@"; }
calc() { awk "BEGIN { printf \"$1\", $2 }"; }
ratio() { calc %.2f "$1 / $2"; }
rate() { calc %d "$1 / $2"; }
median() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
skipped() { printf '%-52s skipped: %s\n' "$1" "$2"; }

# Runs a command, leaves how long it took in `seconds`.
timed() {
  local start=$EPOCHREALTIME
  "$@"
  seconds=$(calc %.6f "$EPOCHREALTIME - $start")
}

# The same, right after a checkpoint, so that none falls due because of what came before.
timed_from_checkpoint() {
  sql -c CHECKPOINT
  timed "$@"
}

# One result: what, figures, ratio (or other number), goal, aim. A goal of - is none; one that
# begins with < is a limit; ~1 means that nothing changes, and then a gain is noise and no success.
result() {
  local judged=""
  case "${4:--}" in
    -) ;;
    '~1') judged="  goal ~1: $(calc %s "($3 < 0.9) ? \"MISSED\" : ($3 > 1.15) ? \"unclear, measure again\" : \"met\"")" ;;
    '<'*) judged="  goal $4: $(calc %s "($3 <= ${4#<}) ? \"met\" : \"MISSED\"")" ;;
    *) judged="  goal $4: $(calc %s "($3 >= $4) ? \"met\" : \"MISSED\"")" ;;
  esac
  printf '%-52s %6s%s%s\n' "$1" "$3" "$judged${5:+, aim $5}" "${2:+  ($2)}"
}

# An empty database in a cluster of its own, so that no part measures what another has left.
fresh() {
  [ ! -d "$VARDE_HOME/postgres" ] || "$varde" down >/dev/null
  rm -rf "${VARDE_HOME:?}"/*
  unset grown
  "$varde" init >/dev/null
  [ "$(sql -c 'SHOW fsync')$(sql -c 'SHOW synchronous_commit')" = onon ] \
    || { echo "the server does not wait for its disk" >&2; exit 1; }
}

# Registers an institution with a group of 100 members; its number in `institution`.
register() {  # $1 code
  cat > "$VARDE_HOME/$1.yaml" <<YAML
institution: {code: $1, name: Bench, time_zone: Europe/Oslo}
programme: {code: B, title: {nb: Måling, en: Bench}, models: [tst], purpose: to measure, formative_only: true, starts_on: 2020-01-01}
units: [{code: U, kind: faculty, name: {nb: U, en: U}, valid_from: 2020-01-01}]
groups: [{code: B-1, kind: team, name: {nb: B, en: B}, formed_on: 2020-01-01, plan: {sessions_a_month: [1, 2], minutes: [45, 60], size: [5, 7]}}]
YAML
  "$varde" programme apply "$VARDE_HOME/$1.yaml" >/dev/null
  awk 'BEGIN { print "person_id;unit;group;joined"; for (p = 1; p <= 100; p++) printf "P%d;U;B-1;2020-01-01\n", p }' \
    > "$VARDE_HOME/enrolments.csv"
  ingest enrolments "$1" "$VARDE_HOME/enrolments.csv"
  institution=$(sql -c "SELECT institution_id FROM ops.institution WHERE code = '$1'")
}

# Files NAME-sessions.csv and NAME-attendance.csv: 100 members, so every 100 rows are a session.
# Whoever is absent has no minutes: a row that is warned of costs more than one that is well.
generate() {  # $1 name and prefix of the codes, $2 rows
  awk -v prefix="$1" -v sessions=$(( $2 / 100 )) -v out="$VARDE_HOME/$1" 'BEGIN {
    held = out "-sessions.csv"; attendance = out "-attendance.csv"
    print "session;group;planned_on;status;held_on;minutes" > held
    print "session;person_id;status;minutes" > attendance
    for (s = 1; s <= sessions; s++) {
      day = sprintf("20%02d-%02d-%02d", 20 + s % 6, 1 + s % 12, 1 + s % 28)
      printf "%s-%d;B-1;%s;held;%s;60\n", prefix, s, day, day > held
      for (p = 1; p <= 100; p++)
        if ((s * p) % 7) printf "%s-%d;P%d;present;%d\n", prefix, s, p, 30 + p % 31 > attendance
        else printf "%s-%d;P%d;absent;\n", prefix, s, p > attendance
    }
  }'
}

ingest() { "$varde" ingest "$1" --institution "$2" "$3" >/dev/null; }  # $1 kind, $2 code, $3 file
ingest_sessions() { ingest sessions "$1" "$VARDE_HOME/$2-sessions.csv"; }      # $1 code, $2 name
ingest_attendance() { ingest attendance "$1" "$VARDE_HOME/$2-attendance.csv"; }

# Attendance with its sessions into the log until it holds about so many events; files of a million
# rows at most, so that the disk holds the log and not also what it was made of.
fill() {  # $1 code, $2 events
  local have left
  while true; do
    have=$(events "$1")
    left=$(( ($2 - have) / 101 * 100 ))
    [ "$left" -gt 0 ] || return 0
    generate "to$have" $(( left > 1000000 ? 1000000 : left ))
    ingest_sessions "$1" "to$have"
    ingest_attendance "$1" "to$have"
    rm "$VARDE_HOME/to$have"-*.csv
  done
}

events() {  # $1 code; how many its log holds
  sql -c "SELECT coalesce(max(e.position), 0) FROM log.event AS e JOIN ops.institution AS i USING (institution_id) WHERE i.code = '$1'"
}

# The attendance events of an institution as a file a bare COPY can read: same rows, same columns.
export_attendance() {  # $1 institution, $2 binary or text, $3 file, $4 first position
  sql -c "\\copy (SELECT * FROM log.event WHERE institution_id = $1 AND type = 'attendance_recorded' AND position >= ${4:-1} ORDER BY position) TO '$3' (FORMAT $2)"
}

# The yardstick: an identical table with the same indexes, no more; time in `seconds`.
bare_copy() {  # $1 binary or text, $2 file
  sql -c 'DROP TABLE IF EXISTS public.bare' -c 'CREATE TABLE public.bare (LIKE log.event INCLUDING ALL)' 2>/dev/null
  timed_from_checkpoint sql -c "\\copy public.bare FROM '$2' (FORMAT $1)"
}
