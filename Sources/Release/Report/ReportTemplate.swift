import Mustache

/// The page as templates, compiled in: a release needs no file but the binary.
enum ReportTemplate {
  static func render(_ report: Report) throws(ReleaseError) -> ReleaseFile {
    MustacheContentTypes.register(EscapedHTML(), named: "VARDE")
    do {
      // Partials do not inherit the content type of the page, so each part names it.
      let parts = try [
        "card": card, "figure": figure, "table": table, "facts": facts, "block": block,
        "section": section, "page": page,
      ].mapValues { try MustacheTemplate(string: "{{% CONTENT_TYPE:VARDE}}" + $0) }
      let library = MustacheLibrary(templates: parts)
      guard let text = library.render(report.page, withTemplate: "page") else {
        throw ReleaseError.template("page")
      }
      return ReleaseFile(path: "report.html", text: text)
    } catch let error as ReleaseError {
      throw error
    } catch {
      throw .template("\(error)")
    }
  }

  private static let page = """
    <!doctype html>
    <html lang="{{language}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>{{documentTitle}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <a class="skip" href="#key-figures">{{skipText}}</a>
    <header class="cover">
    <p class="kicker">{{kicker}}</p>
    <h1>{{title}}</h1>
    <p class="subtitle">{{subtitle}}</p>
    <dl class="cover-facts">
    {{#coverFacts}}
    <div><dt>{{term}}</dt><dd>{{detail}}</dd></div>
    {{/coverFacts}}
    </dl>
    </header>
    <nav class="contents" aria-label="{{contentsTitle}}">
    <h2>{{contentsTitle}}</h2>
    <ol>
    {{#sections}}
    <li><a href="#{{anchor}}">{{heading}}</a></li>
    {{/sections}}
    </ol>
    </nav>
    <main>
    {{#sections}}
    {{>section}}
    {{/sections}}
    <section class="annex" id="annex">
    <h2>{{annexTitle}}</h2>
    <p>{{annexIntroduction}}</p>
    {{#annexTables}}
    {{>table}}
    {{/annexTables}}
    </section>
    </main>
    <footer><p>{{footer}}</p></footer>
    </body>
    </html>

    """

  private static let section = """
    <section id="{{anchor}}">
    <h2><span class="number">{{number}}</span>{{heading}}</h2>
    {{#blocks}}
    {{>block}}
    {{/blocks}}
    </section>

    """

  private static let block = """
    {{#leads}}
    <p class="lead">{{.}}</p>
    {{/leads}}
    {{#paragraphs}}
    <p>{{.}}</p>
    {{/paragraphs}}
    {{#callouts}}
    <p class="callout">{{.}}</p>
    {{/callouts}}
    {{#subheadings}}
    <h3>{{.}}</h3>
    {{/subheadings}}
    {{#bullets}}
    <ul>
    {{#bulletItems}}
    <li>{{.}}</li>
    {{/bulletItems}}
    </ul>
    {{/bullets}}
    {{#cardGrids}}
    <div class="cards">
    {{#cards}}
    {{>card}}
    {{/cards}}
    </div>
    {{/cardGrids}}
    {{#figures}}
    {{>figure}}
    {{/figures}}
    {{#tables}}
    {{>table}}
    {{/tables}}
    {{#factLists}}
    {{>facts}}
    {{/factLists}}
    {{#commands}}
    <pre><code>{{.}}</code></pre>
    {{/commands}}

    """

  private static let card = """
    <article class="card{{#isMissing}} missing{{/isMissing}}">
    <h3>{{cardTitle}}</h3>
    <p class="period">{{cardPeriod}}</p>
    <p class="value">{{cardValue}}</p>
    <div class="mark">{{{mark}}}</div>
    {{#cardLines}}
    <p>{{.}}</p>
    {{/cardLines}}
    </article>

    """

  private static let figure = """
    <figure>
    <figcaption><b>{{figureLabel}}.</b> {{figureTitle}}</figcaption>
    {{{drawing}}}
    <p class="note">{{figureNote}} {{#dataLinks}}<a href="#{{target}}">{{linkText}}</a> · {{/dataLinks}}<code>{{dataFile}}</code></p>
    </figure>

    """

  private static let table = """
    <div class="table{{#isShort}} short{{/isShort}}"{{#isAnnex}} id="{{tableAnchor}}"{{/isAnnex}}>
    <table>
    <caption>{{#isAnnex}}<b>{{tableLabel}}.</b> {{/isAnnex}}{{tableTitle}}</caption>
    <thead><tr>{{#columns}}<th scope="col"{{#isNumber}} class="n"{{/isNumber}}>{{columnTitle}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#tableRows}}
    <tr><th scope="row">{{rowTitle}}</th>{{#cells}}<td{{#isNumeric}} class="n"{{/isNumeric}}>{{cellText}}</td>{{/cells}}</tr>
    {{/tableRows}}
    </tbody>
    </table>
    {{#tableNotes}}
    <p class="note">{{.}}</p>
    {{/tableNotes}}
    </div>

    """

  private static let facts = """
    <dl class="facts">
    {{#facts}}
    <div><dt>{{term}}</dt><dd{{#isCode}} class="code"{{/isCode}}>{{detail}}</dd></div>
    {{/facts}}
    </dl>

    """
}
