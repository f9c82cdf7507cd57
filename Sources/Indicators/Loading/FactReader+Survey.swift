import Events
import Postgres

extension FactReader {
  /// How many were invited to each wave that says so.
  func invited() throws -> [String: Int] {
    try rows(
      """
      SELECT wave, invited
        FROM \(schema).wave
       WHERE \(Self.effective) AND invited IS NOT NULL
       ORDER BY position
      """
    ).reduce(into: [:]) { invited, row in invited[try row.text(0)] = try row.int(1) }
  }

  /// The items of the newest version of every instrument, in their order.
  func items() throws -> [SurveyItem] {
    try rows(
      """
      WITH item AS (
        SELECT institution_id, position, instrument, item, item_no, scale_min, scale_max
          FROM \(schema).instrument_item
         WHERE \(Self.effective) AND scale_min < scale_max
      ), newest AS (
        SELECT DISTINCT ON (instrument, item) instrument, item, item_no, scale_min, scale_max
          FROM item
         ORDER BY instrument, item, position DESC
      )
      SELECT instrument, item, scale_min, scale_max FROM newest ORDER BY instrument, item_no, item
      """
    ).map { row in
      SurveyItem(
        instrument: try row.text(0), item: try row.text(1), minimum: try row.int(2),
        maximum: try row.int(3))
    }
  }

  /// The scale of this code in every version of every instrument that has it, the newest first.
  /// Items on different answer scales make no scale.
  func scales(named scale: String) throws -> [SurveyScale] {
    try rows(
      """
      WITH scale AS (
        SELECT institution_id, position, instrument, version, items, reversed, min_valid
          FROM \(schema).instrument_scale
         WHERE \(Self.effective) AND scale = $4
      ), item AS (
        SELECT institution_id, instrument, version, item, scale_min, scale_max
          FROM \(schema).instrument_item
         WHERE \(Self.effective)
      )
      SELECT n.instrument, array_to_string(n.items, ','), array_to_string(n.reversed, ','),
             n.min_valid, min(i.scale_min), max(i.scale_max), n.version
        FROM scale AS n
        JOIN item AS i
          ON i.institution_id = n.institution_id AND i.instrument = n.instrument
         AND i.version = n.version AND i.item = ANY (n.items)
       GROUP BY n.position, n.instrument, n.version, n.items, n.reversed, n.min_valid
      HAVING min(i.scale_min) = max(i.scale_min) AND min(i.scale_max) = max(i.scale_max)
         AND min(i.scale_min) < max(i.scale_max)
       ORDER BY n.position DESC
      """, [.text(scale)]
    ).map { row in
      SurveyScale(
        instrument: try row.text(0), version: try row.text(6), scale: scale,
        items: try row.text(1).split(separator: ",").map(String.init),
        reversed: Set(try row.text(2).split(separator: ",").map(String.init)),
        minimum: try row.int(4), maximum: try row.int(5), minimumValid: row.optionalInt(3))
    }
  }

