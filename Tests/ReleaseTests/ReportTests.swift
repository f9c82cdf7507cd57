import Indicators
import Testing

@testable import Release

/// The page: self-contained, escaped, readable without eyes or colours.
@Suite struct ReportTests {
  private func html(_ content: ReleaseContent) throws -> String {
    try #require(
      try ReleasePackage(content).files.first { $0.path == "report.html" }
    ).text
  }

  /// Every occurrence of `attribute="…"`.
  private func values(of attribute: String, in html: String) -> [Substring] {
    html.split(separator: " \(attribute)=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
  }

  @Test(arguments: ReleaseOptions.Language.allCases)
  func `nothing is loaded and nothing runs`(language: ReleaseOptions.Language) throws {
    let html = try html(SampleRelease.content(language: language))
    for word in ["<script", "<link", "<img", "<iframe", "@import", "http:", "https:", " src="] {
      #expect(!html.contains(word), "holds \(word)")
    }
    #expect(values(of: "href", in: html).allSatisfy { $0.hasPrefix("#") })
    #expect(!html.contains(" onclick") && !html.contains("javascript:"))
    #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
  }

  @Test func `every link within the page has its target`() throws {
    let html = try html(SampleRelease.content())
    let ids = values(of: "id", in: html)
    #expect(Set(ids).count == ids.count)
    for target in values(of: "href", in: html) {
      #expect(ids.contains(target.dropFirst()), "\(target)")
    }
    for target in values(of: "aria-labelledby", in: html).flatMap({ $0.split(separator: " ") }) {
      #expect(ids.contains(target), "\(target)")
    }
  }

  @Test func `every drawing has a title, a description and a table`() throws {
    let html = try html(SampleRelease.content())
    let drawings = html.split(separator: "role=\"img\"").count - 1
    #expect(drawings >= 8)
    #expect(html.split(separator: "<desc id").count - 1 == drawings)
    #expect(html.split(separator: "<figure>").count - 1 == drawings)
    #expect(
      html.split(separator: "class=\"table\" id=\"a").count
        + html.split(separator: "class=\"table short\" id=\"a").count - 2 == drawings)
  }

  @Test func `texts of the programme are escaped wherever they stand`() throws {
    var content = SampleRelease.content()
    let evil = "<script>alert('x')</script> & \"<\u{338}b\""
    content.programme.title = .init(nb: evil, en: evil)
    content.programme.purpose = evil
    content.institution.name = evil
    content.units[0].name = .init(nb: evil, en: evil)
    for index in content.items.indices { content.items[index].text = .init(nb: evil, en: evil) }
    for index in content.scales.indices { content.scales[index].title = .init(nb: evil, en: evil) }
    let html = try html(content)
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;"))
    // A mark that combines with the sign before it must not hide it from the escaping.
    #expect(!hides(html))
  }

  private func hides(_ html: String) -> Bool {
    let scalars = Array(html.unicodeScalars)
    return scalars.indices.dropLast().contains {
      scalars[$0] == "<" && scalars[$0 + 1] == "\u{338}"
    }
  }

  @Test func `no placeholder of a template is left`() throws {
    let html = try html(SampleRelease.content())
    #expect(!html.contains("{{") && !html.contains("}}") && !html.contains("Optional("))
  }

  @Test func `the Norwegian report is Norwegian`() throws {
    let html = try html(SampleRelease.content(language: .nb))
    #expect(html.contains("Hovedtall") && html.contains("3,05") && html.contains("68\u{A0}%"))
    #expect(!html.contains("Key figures"))
    #expect(html.contains("Våren 2026"))
  }

  @Test func `a figure knows its target`() throws {
    let html = try html(SampleRelease.content())
    #expect(html.contains("Target 80%: not reached"))
  }

  @Test func `provisional figures say so`() throws {
    var content = SampleRelease.content()
    #expect(try html(content).contains("30\u{A0}June 2026 (provisional)"))
    content.asOf = "2026-09-01"
    #expect(try html(content).contains("1\u{A0}September 2026 (final)"))
  }
}
