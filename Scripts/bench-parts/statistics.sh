# The statistics against R and Python: the same job on the same data, each in a process of its own,
# right after each other. The clock runs for the computation alone, best of 3 in the process, after
# the file was read; the memory is the most the process had, reading included. The rule: no
# statistic slower than its reference.
# STATISTICS_ROWS (1000000) of the largest jobs, a tenth of that in the others.
# STATISTICS_PYTHON=file is a Python with numpy, scipy, pandas, and what else there is of krippendorff,
#   lifelines, statsmodels, igraph and pingouin; without it, they are installed for this run.
# What is not there is skipped.
statistics_rows=${STATISTICS_ROWS:-1000000}
(( statistics_rows % 1000 == 0 )) || { echo "STATISTICS_ROWS must be a multiple of 1000" >&2; exit 1; }
statistics="$VARDE_HOME/statistics"
mkdir -p "$statistics"

r_packages=(r-base-core r-cran-boot r-cran-survival r-cran-lme4)
Scripts/install time "${r_packages[@]}" >"$statistics/install.log" 2>&1 \
  || skipped "statistics: ${r_packages[*]}" "$(tail -n 1 "$statistics/install.log")"

python=${STATISTICS_PYTHON:-$statistics/python/bin/python}
if [ -z "${STATISTICS_PYTHON:-}" ]; then
  python3 -m venv "$statistics/python" >"$statistics/pip.log" 2>&1 || true
  for package in numpy scipy pandas krippendorff lifelines statsmodels igraph pingouin; do
    "$python" -m pip install --quiet "$package" >"$statistics/pip.log" 2>&1 \
      || skipped "statistics: $package" "pip: $(tail -n 1 "$statistics/pip.log")"
  done
fi

# Leaves `took`, `megabytes` and `numbers` of a run, or fails with the reason in `reason`.
run_statistic() {  # $1 varde, R or the name of a library; $2 job; $3 file
  local command code=0 line
  case "$1" in
    varde) command=("$bin/varde-bench" statistic "$2" "$3") ;;
    R) command=(Rscript Scripts/bench-parts/statistics.R "$2" "$3") ;;
    *) command=("$python" Scripts/bench-parts/statistics.py "$2" "$3" "$1") ;;
  esac
  timeout 300 /usr/bin/time --quiet --format %M --output "$statistics/memory" "${command[@]}" \
    >"$statistics/out" 2>"$statistics/err" || code=$?
  if (( code != 0 )); then
    reason=$(tail -n 1 "$statistics/err")
    (( code != 124 )) || reason="not done after 300 s"
    return 1
  fi
  line=$(<"$statistics/out")
  took=${line%% *}
  numbers=${line#* }
  megabytes=$(( $(tail -n 1 "$statistics/memory") / 1024 ))
}

# Whether two runs came to the same: to four digits, because a fitted model is no closer than that.
same_numbers() {
  awk -v ours="$1" -v theirs="$2" 'BEGIN {
    n = split(ours, a, " "); split(theirs, b, " ")
    for (i = 1; i <= n; i++) {
      if (a[i] == "nan" || b[i] == "nan") continue
      gap = a[i] - b[i]; if (gap < 0) gap = -gap
      size = a[i] < 0 ? -a[i] : a[i]
      if (gap > 1e-4 * size + 1e-300) exit 1
    }
  }'
}

