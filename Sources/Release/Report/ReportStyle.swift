/// The page's one style sheet: quiet on the screen, A4 on paper, system faces only.
enum ReportStyle {
  static let css = """
    :root { --ink: #1b2733; --muted: #5b6773; --line: #dde3e7; --strong: #1f5f6b; --pale: #f4f7f8; }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 3.5rem 1.5rem 4rem; max-width: 50rem; color: var(--ink); background: #fff;
      font: 400 1rem/1.6 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
    }
    h1, h2, .subtitle, .lead, .card .value {
      font-family: Charter, "Iowan Old Style", "Palatino Linotype", "Liberation Serif", Georgia, serif;
    }
    h1 { margin: .2rem 0 .3rem; font-size: 2.7rem; line-height: 1.12; font-weight: 600; letter-spacing: -.01em; }
    h2 { margin: 0 0 1.1rem; font-size: 1.6rem; line-height: 1.25; font-weight: 600; }
    h2 .number { display: inline-block; min-width: 2.2rem; color: var(--strong); font-weight: 400; }
    h3 { margin: 2rem 0 .5rem; font-size: 1.05rem; line-height: 1.35; font-weight: 600; }
    p { margin: 0 0 1rem; max-width: 42rem; }
    a { color: var(--strong); text-underline-offset: .15em; }
    a:focus-visible { outline: 3px solid #b4651e; outline-offset: 2px; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem; }
    .kicker { margin: 0; color: var(--strong); font-size: .95rem; font-weight: 600; letter-spacing: .02em; }
    .subtitle { margin: 0 0 1.6rem; font-size: 1.3rem; color: var(--muted); }
    .cover { border-top: 5px solid var(--strong); padding-top: 1.6rem; }
    .cover-facts { display: grid; grid-template-columns: repeat(4, auto); gap: 1rem 2rem; margin: 0; padding: 1rem 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
    dt { color: var(--muted); font-size: .82rem; }
    dd { margin: 0; font-size: .95rem; }
    .contents { margin: 1.8rem 0 0; font-size: .92rem; }
    .contents h2 { margin: 0 0 .4rem; font: inherit; font-weight: 600; color: var(--muted); }
    .contents ol { columns: 3; column-gap: 2rem; margin: 0; padding-left: 1.4rem; }
    .contents li { break-inside: avoid; padding: .1rem 0; }
    .contents li::marker { color: var(--muted); }
    .contents a { text-decoration: none; }
    .contents a:hover { text-decoration: underline; }
    section { margin-top: 3.6rem; }
    .lead { font-size: 1.18rem; line-height: 1.5; }
    .callout { max-width: none; margin: 0 0 1.2rem; padding: .9rem 1.1rem; background: var(--pale); border-left: 4px solid var(--strong); }
    ul { margin: 0 0 1.2rem; padding-left: 1.2rem; max-width: 42rem; }
    li { padding: .15rem 0; }
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); margin: 1.4rem 1px 1.4rem 0; }
    .card { display: grid; grid-template-rows: auto auto auto auto; align-content: start; padding: .9rem .95rem 1rem; margin: 0 -1px -1px 0; border: 1px solid var(--line); }
    .card h3 { margin: 0; font-size: .92rem; line-height: 1.3; min-height: 2.4rem; }
    .card p { margin: 0; font-size: .8rem; line-height: 1.45; color: var(--muted); }
    .card .value { margin: .35rem 0 0; font-size: 2rem; line-height: 1.2; color: var(--ink); }
    .card.missing .value { color: var(--muted); }
    .card .mark { height: 1.2rem; margin-bottom: .15rem; }
    .card .mark svg { display: block; width: 100%; height: 1.1rem; }
    figure { margin: 1.4rem 0 2.2rem; }
    figure svg { display: block; width: 100%; height: auto; }
    figcaption { margin-bottom: .9rem; font-size: .95rem; line-height: 1.45; }
    svg text { font-family: "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
    .note { margin: .6rem 0 0; max-width: none; font-size: .82rem; line-height: 1.5; color: var(--muted); }
    code, pre, .code { font-family: ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; font-size: .86em; overflow-wrap: anywhere; }
    pre { margin: 0 0 1rem; padding: .7rem 1rem; background: var(--pale); border: 1px solid var(--line); }
    .table { margin: 1.2rem 0 2rem; overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; font-size: .86rem; line-height: 1.4; }
    caption { padding: 0 0 .5rem; text-align: left; font-size: .95rem; line-height: 1.45; }
    th, td { padding: .38rem .9rem .38rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { vertical-align: bottom; color: var(--muted); font-weight: 600; border-bottom: 1.5px solid var(--ink); }
    tbody th { font-weight: 400; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    thead th.n { white-space: normal; }
    .n + :not(.n) { padding-left: .9rem; }
    pre code { font-size: 1em; }
    .facts { margin: 0 0 1.4rem; border-top: 1px solid var(--line); }
    .facts div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
    .facts dt { font-size: .9rem; }
    .annex .table { margin-top: 1.8rem; }
    footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .82rem; color: var(--muted); }
    @media (max-width: 40rem) {
      body { padding-top: 1.5rem; }
      h1 { font-size: 2rem; }
      .cover-facts { grid-template-columns: repeat(2, auto); }
      .contents ol { columns: 1; }
      .facts div { grid-template-columns: 1fr; gap: 0; }
    }
    @media print {
      @page { size: A4; margin: 18mm 18mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Liberation Sans", Arial, sans-serif; color: #5b6773; } }
      html { font-size: 9.8pt; }
      body { max-width: none; padding: 0; line-height: 1.48; }
      h2, h3, figcaption, caption { break-after: avoid; }
      .skip { display: none; }
      a { color: inherit; text-decoration: none; }
      section { margin-top: 2.2rem; }
      .cards { grid-template-columns: repeat(4, 1fr); break-inside: avoid; }
      figure, .callout, pre, .facts, tr, .short { break-inside: avoid; }
      thead { display: table-header-group; }
      .table { overflow: visible; }
      .annex { break-before: page; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }
    """
}
