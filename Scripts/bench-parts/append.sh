# Events that come one at a time, each in a transaction of its own.
# The yardstick is the cheapest gapless insert there is: one statement that counts a head row up and
# inserts into an identical table with the same indexes; its salt and leaf are constants.
append_seconds=${APPEND_SECONDS:-2}
append_passes=${APPEND_PASSES:-9}
snapshot_appends=${SNAPSHOT_APPENDS:-6000}
writers=${WRITERS:-8}
fresh
register bench
sql <<SQL
CREATE TABLE public.bare_event (LIKE log.event INCLUDING ALL);
CREATE TABLE public.bare_head (institution_id int PRIMARY KEY, position bigint NOT NULL);
INSERT INTO public.bare_head VALUES ($institution, 0);
GRANT SELECT, INSERT, UPDATE ON public.bare_event, public.bare_head TO varde_recorder;
SQL
# Both take the body as varde-bench sends it.
body="'{\"programme\":\"B\",\"group\":\"B-1\",\"session\":\"' || gen_random_uuid() || '-0-12345\",\"status\":\"held\",\"minutes\":45}'"
cat > "$VARDE_HOME/varde.sql" <<SQL
SELECT o_append_no, o_first, o_last, o_hash, o_replayed FROM log.append($institution, gen_random_uuid(), NULL, ARRAY['session_recorded'], ARRAY[1::smallint], ARRAY[timestamptz '2023-11-14 00:00:00Z'], ARRAY['day'], ARRAY[NULL::uuid], ARRAY[gen_random_uuid()], ARRAY[NULL::bigint], ARRAY[$body]);
SQL
cat > "$VARDE_HOME/bare.sql" <<SQL
WITH h AS (UPDATE public.bare_head SET position = position + 1 WHERE institution_id = $institution RETURNING position) INSERT INTO public.bare_event (institution_id, position, append_no, schema_version, occurred_at, type, occurred_precision, source_key, salt, body, leaf) SELECT $institution, h.position, h.position, 1, timestamptz '2023-11-14 00:00:00Z', 'session_recorded', 'day', gen_random_uuid(), '\x000102030405060708090a0b0c0d0e0f', ($body)::json, '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f' FROM h;
SQL

# Runs varde.sql or bare.sql right after a checkpoint. Leaves transactions a second in `tps`, and in
# `tenth` the latency in us that the fastest tenth stays under: what an append takes when nothing
# else wants the processor.
appends() {  # $1 varde or bare, then pgbench's own arguments
  sql -c CHECKPOINT
  rm -f "$VARDE_HOME"/latency.*
  PGOPTIONS='-c role=varde_recorder' "$pgbench" --no-vacuum --protocol=prepared --host="$socket" --username=varde \
    --file="$VARDE_HOME/$1.sql" --log --log-prefix="$VARDE_HOME/latency" "${@:2}" varde \
    >"$VARDE_HOME/pgbench.out" 2>&1 || { cat "$VARDE_HOME/pgbench.out" >&2; return 1; }
  tps=$(awk '/^tps/ { print int($3) }' "$VARDE_HOME/pgbench.out")
  tenth=$(awk '{ print $3 }' "$VARDE_HOME"/latency.* | sort -n | awk '{ v[NR] = $1 } END { print v[int(NR / 10) + 1] }')
}

# --- one writer ----------------------------------------------------------------------------------
mine=() bare=() ratios=() tenths=()
for pass in $(seq "$append_passes"); do
  order=(varde bare)
  (( pass % 2 )) || order=(bare varde)
  for what in "${order[@]}"; do
    appends "$what" --client=1 --time="$append_seconds"
    printf -v "tps_$what" %s "$tps"
    printf -v "tenth_$what" %s "$tenth"
  done
  mine+=("$tps_varde")
  bare+=("$tps_bare")
  ratios+=("$(ratio "$tps_varde" "$tps_bare")")
  tenths+=("$(ratio "$tenth_bare" "$tenth_varde")")
done
result "append: log.append against the bare head-lock insert" \
  "$(median "${mine[@]}") against $(median "${bare[@]}") events/s; passes ${ratios[*]}" "$(median "${ratios[@]}")" 0.8
result "append:   by the latency of the fastest tenth" "passes ${tenths[*]}" "$(median "${tenths[@]}")" -

