# How long a command takes that does nothing.
starts=()
for _ in 1 2 3 4 5 6 7 8 9; do
  timed "$varde" --help >/dev/null
  starts+=("$(calc %d "$seconds * 1000")")
done
result "start: varde --help, ms" "" "$(median "${starts[@]}")" "<50"
