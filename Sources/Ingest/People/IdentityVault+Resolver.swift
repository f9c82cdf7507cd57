public import FoundationEssentials
public import Vault

extension IdentityVault: IdentityResolver {
  public func register(_ people: [PersonIdentity], dryRun: Bool) throws -> [UUID] {
    try register(
      people.map { Identity(personID: $0.personID, email: $0.email, name: $0.name) },
      dryRun: dryRun)
  }
}
