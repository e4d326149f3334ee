import Catalogue
import Documents
import Vocabulary

/// An application form as a paper: whose it is and of which version, the situation, every question that applies with
/// room for its answer or with the answer, the materials, the applicant's pledge, and what the window fills in.
struct FormPaper: Sendable {
    enum Kind: Sendable { case blank, sample, filed }

    /// What is filled in.
    struct Filling: Sendable {
        let kind: Kind
        let situation: [String: String]
        let answers: [String: String]
        /// The materials that are there.
        var handedIn: Set<String> = []
        var filed: Filed?

        init(_ kind: Kind, _ situation: [String: String], _ answers: [String: String]) {
            (self.kind, self.situation, self.answers) = (kind, situation, answers)
        }
    }

    /// What is known of a form that was filed.
    struct Filed: Sendable {
        let number: String
        let submittedAt: Instant
        let receivedAt: Instant?
    }

    /// What stands for a character of an answer that the typeface does not draw, as printers have it: the geta mark.
    static let missing: Unicode.Scalar = "\u{3013}"

    private static let stamp = TextStyle(TextFace(16, isHeavy: true, ink: .red), alignment: .centre)

    let item: ItemVersion
    let tables: CodeTables
    let words: Words
    /// The name of the house, at the top of every page.
    let house: String
    /// What the code holds, and the words beneath it.
    let code: (text: String, caption: String)
    let filling: Filling

    var guide: Guide { item.guide }
    var isBlank: Bool { filling.kind == .blank }

    /// The name of the form: that of the material which it is.
    var title: String {
        let own = guide.materials.first { $0.isTheForm }.map { words.pick($0.name) }
        return own ?? words("form.title", ["item": words.pick(guide.title)])
    }

    private var version: String {
        words("print.version", ["n": "\(item.version)", "day": words.plainDate(item.effectiveDate)])
    }

    private var mark: String {
        switch filling.kind {
        case .blank: words["form.paper"]
        case .sample: words["form.sample-mark"]
        case .filed: words("form.filed", ["number": filling.filed?.number ?? ""])
        }
    }

    /// The paper. The same form in the same language is the same file.
    func file(_ typeface: Typeface) throws -> PDFFile {
        let words = words
        let itemCode = words("print.code", ["code": item.itemCode])
        let frame = PaperFrame(header: (house, mark), footer: "\(itemCode) · \(version)") { page, pages in
            words("print.page", ["n": "\(page)", "m": "\(pages)"])
        }
        var layout = PaperLayout(frame, typeface: typeface)
        try layout.masthead(
            Masthead(
                over: words.pick(guide.implementingBody), title: title,
                facts: (filling.filed == nil ? [] : [mark]) + [words.pick(guide.title), itemCode, version],
                code: (try QRCode(code.text), code.caption)))
        let text = FormAnswers(paper: self, typeface: typeface)
        layout.gap(6)
        if filling.kind == .sample { try layout.paragraph(mark, Self.stamp) }
        for note in notes(text) { try layout.paragraph(note, .note) }
        layout.gap(4)
        try situation(&layout)
        for page in guide.form.pages(stillOpenIn: filling.situation) {
            try layout.band(words.pick(page.title))
            try layout.grid(text.rows(page.fields))
        }
        try materials(&layout)
        try end(&layout)
        return try layout.file(
            PDFFile.About(
                title: title, language: words.language == .zh ? "zh-CN" : "en",
                createdAt: filling.filed?.submittedAt ?? Instant(item.effectiveDate)))
    }

    private func situation(_ layout: inout PaperLayout) throws(DocumentRefusal) {
        guard !guide.situations.isEmpty else { return }
        try layout.band(words["apply.situation"])
        try layout.grid(
            guide.situations.map { question in
                let boxes = question.choices.map { choice in
                    FormBox(
                        words.pick(choice.label), isTicked: filling.situation[question.id] == choice.id)
                }
                return [FormCell(words.pick(question.question), .boxes(boxes))]
            })
    }

    private func materials(_ layout: inout PaperLayout) throws(DocumentRefusal) {
        let boxes = guide.materials.compactMap { material -> FormBox? in
            guard let open = material.appliesWhen.open(in: filling.situation) else { return nil }
            let name = words(
                "form.material",
                [
                    "name": words.pick(material.name), "originals": "\(material.originalCopies)",
                    "copies": "\(material.photocopies)",
                ])
            let when = open.isEmpty ? "" : words["form.between"] + words.onlyNeeded(open, in: guide)
            return FormBox(name + when, isTicked: filling.handedIn.contains(material.id))
        }
        try layout.band(words["apply.materials"])
        try layout.grid([[FormCell("", .boxes(boxes, isStacked: true))]])
    }

    /// The pledge with room to sign, then what the window fills in.
    private func end(_ layout: inout PaperLayout) throws(DocumentRefusal) {
        let day = FormCell.Content.units(words.dayUnits)
        let filed = filling.filed
        try layout.band(words["form.pledge"])
        try layout.grid([
            [FormCell("", .text([words["apply.truth-consent"]]))],
            [
                FormCell(words["form.signature"], .room(lines: 3)),
                FormCell(
                    words["form.signed-on"], day, hints: [filed.map { submitted($0) } ?? ""].filter { !$0.isEmpty }),
            ],
        ])
        try layout.band(words["form.window"])
        let received = filed?.receivedAt.map { FormCell.Content.text([words.moment($0)]) }
        let number = filed.map { FormCell.Content.text([$0.number]) }
        try layout.grid([
            [
                FormCell(words["form.receiver"], .room(lines: 2)),
                FormCell(words["form.received-at"], received ?? day),
            ],
            [
                FormCell(words["dossier.short"], number ?? .room(lines: 2)),
                FormCell(words["form.remark"], .room(lines: 2)),
            ],
        ])
    }

    private func submitted(_ filed: Filed) -> String {
        words("form.submitted", ["at": words.moment(filed.submittedAt)])
    }

    private func notes(_ answers: FormAnswers) -> [String] {
        var notes: [String] = []
        if isBlank { notes.append(words["form.online"]) }
        if filling.kind == .sample { notes.append(words["form.sample-note"]) }
        if answers.lacksCharacters { notes.append(words("form.missing", ["mark": String(Character(Self.missing))])) }
        return notes
    }
}

extension Words {
    /// What stands behind the room for a day's parts.
    var dayUnits: [String] { [self["form.year"], self["form.month"], self["form.day"]] }
}