# --- several writers who wait, one institution ------------------------------------------------------
waiting() {  # $1 alone or group
  sql -c CHECKPOINT
  "$bin/varde-bench" "$1" "host='$socket' dbname=varde user=varde" "$writers" "$append_seconds"
}
alone=() group=() bare=() to_alone=() to_bare=()
for pass in $(seq "$append_passes"); do
  order=(alone bare group)
  (( pass % 2 )) || order=(group bare alone)
  for what in "${order[@]}"; do
    case "$what" in
      bare) appends bare --client="$writers" --jobs=2 --time="$append_seconds" ;;
      *) tps=$(waiting "$what") ;;
    esac
    printf -v "tps_$what" %s "$tps"
  done
  alone+=("$tps_alone")
  group+=("$tps_group")
  bare+=("$tps_bare")
  to_alone+=("$(ratio "$tps_group" "$tps_alone")")
  to_bare+=("$(ratio "$tps_alone" "$tps_bare")")
done
result "append: $writers writers in a group, events/s" "passes ${group[*]}" "$(median "${group[@]}")" 8000
result "append: $writers writers, group against alone" \
  "alone $(median "${alone[@]}") events/s; passes ${to_alone[*]}" "$(median "${to_alone[@]}")" -
result "append: $writers writers alone against the bare insert" \
  "bare $(median "${bare[@]}") events/s; passes ${to_bare[*]}" "$(median "${to_bare[@]}")" -

# --- beside an analyst's old snapshot ---------------------------------------------------------------
# A row that every append updates leaves dead versions that no vacuum may take while somebody's
# snapshot is older, and each append walks past them. The bare insert does that and is shown beside.
open_snapshot() {
  coproc analyst { psql -X -q -At -h "$socket" -U varde -d varde 2>&1; }
  analyst_process=$analyst_PID
  echo "SET ROLE varde_analyst; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) > 0 FROM fact.attendance; SELECT 'held';" >&"${analyst[1]}"
  local line
  until read -r line <&"${analyst[0]}" && [ "$line" = held ]; do
    case "$line" in *ERROR*) echo "$line" >&2; return 1 ;; esac
  done
  [ "$(sql -c "SELECT count(*) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND state = 'idle in transaction'")" -ge 1 ] \
    || { echo "the analyst holds no snapshot" >&2; return 1; }
}
close_snapshot() {
  echo '\q' >&"${analyst[1]}"
  wait "$analyst_process" || true
}
generate beside "$rows"
beside_ingest() {  # $1 code; seconds
  register "$1"
  ingest_sessions "$1" beside
  timed_from_checkpoint ingest_attendance "$1" beside
}
measure_all() {  # $1 with or without, $2 pass
  local what
  for what in varde bare; do
    appends "$what" --client=1 --transactions="$snapshot_appends"
    printf -v "$1_tps_$what" %s "$tps"
    printf -v "$1_tenth_$what" %s "$tenth"
  done
  beside_ingest "n$1$2"
  printf -v "$1_ingest" %s "$seconds"
}
kept=() kept_tenth=() kept_bare=() kept_ingest=()
for pass in $(seq "$passes"); do
  order=(without with)
  (( pass % 2 )) || order=(with without)
  for which in "${order[@]}"; do
    [ "$which" = without ] || open_snapshot
    measure_all "$which" "$pass"
    [ "$which" = without ] || close_snapshot
  done
  kept+=("$(ratio "$with_tps_varde" "$without_tps_varde")")
  kept_tenth+=("$(ratio "$without_tenth_varde" "$with_tenth_varde")")
  kept_bare+=("$(ratio "$without_tenth_bare" "$with_tenth_bare")")
  kept_ingest+=("$(ratio "$without_ingest" "$with_ingest")")
done
result "append: beside an old snapshot against without" \
  "$snapshot_appends appends; passes ${kept[*]}" "$(median "${kept[@]}")" "~1"
result "append:   by the latency of the fastest tenth" "passes ${kept_tenth[*]}" "$(median "${kept_tenth[@]}")" -
result "append:   that of the bare insert" "passes ${kept_bare[*]}" "$(median "${kept_bare[@]}")" -
result "append: bulk ingest beside an old snapshot" \
  "$rows rows; passes ${kept_ingest[*]}" "$(median "${kept_ingest[@]}")" "~1"