# One statistic against each of its references; REFERENCE=GOAL for a goal other than 1.
measure_statistic() {  # $1 job, $2 file, $3 what, $4... references
  local job="$1" file="$statistics/$2.csv" what="$3" pass reference name goal note reason
  local took megabytes numbers our_time our_memory our_numbers
  shift 3
  local -A theirs=() ratios=() memory=() failed=() differ=()
  local ours=""
  for pass in $(seq "$passes"); do
    run_statistic varde "$job" "$file" || { echo "varde-bench $job: $reason" >&2; exit 1; }
    our_time=$took our_memory=$megabytes our_numbers=$numbers
    ours+=" $took"
    for reference in "$@"; do
      name=${reference%%=*}
      [ -z "${failed[$name]:-}" ] || continue
      if ! run_statistic "$name" "$job" "$file"; then failed[$name]=$reason; continue; fi
      same_numbers "$our_numbers" "$numbers" || differ[$name]="; NOT THE SAME: $our_numbers, $numbers"
      theirs[$name]+=" $took"
      ratios[$name]+=" $(ratio "$took" "$our_time")"
      memory[$name]="$our_memory and $megabytes MB"
    done
  done
  # shellcheck disable=SC2086  # the lists are numbers with blanks between
  for reference in "$@"; do
    name=${reference%%=*}
    goal=1
    [ "$name" = "$reference" ] || goal=${reference#*=}
    if [ -n "${failed[$name]:-}" ]; then
      skipped "statistics: $what, $name" "${failed[$name]}"
      continue
    fi
    note=""
    (( passes == 1 )) || note="; passes${ratios[$name]}"
    result "statistics: $what, $name" \
      "$(milliseconds $ours) and $(milliseconds ${theirs[$name]}) ms, ${memory[$name]}$note${differ[$name]:-}" \
      "$(median ${ratios[$name]})" "$goal"
  done
  # shellcheck disable=SC2086
  statistic_seconds=$(median $ours)
}

milliseconds() { calc %.4g "1000 * $(median "$@")"; }

if ! "$python" Scripts/bench-parts/statistics.py generate "$statistics" "$statistics_rows" \
  2>"$statistics/err"; then
  skipped "statistics" "numpy makes the data: $(tail -n 1 "$statistics/err")"
else
  many=$statistics_rows few=$(( statistics_rows / 10 ))
  echo "statistics: ratio of the times, reference by ours; then ours and the reference's"
  # B = 2000; ours and SciPy's with the BCa interval, R's without.
  measure_statistic bootstrap-mean hours "bootstrap mean, 5000 hours" R=20 scipy
  measure_statistic bootstrap-mean money "bootstrap mean, 5000 any" R=20 scipy
  measure_statistic bootstrap-gini money "bootstrap Gini, 5000" R=20 scipy
  # The whole of it, from rows of who was where; the reference begins with numbers, ours with names.
  measure_statistic network attendance "co-attendance network" igraph
  result "statistics: 5000 people, 20000 sessions" seconds "$(calc %.2f "$statistic_seconds")" "<2"
  measure_statistic network-brokerage attendance "network with brokerage" igraph
  result "statistics: the same with brokerage" seconds "$(calc %.2f "$statistic_seconds")" "<2"
  measure_statistic krippendorff coders "ordinal alpha, 3 x $many" krippendorff
  measure_statistic kaplan-meier days "Kaplan-Meier, $many, days" R lifelines
  measure_statistic kaplan-meier times "Kaplan-Meier, $many, no ties" R lifelines
  measure_statistic log-rank days "log-rank, 3 groups, $many" R lifelines
  measure_statistic wilcoxon scores "Wilcoxon, $many scores" R scipy
  measure_statistic wilcoxon pairs "Wilcoxon, $many, few ties" R scipy
  measure_statistic mann-whitney scores-few "Mann-Whitney, 2 x $few scores" R scipy
  measure_statistic mann-whitney pairs-few "Mann-Whitney, 2 x $few, few ties" R scipy
  # Cliff's delta with its interval, Mann-Whitney, Welch; SciPy has no such interval.
  measure_statistic two-groups pairs-few "Cliff and Welch, 2 x $few" scipy
  # Spearman, Kendall and Pearson; R's Kendall would take hours, so R's is Spearman alone.
  measure_statistic rank-correlation scores-few "Spearman, Kendall, $few scores" scipy R=-
  measure_statistic rank-correlation pairs-few "Spearman, Kendall, $few, few ties" scipy R=-
  measure_statistic cronbach items "Cronbach alpha, 10 x $few" pingouin
  measure_statistic icc groups "ICC, groups of 10, $few" scipy
  measure_statistic mixed-model waves "random intercepts, 10000 x 4" R statsmodels
  measure_statistic mean pairs-few "mean, t interval, $few" R scipy
  measure_statistic quantiles scores-few "5 quantiles, $few scores" R scipy
  measure_statistic quantiles pairs-few "5 quantiles, $few, few ties" R scipy
  # The t test of others against ours with delta over all pairs, and then against as much from SciPy.
  measure_statistic paired-change pairs-few "paired change, $few" R scipy scipy-all
fi
rm -rf "$statistics"
