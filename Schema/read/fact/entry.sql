-- What projectors read: the events of sealed blocks that still say something, in the newest version
-- of their type, about people as they are known now. Live and rebuild alike; nothing else may read a
-- body.

-- One CASE branch a step: WHEN p_type = 'x' AND p_version = 1 THEN x_1_to_2(p_body). No type has had
-- a second version yet. What is neither current nor brought up here stands in no row of
-- log.event_type, and a projector halts before it.
CREATE FUNCTION upcast(p_type text, p_version smallint, p_body json) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_body;
COMMENT ON FUNCTION upcast IS 'The body as the newest version of its event type has it.';

-- What is in quarantine is asked of log.event and not of log.quarantine: the planner has less to
-- join, which small claims notice, and nobody but a tamperer leaves a decision outside of a block.
CREATE VIEW entry AS
SELECT e.institution_id, e.position, e.recorded_at, e.occurred_at, e.occurred_precision, e.type,
       coalesce(m.subject_id, e.subject_id) AS subject_id, m.recorded_as, e.supersedes,
       upcast(e.type, e.schema_version, e.body) AS body
  FROM log.entry AS e
  LEFT JOIN merged_subject AS m
    ON m.institution_id = e.institution_id AND m.recorded_as = e.subject_id
 WHERE e.body IS NOT NULL
   AND NOT EXISTS (SELECT FROM log.event AS q
                    WHERE q.institution_id = e.institution_id AND q.type = 'event_quarantined'
                      AND (q.body ->> 'position')::bigint = e.position);
COMMENT ON VIEW entry IS
  'Grain: one row per event that is neither redacted nor in quarantine, its body upcast, its person '
  'the one they are known as now; recorded_as is the id it was recorded under, where they have '
  'several. What an event supersedes, log.entry says, also of those that are left out.';
