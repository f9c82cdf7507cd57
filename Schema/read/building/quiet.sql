-- Loaded into a schema of its own that a rebuild looks into before the facts' schema, while it fills
-- them: a range of the log is written as it stands at the cut, no row is to be closed afterwards, and
-- every cell will be computed, so nothing is stale. Gone when the facts are filled.
CREATE FUNCTION close_superseded(p_fact text, p_institution int, p_from bigint, p_to bigint)
RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;

CREATE FUNCTION mark_stale(
  p_fact text, p_families text[], p_key text, p_period text, p_institution int, p_from bigint,
  p_to bigint, p_group text DEFAULT '*'
) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;

CREATE FUNCTION mark_attended(p_institution int, p_from bigint, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN END $$;

CREATE FUNCTION mark_all_stale(p_institution int, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN END $$;

-- Merges come first and the other facts find them, so nothing has another person's id yet.
CREATE FUNCTION reidentify(p_institution int, p_to bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM know_merged(p_institution);
END $$;
