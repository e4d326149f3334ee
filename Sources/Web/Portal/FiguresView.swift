import Catalogue
import Vocabulary

/// The figures of the catalogue as a reader asked for them.
struct FiguresView {
    let figures: CatalogueFigures
    let asked: FiguresAsked
    let departments: [(code: String, name: Bilingual)]
    let regions: Gazetteer
    let words: Words
    /// Those of the place and the department that are asked for.
    let chosen: ItemFigures

    init(
        figures: CatalogueFigures, asked: FiguresAsked, departments: [(code: String, name: Bilingual)],
        regions: Gazetteer, words: Words
    ) {
        (self.figures, self.asked, self.departments) = (figures, asked, departments)
        (self.regions, self.words) = (regions, words)
        chosen = figures.figures(place: asked.place, department: asked.department)
    }

    /// What is counted: the whole catalogue, a place, a department, a department in a place.
    var scope: String {
        let parts = [asked.place.map(name), asked.department.map(name)].compactMap { $0 }
        return parts.isEmpty ? words["figures.all"] : words.list(parts)
    }

    private func name(_ place: Region) -> String {
        regions.entry(place).map { words.pick($0.name, $0.nameEnglish) } ?? words["figures.province"]
    }

    private func name(_ department: String) -> String {
        departments.first { $0.code == department }.map { words.pick($0.name) } ?? department
    }

    func filters(_ html: inout HTML) {
        let places =
            [Option(Region.fujian.code, name(.fujian))]
            + regions.entries.map {
                Option($0.region.code, words.pick($0.name, $0.nameEnglish))
            }
        html.filters("/figures") { html in
            for (field, label, options, value) in [
                ("place", words["items.place"], places, asked.place?.code),
                (
                    "department", words["items.department"],
                    departments.map { Option($0.code, words.pick($0.name)) }, asked.department
                ),
            ] {
                html.field(
                    Field(
                        field, label, .list([Option("", words["items.any"])] + options), answer: Answer(value ?? "")
                    ).with { $0.isOptional = true })
            }
        }
    }

    /// The large numbers; of the whole catalogue the items too, each once.
    func headline(_ html: inout HTML) {
        let isWhole = asked.place == nil && asked.department == nil
        let items = isWhole ? figures.items.all : listed.count
        html.figures([
            Figure(words["figures.items"], words.number(items)),
            Figure(words["figures.implementations"], words.number(chosen.implementations)),
            Figure(words["figures.one-trip"], words.number(chosen.atMostOneTrip), change: share(chosen.atMostOneTrip)),
            Figure(words["figures.zero-trip"], words.number(chosen.zeroTrip), change: share(chosen.zeroTrip)),
            Figure(words["figures.immediate"], words.number(chosen.immediate), change: share(chosen.immediate)),
            Figure(words["figures.compression"], chosen.compression.basisPoints.map(words.percent) ?? "–"),
        ])
        if isWhole {
            html.paragraph(
                words(
                    "figures.by-item",
                    [
                        "all": words.number(figures.items.all), "one": words.number(figures.items.atMostOneTrip),
                        "none": words.number(figures.items.zeroTrip),
                    ]))
        }
        let sum = chosen.compression
        html.paragraph(
            words(
                "figures.days",
                [
                    "statutory": words.number(sum.statutoryDays), "promised": words.number(sum.promisedDays),
                    "items": words.number(sum.items),
                ]))
    }

    func trips(_ html: inout HTML) {
        let oneTrip = chosen.atMostOneTrip - chosen.zeroTrip
        var shares = [
            Share(words.trips(0), chosen.zeroTrip, .first), Share(words.trips(1), oneTrip, .second),
            Share(words["figures.more-trips"], chosen.moreTrips, .third),
        ]
        if chosen.withoutMode > 0 { shares.append(Share(words["figures.no-mode"], chosen.withoutMode, .fourth)) }
        html.heading(words["figures.trips"])
        html.shares(shares)
    }

    func stars(_ html: inout HTML) {
        let tones: [Share.Tone] = [.fifth, .fourth, .third, .second, .first]
        html.heading(words["figures.stars"])
        html.shares(
            chosen.stars.indices.reversed().filter { chosen.stars[$0] > 0 }.map { index in
                Share(words.count("figures.star", index + 1), chosen.stars[index], tones[index])
            })
    }

