/// What the page template sees. Names are unique across nested views, because a template looks a
/// missing name up in the views around it.
struct PageView {
  var language = ""
  var documentTitle = ""
  var kicker = ""
  var title = ""
  var subtitle = ""
  var coverFacts: [FactView] = []
  var skipText = ""
  var contentsTitle = ""
  var sections: [SectionView] = []
  var annexTitle = ""
  var annexIntroduction = ""
  var annexTables: [TableView] = []
  var footer = ""
  var style = ReportStyle.css
}

struct FactView {
  var term: String
  var detail: String
  /// Hashes and commands, set in a fixed-width face.
  var isCode = false
}

struct SectionView {
  var anchor: String
  var number: Int
  var heading: String
  var blocks: [BlockView]
}

/// One kind of content; exactly one of the lists is filled.
struct BlockView {
  var leads: [String] = []
  var paragraphs: [String] = []
  var callouts: [String] = []
  var subheadings: [String] = []
  var bullets: [BulletsView] = []
  var cardGrids: [CardGridView] = []
  var figures: [FigureView] = []
  var tables: [TableView] = []
  var factLists: [FactListView] = []
  var commands: [String] = []
}

struct BulletsView { var bulletItems: [String] }
struct CardGridView { var cards: [CardView] }
struct FactListView { var facts: [FactView] }

struct CardView {
  var cardTitle: String
  var cardValue: String
  var isMissing: Bool
  var cardPeriod: String
  var mark: String
  var cardLines: [String]
}

struct FigureView {
  var figureLabel: String
  var figureTitle: String
  var drawing: String
  var figureNote: String
  var dataLinks: [LinkView]
  var dataFile: String
}

struct LinkView {
  var target: String
  var linkText: String
}

struct TableView {
  var tableAnchor: String
  var tableLabel: String
  var tableTitle: String
  var columns: [ColumnView]
  var tableRows: [RowView]
  var tableNotes: [String]
  var isAnnex = false
  /// Fits a page, so that print need not break it.
  var isShort: Bool
}

struct ColumnView {
  var columnTitle: String
  var isNumber: Bool
}

struct RowView {
  var rowTitle: String
  var cells: [CellView]
}

struct CellView {
  var cellText: String
  var isNumeric: Bool
}
