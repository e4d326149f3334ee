import Dossiers

extension FiguresView {
    /// What was closed within a year: trips as they were promised and as they were made.
    func made(_ html: inout HTML, _ figures: TripFigures) {
        html.heading(words["figures.made"], id: "made")
        guard figures.closed > 0 else { return html.note(words["figures.made-none"]) }
        let share = { (count: Int) in words.percent(part: count, of: figures.closed) }
        html.figures([
            Figure(words["figures.closed"], words.number(figures.closed)),
            Figure(words["figures.kept"], words.number(figures.kept), change: share(figures.kept)),
            Figure(words["figures.one-trip"], words.number(figures.atMostOne), change: share(figures.atMostOne)),
            Figure(words["figures.zero-trip"], words.number(figures.withoutTrip), change: share(figures.withoutTrip)),
            Figure(words["figures.over"], words.number(figures.over), change: share(figures.over)),
        ])
        html.paragraph(
            words(
                "figures.made-sum",
                ["promised": words.number(figures.promised), "made": words.number(figures.made)]))
        html.table(
            words["figures.made-table"],
            [Column(words["trips.fact"]), Column(words["figures.closed"], isNumeric: true)],
            Array(figures.pairs.prefix(FiguresPage.rowsMax))
        ) { _ in
        } row: { html, line in
            html.row { html in
                html.headCell(
                    words(
                        "trips.in-the-end", ["promised": "\(line.pair.promised)", "made": "\(line.pair.made)"]))
                html.cell(words.number(line.dossiers), isNumeric: true)
            }
        }
        html.note(words["figures.made-rules"])
    }
}
