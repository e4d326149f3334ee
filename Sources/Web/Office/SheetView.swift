import Catalogue
import Foundation
import Hall
import Vocabulary

/// A sheet as its editors see it.
struct SheetView {
    let kept: KeptSheet
    let site: Site
    let words: Words
    /// The deed that was sent without the reason that it must have; nil when none was.
    var withoutReason: String?
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
    var isComplete: Bool {
        missing.isEmpty && obstacle == nil && !findings.contains { $0.severity == .error }
    }

    /// The guide of the same body that is in force; nil before the first publication.
    func inForce() async throws -> ItemVersion? {
        guard let first = guides.first else { return nil }
        return try await site.hall.item(first.itemCode)
    }

    func facts(_ html: inout HTML, _ standing: ItemStanding?) {
        html.card(words["sheet.about"]) { html in
            html.summary([
                SummaryRow(words["sheet.state"], words.pick(kept.state.label)),
                SummaryRow(
                    words["sheet.standing"],
                    standing.map { site.tables.label($0.state) }.map(words.pick) ?? words["sheet.standing-none"]),
                SummaryRow(words["sheet.bodies"], words.number(guides.count)),
                SummaryRow(words["sheet.local-code"], kept.sheet.local?.code ?? words["sheet.no-local-code"]),
            ])
            if !guides.isEmpty { html.buttonLink(words["preview.title"], Paths.sheet(kept.sheet.slug) + "/preview") }
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
        parts(&html, words["sheet.powers"], SheetPart.powers(of: kept.sheet), empty: Word("sheet.to-fill"))
        let bodies = SheetPart.bodies(of: kept.sheet, site.composer)
        parts(&html, words["sheet.own"], bodies, note: words["sheet.own-help"], empty: Word("sheet.own-none"))
    }

    private func rows(_ html: inout HTML, _ title: String, _ fields: [SheetField]) {
        parts(&html, title, fields.map(SheetPart.init), empty: Word("sheet.empty"))
    }

    private func parts(
        _ html: inout HTML, _ title: String, _ parts: [SheetPart], note: String = "", empty: Word
    ) {
        html.heading(title)
        if !note.isEmpty { html.note(note) }
        let isOpen = kept.state == .draft || kept.state == .published
        html.facts { html in
            for field in parts {
                html.fact(words.pick(field.label), id: field.key) { html in
                    let value = field.value(in: kept.sheet)
                    let lines = field.shape.summary(value, site.tables)
                    if lines.isEmpty {
                        html.note(words[field.isRequired && value == .null ? Word("sheet.to-fill") : empty])
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
}