  /// One response per person and wave, that of the latest day, and of those of one day the one recorded
  /// last, with the person's unit and group: those of an enrolment active on the day of the response,
  /// else of the first one. An anonymous response is a person of its own and has neither. Parameter 4 restricts waves, 5 instruments.
  ///
  /// - Parameter unique: Within what a person has one voice.
  private func voices(unique: String) -> String {
    """
    response AS (
      SELECT institution_id, position, subject_id, instrument, version, wave, on_date
        FROM \(schema).response
       WHERE \(Self.effective)
         AND ($4::text[] IS NULL OR wave = ANY ($4::text[]))
         AND ($5::text[] IS NULL OR instrument = ANY ($5::text[]))
    ), voice AS (
      SELECT DISTINCT ON (coalesce(subject_id::text, position::text), \(unique))
             institution_id, position, subject_id, instrument, version, wave, on_date
        FROM response
       ORDER BY coalesce(subject_id::text, position::text), \(unique), on_date DESC NULLS LAST,
                position DESC
    ), enrolment AS (
      SELECT institution_id, subject_id, group_code, unit, joined_on, left_on
        FROM \(schema).enrolment
       WHERE \(Self.effective)
    ), placed AS (
      SELECT v.institution_id, v.position, v.instrument, v.version, v.wave, e.unit, e.group_code,
             row_number() OVER (
               PARTITION BY v.position
               ORDER BY (e.joined_on <= v.on_date
                         AND (e.left_on IS NULL OR v.on_date < e.left_on)) DESC NULLS LAST,
                        e.joined_on, e.group_code) AS place
        FROM voice AS v
        LEFT JOIN enrolment AS e
          ON e.institution_id = v.institution_id AND e.subject_id = v.subject_id
    ), answer AS (
      SELECT institution_id, position, item, value, state FROM \(schema).answer WHERE \(Self.effective)
    ), item AS (
      SELECT institution_id, instrument, version, item, scale_min, scale_max
        FROM \(schema).instrument_item
       WHERE \(Self.effective) AND scale_min < scale_max
    ), given AS (
      SELECT p.position, p.instrument, p.version, p.wave, p.unit, p.group_code, a.item, a.state,
             CASE WHEN a.state = 'answered' THEN a.value END AS score, i.scale_min, i.scale_max
        FROM placed AS p
        JOIN answer AS a ON a.institution_id = p.institution_id AND a.position = p.position
        JOIN item AS i
          ON i.institution_id = p.institution_id AND i.instrument = p.instrument
         AND i.version = p.version AND i.item = a.item
       WHERE p.place = 1
    )
    """
  }

  private func waves(_ filter: PeriodFilter) -> Value? {
    guard case .touching(let codes) = filter else { return nil }
    return .textArray(codes.sorted())
  }

  func answers(_ filter: PeriodFilter) throws -> [ItemTally] {
    try rows(
      """
      WITH \(voices(unique: "wave, instrument"))
      SELECT wave, instrument, item, unit, group_code, state, score, scale_min, scale_max, count(*)
        FROM given
       GROUP BY wave, instrument, item, unit, group_code, state, score, scale_min, scale_max
      """, [waves(filter), nil]
    ).compactMap { row in
      guard let state = ItemTally.State(rawValue: try row.text(5)) else { return nil }
      return ItemTally(
        wave: try row.text(0), instrument: try row.text(1), item: try row.text(2),
        unit: row.optionalText(3), group: row.optionalText(4), state: state,
        score: row.optionalInt(6), minimum: try row.int(7), maximum: try row.int(8),
        count: try row.int(9))
    }
  }

  func responses(to scales: [SurveyScale], _ filter: PeriodFilter) throws -> [ScaleResponse] {
    guard !scales.isEmpty else { return [] }
    return try rows(
      """
      WITH \(voices(unique: "wave"))
      SELECT wave, instrument, unit, group_code, min(scale_min), max(scale_max),
             coalesce(string_agg(item || '=' || score, ','), ''), version
        FROM given
       WHERE item = ANY ($6::text[])
       GROUP BY position, wave, instrument, version, unit, group_code
       ORDER BY position
      """,
      [
        waves(filter), .textArray(Set(scales.map(\.instrument)).sorted()),
        .textArray(Set(scales.flatMap(\.items)).sorted()),
      ]
    ).compactMap { row in
      let (instrument, version) = (try row.text(1), try row.text(7))
      guard let scale = scales.scoring(instrument, version: version) else { return nil }
      // Items of its own version's scale share one; those of another version's may not.
      let isOwn = scale.version == version
      let scores = Self.scores(try row.text(6))
      return ScaleResponse(
        wave: try row.text(0), instrument: instrument, version: version,
        unit: row.optionalText(2), group: row.optionalText(3),
        minimum: isOwn ? scale.minimum : try row.int(4),
        maximum: isOwn ? scale.maximum : try row.int(5), scores: scale.items.map { scores[$0] })
    }
  }

  /// Reads `pit1=3,pit2=5`.
  private static func scores(_ text: String) -> [String: Int] {
    Dictionary(
      text.split(separator: ",").compactMap { pair in
        let parts = pair.split(separator: "=")
        guard parts.count == 2, let score = Int(parts[1]) else { return nil }
        return (String(parts[0]), score)
      }, uniquingKeysWith: { first, _ in first })
  }
}
