import Hall
import Supervision
import Vocabulary

/// The checklist of a drawn file: for its reviewer a form a point, saved one by one; for others what was found.
struct ReviewSheetView: Sendable {
    let opened: Hall.OpenedFile
    let site: Site
    let refused: RefusedDeed?
    let tokens: FormTokens

    private var file: ReviewedFile { opened.file }
    private var path: String { Paths.reviewedFile(file.id) }

    /// The reviewer's own open sheet.
    private var own: ReviewedFile.Sheet? {
        guard case .reviewer(let sheet) = opened.reader, sheet.submittedAt == nil else { return nil }
        return sheet
    }

    /// The sheets that this reader sees.
    private var seen: [ReviewedFile.Sheet] {
        switch opened.reader {
        case .reviewer(let sheet): [sheet]
        case .supervisor, .body: file.sheets.filter { $0.submittedAt != nil }
        }
    }

    func write(_ html: inout HTML) {
        let words = html.words
        if let own { progress(&html, own) }
        html.heading(words["filereview.checklist"])
        for section in site.hall.checklist.sections {
            html.subheading(words.pick(section.name, section.nameEnglish))
            for point in section.points { write(&html, point) }
        }
    }

    private func progress(_ html: inout HTML, _ sheet: ReviewedFile.Sheet) {
        let (words, points) = (html.words, site.hall.checklist.points)
        html.figures([
            Figure(words["filereview.marked"], "\(sheet.marks.count) / \(points.count)"),
            Figure(words["filereview.sum"], "\(sheet.sum)"),
        ])
        html.buttons { html in
            html.deed("\(path)/confirmation", tokens) {
                $0.button(words["filereview.confirm"], .secondary, key: "c")
            }
            html.deed("\(path)/submission", tokens) { $0.button(words["filereview.submit"], key: "s") }
        }
        html.note(words["filereview.confirm-help"])
    }

    private func write(_ html: inout HTML, _ point: ReviewChecklist.Point) {
        let words = html.words
        html.element("section", .class("card"), .id("point-\(point.id)")) { html in
            html.element("h4", text: words.name(point))
            html.element("p") { html in
                html.tag(Tag(words.count("filereview.worth", point.marks)))
                if point.isVeto {
                    html.text(" ")
                    html.tag(Tag(words["filereview.veto"], .bad))
                }
                html.text(" " + words("filereview.rests-on", ["basis": words.basis(point)]))
            }
            prefill(&html, point)
            for sheet in seen { said(&html, sheet, point) }
            if let own { form(&html, own, point) }
        }
    }

    private func prefill(_ html: inout HTML, _ point: ReviewChecklist.Point) {
        let words = html.words
        html.element("p", .class("note")) { html in
            let prefill = file.prefill(point.id)
            let verdict = prefill?.verdict ?? .look
            html.text(words["filereview.house-says"] + " ")
            html.tag(Tag(words[verdict.word], verdict.look))
            if let entries = prefill?.entries, !entries.isEmpty {
                html.text(
                    " " + words("filereview.entries", ["entries": words.list(entries.map(String.init))]))
            }
        }
    }

    /// What a reviewer said; the head of the body reads the words without the name.
    private func said(_ html: inout HTML, _ sheet: ReviewedFile.Sheet, _ point: ReviewChecklist.Point) {
        guard let mark = sheet.marks[point.id] else { return }
        let words = html.words
        html.element("p") { html in
            if opened.reader == .supervisor { html.text((opened.names[sheet.reviewer] ?? "") + " ") }
            html.tag(Tag(words[mark.verdict.word], mark.verdict.look))
            html.text(" " + words("filereview.marks-of", ["marks": "\(mark.marks)", "whole": "\(point.marks)"]))
            if let said = sheet.words[point.id] { html.text(" · " + said) }
            if mark.asksForMending {
                html.text(" ")
                html.tag(Tag(words["filereview.to-mend"], .waiting))
            }
        }
    }

    private func form(_ html: inout HTML, _ sheet: ReviewedFile.Sheet, _ point: ReviewChecklist.Point) {
        let words = html.words
        let form = DeedForm("marks-\(point.id)", refused, site, words)
        let mark = sheet.marks[point.id]
        let start = mark?.verdict ?? file.prefill(point.id).map(\.verdict) ?? .look
        html.unfold(
            words[mark == nil ? "filereview.mark" : "filereview.mark-again"],
            isOpen: mark == nil || form.refused != nil
        ) { html in
            html.form("\(path)/marks", tokens) { html in
                html.hidden("point", point.id)
                html.field(
                    form.field(
                        "verdict", words["filereview.verdict"],
                        .choice(PointVerdict.judged.map { Option($0.rawValue, words[$0.word]) }),
                        start: start == .look ? "" : start.rawValue))
                html.field(
                    form.field(
                        "marks", words["filereview.marks"], .integer(0...point.marks),
                        hint: words("filereview.marks-hint", ["n": "\(point.marks)"]),
                        start: mark.map { "\($0.marks)" } ?? ""
                    ).with { $0.isOptional = true })
                html.field(
                    form.field(
                        "words", words["filereview.words"], .multiline(max: ReviewedFileRules.wordsMax),
                        hint: words["filereview.words-hint"], start: sheet.words[point.id] ?? ""
                    ).with { $0.isOptional = true })
                html.field(
                    form.field(
                        "mend", words["filereview.mending"], .consent(words["filereview.mend-text"]),
                        start: mark?.asksForMending == true ? "yes" : ""
                    ).with { $0.isOptional = true })
                html.button(words["filereview.save"], .secondary)
            }
        }
    }
}
