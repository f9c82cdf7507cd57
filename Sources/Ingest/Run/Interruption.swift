/// A signal came while bytes were waited for. What was read and not recorded yet is left: it may end
/// in the middle of a row.
struct Interruption: Error {}
