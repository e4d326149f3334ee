import Catalogue
import Foundation
import Hall
import Vocabulary

/// A sheet as its editors see it.
struct SheetView {
    let kept: KeptSheet
    let site: Site
    let words: Words
    /// The guides that it stands for; empty while something is missing.
    let guides: [Guide]
    /// What keeps it from being published, each once.
    let findings: [GuideDefect]
    /// Why no guide can be composed though nothing is missing, as its refusal names the place; nil when one can.
    let obstacle: String?

    init(_ kept: KeptSheet, _ site: Site, _ words: Words) {
        (self.kept, self.site, self.words) = (kept, site, words)
        do {
            let guides = try site.composer.guides(of: kept.sheet)
            var seen: Set<GuideDefect> = []
            findings = guides.flatMap { site.composer.defects(in: $0) }.filter { seen.insert($0).inserted }
            (self.guides, obstacle) = (guides, nil)
        } catch {
            (guides, findings, obstacle) = ([], [], "\(error)")
        }
    }

    var title: String { words.pick(kept.sheet.name) }

    /// The basic codes under which the item is exercised.
    var code: String { words.list(kept.sheet.powers.map(\.catalogCode.code)) }

    /// What is to be done now.
    var next: Word {
        switch kept.state {
        case .draft: isComplete ? Word("sheet.next-submit") : Word("sheet.next-fill")
        case .submitted: Word("sheet.next-review")
        case .approved: Word("sheet.next-publish")
        case .published: Word("sheet.next-published")
        }
    }

    /// The fields without which no guide can be composed.
    var missing: [SheetField] {
        SheetField.all.filter { $0.isRequired && (kept.sheet.values[$0.key] ?? .null) == .null }
    }

    /// Whether it can be submitted.
    private var isComplete: Bool {
        missing.isEmpty && obstacle == nil && !findings.contains { $0.severity == .error }
    }

    /// The guide of the same body that is in force; nil before the first publication.
    func inForce() async throws -> ItemVersion? {
        guard let first = guides.first else { return nil }
        return try await site.hall.item(first.itemCode)
    }

    func facts(_ html: inout HTML) {
        html.card(words["sheet.about"]) { html in
            html.summary([
                SummaryRow(words["sheet.state"], words.pick(kept.state.label)),
                SummaryRow(words["sheet.bodies"], words.number(guides.count)),
                SummaryRow(words["sheet.local-code"], kept.sheet.local?.code ?? words["sheet.no-local-code"]),
            ])
            if let first = guides.first, kept.state == .published {
                html.buttonLink(words["sheet.see"], Paths.item(first.itemCode))
            }
        }
    }

    func defects(_ html: inout HTML) {
        if !missing.isEmpty {
            let names = words.list(missing.map { words.pick($0.label) })
            html.banner(.warning, words.count("sheet.missing-count", missing.count)) { $0.paragraph(names) }
        } else if let obstacle {
            html.banner(.error, words["sheet.obstacle"]) { $0.paragraph(obstacle) }
        }
        let errors = findings.filter { $0.severity == .error }
        if !errors.isEmpty {
            html.banner(.error, words.count("sheet.error-count", errors.count)) { html in
                for error in errors { html.paragraph(words.sentence(error)) }
            }
        }
        let warnings = findings.filter { $0.severity == .warning }
        if !warnings.isEmpty {
            html.unfold(words.count("sheet.warning-count", warnings.count)) { html in
                for warning in warnings { html.paragraph(words.sentence(warning)) }
            }
        }
    }

    /// Every field with what it says, in the groups of the elements.
    func fields(_ html: inout HTML) {
        for group in GuideElement.Group.allCases {
            let elements = Set(GuideElement.all.filter { $0.group == group }.map(\.id))
            let fields = SheetField.all.filter { !elements.isDisjoint(with: $0.elements.prefix(1)) }
            if !fields.isEmpty { rows(&html, words.pick(group.label), fields) }
        }
        rows(&html, words["sheet.beside"], SheetField.all.filter(\.elements.isEmpty))
    }

    private func rows(_ html: inout HTML, _ title: String, _ fields: [SheetField]) {
        html.heading(title)
        let isOpen = kept.state == .draft || kept.state == .published
        html.facts { html in
            for field in fields {
                html.fact(words.pick(field.label), id: field.key) { html in
                    let value = kept.sheet.values[field.key] ?? .null
                    let lines = field.shape.summary(value, site.tables)
                    if lines.isEmpty {
                        html.note(
                            words[field.isRequired && value == .null ? Word("sheet.to-fill") : Word("sheet.empty")])
                    }
                    for line in lines { html.paragraph(words.pick(line)) }
                    if isOpen {
                        html.link(
                            PageLink(
                                words("sheet.edit", ["name": words.pick(field.label)]),
                                "\(Paths.sheet(kept.sheet.slug))/fields/\(field.key)"))
                    }
                }
            }
        }
    }

    /// What would change for the public, element by element.
    func differences(_ html: inout HTML, _ inForce: ItemVersion?) {
        guard let inForce, let guide = guides.first, inForce.guide != guide else { return }
        let changed = GuideElement.all.filter {
            $0.lines(of: inForce.guide, tables: site.tables) != $0.lines(of: guide, tables: site.tables)
        }
        guard !changed.isEmpty else { return }
        html.heading(words("sheet.differences", ["n": words.number(inForce.version)]))
        html.note(words.count("sheet.affects", guides.count))
        html.table(
            words["sheet.differences-short"],
            [Column(words["sheet.element"]), Column(words["sheet.now"]), Column(words["sheet.then"])], changed
        ) { _ in
        } row: { html, element in
            html.row { html in
                html.headCell(words.pick(element.label))
                for side in [inForce.guide, guide] {
                    html.cell { html in
                        for line in element.lines(of: side, tables: site.tables) { html.paragraph(words.pick(line)) }
                    }
                }
            }
        }
    }

    func deeds(_ html: inout HTML, _ tokens: FormTokens) {
        let path = Paths.sheet(kept.sheet.slug)
        let revision = "\(kept.revision)"
        let giveBack = { (html: inout HTML) in
            html.unfold(words["sheet.give-back"]) { html in
                html.form(path + "/return", tokens) { html in
                    html.hidden("revision", revision)
                    html.field(Field("reason", words["sheet.reason"], .multiline(max: 500)))
                    html.button(words["sheet.give-back"], .secondary)
                }
            }
        }
        switch kept.state {
        case .draft:
            guard isComplete else { return }
            html.deed(path + "/submission", tokens) { html in
                html.hidden("revision", revision)
                html.button(words["sheet.submit"], key: "a")
            }
        case .submitted:
            html.deed(path + "/approval", tokens) { html in
                html.hidden("revision", revision)
                html.button(words["sheet.approve"], key: "a")
            }
            giveBack(&html)
        case .approved:
            html.form(path + "/publication", tokens) { html in
                html.hidden("revision", revision)
                html.field(
                    Field(
                        "from", words["sheet.from"], .date,
                        answer: Answer(site.hall.time.now().day.description)))
                html.button(words["sheet.publish"], key: "a")
            }
            giveBack(&html)
        case .published: break
        }
    }
}
