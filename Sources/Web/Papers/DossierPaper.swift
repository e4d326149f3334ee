import Catalogue
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// 文书: the papers of the law that a dossier gives rise to, each composed from its events whenever it is opened.
enum DossierPaper: String, CaseIterable, Sendable {
    /// 补正告知书 (行政许可法 art. 32(4)).
    case correction = "correction-notice"
    /// 不予受理通知书 (art. 32).
    case nonAcceptance = "non-acceptance-notice"
    /// 受理通知书 (art. 32).
    case acceptance = "acceptance-notice"
    /// 准予 or 不予行政许可决定书 (art. 38).
    case decision = "written-decision"

    /// The route of the paper below a door's dossiers.
    func route(_ door: String) -> RouterPath { RouterPath("\(door)/dossiers/{dossier}/\(rawValue)") }
}

extension DossierView {
    /// The papers that there are by now, in the order of the law.
    var papers: [(paper: DossierPaper, title: String)] {
        DossierPaper.allCases.compactMap { paper in text(of: paper).map { (paper, $0.title) } }
    }

    /// Links to the form and the papers of the dossier whose address at this door is `path`.
    func paperLinks(_ html: inout HTML, _ path: String) {
        if hasForm { html.buttonLink(words["form.filled-link"], "\(path)/form.pdf") }
        for (paper, title) in papers { html.buttonLink(title, "\(path)/\(paper.rawValue)") }
    }

    /// A paper as one printable page. Papers are Chinese; a reader of English gets a translation below. Refuses a paper
    /// that the dossier does not have.
    func page(_ paper: DossierPaper, _ visit: Visit, back: String, isSignedFor: Bool) throws -> HTML {
        let chinese = DossierView(opened, item, site, site.interior.tables.words(visit.door, .zh))
        guard let text = chinese.text(of: paper) else { throw DoorRefusal.noSuchPage }
        var sheet = PaperSheet(
            body: dossier.submitted.terms.bodyName,
            number: chinese.words("paper.number", ["number": dossier.submitted.numbers.short]), title: text.title,
            addressee: dossier.personal?.applicantName ?? chinese.words["paper.applicant"], day: text.day)
        sheet.isDemonstration = true
        sheet.isSignedFor = isSignedFor
        let translation = words.language == .zh ? nil : self.text(of: paper)
        return visit.sheet(translation?.title ?? text.title, back: PageLink(words["window.back"], back)) { html in
            html.paper(sheet) { html in
                for paragraph in text.paragraphs { html.paragraph(paragraph) }
            }
            guard let translation else { return }
            html.reading { html in
                html.heading(translation.title)
                html.note(words["paper.translation"])
                for paragraph in translation.paragraphs { html.paragraph(paragraph) }
            }
        }
    }
}
