import Accounts
import Catalogue
import Dossiers
import Foundation
import Hall
import Vocabulary

/// One line of an officer's list, in words.
struct DeskRow: Sendable {
    let line: DeskLine
    let work: WorkRow
    /// A person's name masked, an organisation's whole: a list is read over shoulders.
    let applicant: String
    let step: String
    /// With whom it lies; empty for the pool.
    let holder: String
    let since: CivilDate
}

extension Site {
    /// Lines of a list with the names of items, applicants, steps and colleagues.
    func deskRows(_ lines: [DeskLine], _ words: Words) async throws -> [DeskRow] {
        let works = try await workRows(lines.map(\.dossier), words)
        let staff = try await hall.staff(Set(lines.compactMap(\.holder)))
        let names = try await hall.namesInLists(of: Set(lines.map(\.dossier.applicant)))
        let steps = try await hall.stepNames(Set(lines.compactMap(\.guideStep)))
        return zip(lines, works).map { line, work in
            let step = line.guideStep.flatMap { steps[$0] }
            return DeskRow(
                line: line, work: work, applicant: names[line.dossier.applicant] ?? "—",
                step: step.map { words.pick($0) } ?? words.stage(line.dossier).text,
                holder: line.holder.flatMap { staff[$0] }.map(\.calledInLists) ?? "",
                since: (line.since ?? line.dossier.submittedAt).day)
        }
    }
}

extension DeskLine {
    /// The step at which it is examined; nil where it is at none.
    fileprivate var guideStep: GuideStep? {
        guard dossier.stage == .inReview, !step.isEmpty else { return nil }
        return GuideStep(step, item: dossier.itemCode, version: version)
    }
}

extension Staff {
    /// Her name, or her number where the name was erased.
    var calledInLists: String { name?.text ?? employeeNumber.text }
}

extension Light {
    var sign: LightSign {
        switch self {
        case .green: .green
        case .yellow: .yellow
        case .red: .red
        case .statutory: .redStatutory
        }
    }
}

extension HTML {
    /// Writes an officer's list; with a box before each line that can be decided with others, when there is a batch.
    mutating func deskTable(_ caption: String, _ rows: [DeskRow], hasBoxes: Bool, href: (DossierID) -> String) {
        let boxes = hasBoxes ? [Column(words["desk.choose"])] : []
        table(
            caption,
            boxes + [
                Column(words["column.light"]), Column(words["column.item"]), Column(words["column.applicant"]),
                Column(words["column.step"]), Column(words["desk.since"]), Column(words["desk.with"]),
            ], rows
        ) { html in
            html.empty(html.words["work.none"], html.words["work.none-help"])
        } row: { html, row in
            html.row { html in
                if hasBoxes { html.cell { $0.box(row) } }
                html.cell { cell in
                    let words = cell.words
                    cell.light(row.line.dossier.light.sign, days: row.work.left)
                    if row.line.isUrged { cell.tag(Tag(words["desk.urged"], .bad)) }
                }
                html.headCell(row.work.item, href: href(row.line.dossier.id))
                html.cell { html in
                    html.element("span", text: row.applicant)
                    html.element("p", .class("note"), text: row.line.dossier.short)
                }
                html.cell { html in
                    let words = html.words
                    html.element("span", text: row.step)
                    if let proposal = row.line.proposal {
                        html.tag(Tag(words[proposal.word], proposal == .grant ? .good : .waiting))
                    }
                }
                html.cell(html.words.shortDate(row.since))
                html.cell { html in
                    let words = html.words
                    if row.line.isShared { html.tag(Tag(words["desk.shared"], .waiting)) }
                    html.element("span", text: row.holder.isEmpty ? words["desk.nobody"] : row.holder)
                }
            }
        }
    }

    private mutating func box(_ row: DeskRow) {
        guard row.line.proposal != nil else { return }
        void(
            "input", Attribute("type", "checkbox"), Attribute("name", "dossier"),
            .data("value", "\(row.line.dossier.id)"),
            .label(words("desk.choose-one", ["number": row.line.dossier.short])))
    }
}

extension ReviewProposal {
    var word: Word {
        switch self {
        case .grant: Word("desk.proposes-grant")
        case .refuse: Word("desk.proposes-refusal")
        }
    }
}
