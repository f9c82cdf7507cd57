import Yams

/// What people read, in bokmål and in English.
public struct BilingualText: Sendable, Equatable {
  public var nb: String
  public var en: String

  public init(nb: String, en: String) {
    self.nb = nb
    self.en = en
  }

  init?(reading node: Node, _ what: String, _ reader: DefinitionReader) {
    if let text = node.scalar?.string {
      self.init(nb: text, en: text)
      return
    }
    guard
      let mapping = DefinitionMapping(node, what: what, keys: ["nb", "en"], reader: reader)
    else { return nil }
    let texts = (mapping.text("nb"), mapping.text("en"))
    guard case (let nb?, let en?) = texts else { return nil }
    self.init(nb: nb, en: en)
  }
}
