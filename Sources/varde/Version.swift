/// Which Varde this is; part of every release's manifest.
enum Version {
  static let text = "0.1.0"
}