    func places(_ html: inout HTML) {
        let own = figures.byPlace(department: asked.department).sorted { $0.key < $1.key }
        html.heading(words["figures.by-place"])
        table(&html, words.count("figures.places", own.count), words["items.place"], own) { place in
            (name(place), asked.address(place: place, department: asked.department))
        }
    }

    func offices(_ html: inout HTML) {
        let own = figures.byDepartment(place: asked.place)
            .sorted { ($1.value.implementations, $0.key) < ($0.value.implementations, $1.key) }
        html.heading(words["figures.by-department"])
        table(&html, words.count("figures.departments", own.count), words["items.department"], own) { department in
            (name(department), asked.address(place: asked.place, department: department))
        }
    }

    private func table<Key>(
        _ html: inout HTML, _ caption: String, _ first: String, _ rows: [(key: Key, value: ItemFigures)],
        link: (Key) -> (String, String)
    ) {
        html.element("div", .class("wrapping")) { html in
            html.table(caption, columns(first), rows) { _ in
            } row: { html, row in
                let (label, href) = link(row.key)
                html.row { html in
                    html.headCell(label, href: href)
                    cells(&html, row.value)
                }
            }
        }
    }

    private var listed: [CatalogueFigures.Item] {
        figures.byItem(place: asked.place, department: asked.department)
    }

    func items(_ html: inout HTML) {
        let rows = Array(listed.drop { $0.slug <= asked.after }.prefix(FiguresPage.rowsMax))
        html.heading(words["figures.each-item"])
        html.element("div", .class("wrapping")) { html in
            html.table(
                words.count("figures.items-count", listed.count),
                [
                    Column(words["column.item"]), Column(words["figures.implementations"], isNumeric: true),
                    Column(words["items.trips"]),
                ] + limitColumns, rows
            ) { html in
                html.empty(words["figures.none"], words["figures.none-help"])
            } row: { html, item in
                html.row { html in
                    html.headCell(words.pick(item.name), href: "/items?item=\(Paths.query(item.slug))")
                    html.cell(words.number(item.figures.implementations), isNumeric: true)
                    html.cell(trips(of: item.figures))
                    limits(&html, item.figures.compression)
                }
            }
        }
        let next = rows.count < FiguresPage.rowsMax ? nil : rows.last?.slug
        html.pager(
            previous: asked.after.isEmpty
                ? nil : asked.address(place: asked.place, department: asked.department),
            next: next.map { asked.address(place: asked.place, department: asked.department, after: $0) })
    }

    /// What an item takes, at the body where it takes most.
    private func trips(of figures: ItemFigures) -> String {
        if figures.zeroTrip == figures.implementations { return words.trips(0) }
        if figures.atMostOneTrip == figures.implementations { return words.trips(1) }
        return figures.moreTrips > 0 ? words["figures.more-trips"] : words["figures.no-mode"]
    }

    private func columns(_ first: String) -> [Column] {
        [
            Column(first), Column(words["figures.implementations"], isNumeric: true),
            Column(words["figures.one-trip"], isNumeric: true), Column(words["figures.zero-trip"], isNumeric: true),
            Column(words["figures.immediate"], isNumeric: true),
        ] + limitColumns
    }

    private var limitColumns: [Column] {
        [
            Column(words["figures.compression"]), Column(words["figures.statutory"], isNumeric: true),
            Column(words["figures.promised"], isNumeric: true),
        ]
    }

    private func cells(_ html: inout HTML, _ figures: ItemFigures) {
        for number in [figures.implementations, figures.atMostOneTrip, figures.zeroTrip, figures.immediate] {
            html.cell(words.number(number), isNumeric: true)
        }
        limits(&html, figures.compression)
    }

    private func limits(_ html: inout HTML, _ sum: LimitCompression) {
        html.cell { html in
            html.element("div", .class("bar-cell")) { html in
                html.bar(sum.basisPoints ?? 0, of: 10_000)
                html.element("span", text: sum.basisPoints.map(words.percent) ?? "–")
            }
        }
        for days in [sum.statutoryDays, sum.promisedDays] { html.cell(words.number(days), isNumeric: true) }
    }

    private func share(_ count: Int) -> String {
        words.percent(part: count, of: chosen.implementations)
    }
}
