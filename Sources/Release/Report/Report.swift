/// The report as the template needs it: words, tables and drawings, all of them publishable.
struct Report {
  let page: PageView

  init(_ publication: Publication) {
    var builder = ReportBuilder(publication)
    page = builder.page()
  }
}
