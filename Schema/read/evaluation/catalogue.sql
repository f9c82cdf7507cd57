CREATE VIEW evaluation.catalogue WITH (security_invoker = true) AS
SELECT c.indicator, c.definition_version, c.title_nb, c.title_en, c.question_nb, c.question_en,
       c.numerator_nb, c.numerator_en, c.denominator_nb, c.denominator_en, c.unit,
       c.unit_of_count, c.date_basis, c.minimum_n, c.interval_nb, c.interval_en, c.level, c.re_aim,
       c.reference_list
FROM fact.catalogue AS c;
COMMENT ON VIEW evaluation.catalogue IS
  'Grain: one row per indicator: what it means, exactly, in bokmål and English.';
COMMENT ON COLUMN evaluation.catalogue.indicator IS 'Indicator id.';
COMMENT ON COLUMN evaluation.catalogue.definition_version IS
  'Raised whenever the same data could give another number.';
COMMENT ON COLUMN evaluation.catalogue.title_nb IS 'Title in bokmål.';
COMMENT ON COLUMN evaluation.catalogue.title_en IS 'Title in English.';
COMMENT ON COLUMN evaluation.catalogue.question_nb IS 'The question it answers, in bokmål.';
COMMENT ON COLUMN evaluation.catalogue.question_en IS 'The question it answers, in English.';
COMMENT ON COLUMN evaluation.catalogue.numerator_nb IS 'What is counted above the line, in bokmål.';
COMMENT ON COLUMN evaluation.catalogue.numerator_en IS 'What is counted above the line, in English.';
COMMENT ON COLUMN evaluation.catalogue.denominator_nb IS 'What is counted below the line, in bokmål.';
COMMENT ON COLUMN evaluation.catalogue.denominator_en IS 'What is counted below the line, in English.';
COMMENT ON COLUMN evaluation.catalogue.unit IS 'Unit of the value.';
COMMENT ON COLUMN evaluation.catalogue.unit_of_count IS 'What n counts.';
COMMENT ON COLUMN evaluation.catalogue.date_basis IS 'Which date decides the period.';
COMMENT ON COLUMN evaluation.catalogue.minimum_n IS 'Below this n no value is given.';
COMMENT ON COLUMN evaluation.catalogue.interval_nb IS 'How the interval is made, in bokmål.';
COMMENT ON COLUMN evaluation.catalogue.interval_en IS 'How the interval is made, in English.';
COMMENT ON COLUMN evaluation.catalogue.level IS 'Level of evaluation (Guskey).';
COMMENT ON COLUMN evaluation.catalogue.re_aim IS 'RE-AIM dimension.';
COMMENT ON COLUMN evaluation.catalogue.reference_list IS 'Sources of the definition and its statistics.';
