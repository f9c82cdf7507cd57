public import FoundationEssentials
internal import Postgres

extension IdentityVault {
  /// Says what a person is called from now on.
  /// - Parameter subjects: all ids of the person: a file may name any of them.
  public func rename(_ subjects: [UUID], to name: String) throws {
    try session.query(
      """
      INSERT INTO vault.subject AS s (institution_id, subject_id, name)
      SELECT $1, u.subject_id, $3 FROM unnest($2::uuid[]) AS u(subject_id)
       ORDER BY u.subject_id
      ON CONFLICT (institution_id, subject_id) DO UPDATE SET name = excluded.name
      """, [id, .uuidArray(subjects), .text(name)])
  }
}
