import Catalogue
import Hall
import Supervision
import Vocabulary

/// What places, bodies and items are called on pages of supervision.
struct SupervisionNames: Sendable {
    let site: Site
    let words: Words
    private let items: [String: String]

    /// The names of what these cases are about.
    init(_ site: Site, _ words: Words, of matters: [SupervisedCase]) async throws {
        (self.site, self.words) = (site, words)
        items = try await site.hall.itemTitles(of: Set(matters.map(\.item))).mapValues { words.pick($0) }
    }

    func place(_ region: Region) -> String {
        site.regions.entry(region).map { words.pick($0.name, $0.nameEnglish) }
            ?? (region == .fujian ? words["supervision.province"] : region.code)
    }

    /// The body, or its code where the directory does not know it.
    func body(_ code: CreditCode) -> String {
        site.composer.directory.bodies.first { $0.code == code }.map { words.pick($0.name, $0.nameEnglish) }
            ?? code.code
    }

    func item(_ matter: SupervisedCase) -> String { items[matter.item] ?? matter.item }
}

extension Words {
    /// How an order stands: red where it was not answered in time.
    func stage(_ line: OrderLine) -> Tag { stage(line.stage, isRed: line.isRed) }

    func stage(_ stage: SupervisionOrder.Stage.Name, isRed: Bool) -> Tag {
        if isRed { return Tag(self["order.red"], .bad) }
        switch stage {
        case .open: return Tag(self[stage.word], .waiting)
        case .answered, .appealed: return Tag(self[stage.word], .busy)
        case .closed: return Tag(self[stage.word], .good)
        }
    }

    /// Whether what is wrong still is.
    func standing(_ finding: Finding) -> Tag {
        if finding.stands { return Tag(self["finding.stands"], .bad) }
        return Tag(self[finding.rule.isTried ? "finding.refused" : "finding.over"])
    }
}

extension HTML {
    /// Writes findings as a table, each with the way to its case.
    mutating func findings(_ findings: [Finding], _ names: SupervisionNames, _ caption: String) {
        // One cell below the other on a phone.
        element("div", .class("hits")) { $0.findingTable(findings, names, caption) }
    }

    private mutating func findingTable(_ findings: [Finding], _ names: SupervisionNames, _ caption: String) {
        table(
            caption,
            [
                Column(words["finding.rule"]), Column(words["column.number"]), Column(words["column.item"]),
                Column(words["column.body"]), Column(words["finding.last"]),
                Column(words["finding.count"]), Column(words["column.state"]),
            ], findings
        ) { html in
            html.empty(html.words["finding.none"], html.words["finding.none-help"])
        } row: { html, finding in
            html.row { html in
                let words = html.words
                html.cell { html in
                    html.element("span", text: words[finding.rule.word])
                    html.text(" ")
                    if finding.rule.isSuspension { html.tag(Tag(words["finding.suspension"], .bad)) }
                }
                html.headCell(finding.matter.number, href: Paths.supervised(finding.matter.dossier))
                html.cell(names.item(finding.matter))
                html.cell(names.body(finding.matter.body))
                html.cell { $0.moment(finding.lastAt) }
                html.cell(words.count("finding.times", finding.count))
                html.cell { $0.tag(words.standing(finding)) }
            }
        }
    }

    /// Writes orders as a table.
    mutating func orders(_ lines: [OrderLine], _ names: SupervisionNames, _ caption: String) {
        element("div", .class("hits")) { $0.orderTable(lines, names, caption) }
    }

    private mutating func orderTable(_ lines: [OrderLine], _ names: SupervisionNames, _ caption: String) {
        table(
            caption,
            [
                Column(words["order.number"]), Column(words["column.state"]), Column(words["order.due"]),
                Column(words["order.about"]), Column(words["column.item"]), Column(words["column.body"]),
            ], lines
        ) { html in
            html.empty(html.words["order.none"], html.words["order.none-help"])
        } row: { html, line in
            html.row { html in
                let words = html.words
                html.headCell(line.number, href: Paths.order(line.id))
                html.cell { $0.tag(words.stage(line)) }
                html.cell { $0.date(line.due) }
                html.cell(line.rule.map { words[$0.word] } ?? words["order.whole-case"])
                html.cell(names.item(line.matter))
                html.cell(names.body(line.matter.body))
            }
        }
    }
}
