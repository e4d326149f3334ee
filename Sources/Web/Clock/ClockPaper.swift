import Documents
import Dossiers
import Hall
import Vocabulary

/// The ledger as a sheet to print: every limit with its days.
struct ClockPaper: Sendable {
    let opened: Hall.Opened
    let text: ClockText
    /// The name of the house, at the top of every page.
    let house: String
    let at: Instant
    let address: String

    private var words: Words { text.words }
    private var submitted: DossierEvent.Submitted { opened.dossier.submitted }

    var title: String { words("ledger.print-title", ["number": submitted.numbers.short]) }

    /// The sheet.
    func file(_ typeface: Typeface) throws -> PDFFile {
        let words = words
        let frame = PaperFrame(
            header: (house, words["ledger.title"]),
            footer: words("ledger.print-footer", ["number": submitted.numbers.number, "moment": words.moment(at)])
        ) { page, pages in
            words("print.page", ["n": "\(page)", "m": "\(pages)"])
        }
        var layout = PaperLayout(frame, typeface: typeface)
        try layout.masthead(
            Masthead(
                over: submitted.terms.bodyName, title: submitted.terms.itemName,
                facts: [title, opened.dossier.personal?.applicantName ?? ""].filter { !$0.isEmpty },
                code: (try QRCode(address), words["ledger.scan"])))
        for section in text.sections {
            try layout.heading(section.title)
            for sentence in section.sentences { try layout.paragraph(sentence) }
            for move in section.moves { try layout.paragraph(move) }
            layout.gap(4)
            try layout.rows(
                section.days.map { day in
                    Row(day.date, [day.reason], marks: day.count.map { ["\($0)"] } ?? [])
                }, markWidth: 24)
        }
        return try layout.file(
            PDFFile.About(title: title, language: words.language == .zh ? "zh-CN" : "en", createdAt: at))
    }
}
