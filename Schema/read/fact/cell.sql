-- The newest value of every indicator for every scope and period. Computed in Swift from the
-- facts (Sources/Indicators) when they are stale; history lies in the facts, not here.
CREATE TABLE cell (
  institution_id int NOT NULL,
  programme text NOT NULL,
  indicator text NOT NULL,
  scope_kind text NOT NULL,
  scope text NOT NULL,
  period_kind text NOT NULL,
  period text NOT NULL,
  item text NOT NULL,
  definition_version int NOT NULL,
  status text NOT NULL,
  value double precision,
  lower double precision,
  upper double precision,
  confidence double precision,
  method text,
  numerator double precision,
  denominator double precision,
  n int NOT NULL,
  unit_of_count text NOT NULL,
  n_people int NOT NULL,
  n_groups int NOT NULL,
  date_basis text NOT NULL,
  coverage double precision,
  caveats text[] NOT NULL,
  details json NOT NULL,
  seed text,
  PRIMARY KEY (institution_id, programme, indicator, scope_kind, scope, period_kind, period, item)
);
-- A late session changes the cells of its periods.
CREATE INDEX cell_period ON cell (institution_id, programme, period, indicator);
COMMENT ON TABLE cell IS
  'Grain: one row per indicator, scope, period and item. Read evaluation.indicator.';

-- What happened, summed up once per person, group and period: a late session changes the sums of its
-- group, month and term, and every other figure is made of sums.
CREATE TABLE tally (
  institution_id int NOT NULL,
  programme text NOT NULL,
  period text NOT NULL,
  group_code text NOT NULL,
  subject_id uuid NOT NULL,
  unit text NOT NULL,
  expected int NOT NULL,
  recorded int NOT NULL,
  excused int NOT NULL,
  present int NOT NULL,
  minutes bigint NOT NULL,
  unmeasured int NOT NULL,
  PRIMARY KEY (institution_id, programme, period, group_code, subject_id, unit)
);
COMMENT ON TABLE tally IS
  'Grain: one row per person, unit, group and month or term with anything to count. Kept by '
  'the cell worker (Sources/Indicators/Loading); read evaluation.attendance for what it sums up.';

CREATE TABLE catalogue (
  indicator text PRIMARY KEY,
  definition_version int NOT NULL,
  title_nb text NOT NULL,
  title_en text NOT NULL,
  question_nb text NOT NULL,
  question_en text NOT NULL,
  numerator_nb text NOT NULL,
  numerator_en text NOT NULL,
  denominator_nb text NOT NULL,
  denominator_en text NOT NULL,
  unit text NOT NULL,
  unit_of_count text NOT NULL,
  date_basis text NOT NULL,
  minimum_n int NOT NULL,
  interval_nb text NOT NULL,
  interval_en text NOT NULL,
  level text NOT NULL,
  re_aim text NOT NULL,
  reference_list text[] NOT NULL
);
COMMENT ON TABLE catalogue IS
  'Grain: one row per indicator of this build of Varde. Read evaluation.catalogue.';
