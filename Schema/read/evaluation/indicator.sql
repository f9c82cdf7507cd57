CREATE VIEW evaluation.indicator WITH (security_invoker = true) AS
SELECT i.code AS institution, c.programme, c.indicator, c.definition_version, c.scope_kind,
       c.scope, c.period_kind, c.period, c.item, c.status, c.value, c.lower, c.upper,
       c.confidence, c.method, c.numerator, c.denominator, c.n, c.unit_of_count, c.n_people,
       c.n_groups, c.date_basis, c.coverage, c.caveats, c.details, c.seed
FROM fact.cell AS c
JOIN ops.institution AS i ON i.institution_id = c.institution_id;
COMMENT ON VIEW evaluation.indicator IS
  'Grain: one row per indicator, scope, period and item. Not yet under disclosure control: for '
  'use inside the institution; releases are made with varde release.';
COMMENT ON COLUMN evaluation.indicator.programme IS 'Programme code.';
COMMENT ON COLUMN evaluation.indicator.indicator IS 'Indicator id; see evaluation.catalogue.';
COMMENT ON COLUMN evaluation.indicator.definition_version IS 'Version of the definition used.';
COMMENT ON COLUMN evaluation.indicator.scope_kind IS 'group, unit, institution or programme.';
COMMENT ON COLUMN evaluation.indicator.scope IS 'Code of the group, unit, institution or programme.';
COMMENT ON COLUMN evaluation.indicator.period_kind IS 'month, term or wave.';
COMMENT ON COLUMN evaluation.indicator.period IS 'For example 2025-03, 2025V or W0.';
COMMENT ON COLUMN evaluation.indicator.item IS 'Item or scale code; empty where there is none.';
COMMENT ON COLUMN evaluation.indicator.status IS
  'ok, or why there is no value: no_denominator, no_data, below_minimum_n, low_coverage, …';
COMMENT ON COLUMN evaluation.indicator.value IS 'The figure, in the unit of the catalogue; NULL where undefined.';
COMMENT ON COLUMN evaluation.indicator.lower IS 'Lower limit of the interval.';
COMMENT ON COLUMN evaluation.indicator.upper IS 'Upper limit of the interval.';
COMMENT ON COLUMN evaluation.indicator.confidence IS 'Coverage probability of the interval.';
COMMENT ON COLUMN evaluation.indicator.method IS 'How the interval was made: wilson, t, bca, percentile.';
COMMENT ON COLUMN evaluation.indicator.numerator IS 'What was counted above the line.';
COMMENT ON COLUMN evaluation.indicator.denominator IS 'What was counted below the line.';
COMMENT ON COLUMN evaluation.indicator.n IS 'How many of unit_of_count are behind the value.';
COMMENT ON COLUMN evaluation.indicator.unit_of_count IS 'persons, sessions, answers or months.';
COMMENT ON COLUMN evaluation.indicator.n_people IS 'Distinct persons behind the value.';
COMMENT ON COLUMN evaluation.indicator.n_groups IS 'Distinct groups behind the value.';
COMMENT ON COLUMN evaluation.indicator.date_basis IS 'Which date decides the period.';
COMMENT ON COLUMN evaluation.indicator.coverage IS 'Share of the expected observations that were recorded.';
COMMENT ON COLUMN evaluation.indicator.caveats IS 'What to keep in mind, as words, for example low_coverage.';
COMMENT ON COLUMN evaluation.indicator.details IS 'Further numbers of the result as a JSON object.';
COMMENT ON COLUMN evaluation.indicator.seed IS 'Seed of the bootstrap, where one was drawn.';
