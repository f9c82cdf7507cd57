import FoundationEssentials
import Vault

/// Holds a reason against the vault before it is written into the log, where it stays for ever.
enum ReasonCheck {
  /// Refuses a reason that says who somebody is; `concerned` are those the decision is about.
  static func check(_ reason: String, _ vault: IdentityVault, concerned: [UUID]) throws {
    guard try vault.mentions(in: reason, of: concerned) else { return }
    throw Failure(
      code: "VD380",
      text: "--reason names somebody, and it stays in the log"
        + "\n  hint: say why without names, addresses or ids: \"new employee id after a change of"
        + " post\"",
      status: .usage)
  }
}
