import Accounts
import Dossiers
import Hall
import Papers
import Supervision
import Vocabulary

/// What came of a drawn file, the deed that is the reader's, and the case beside it.
struct ReviewedFileView: Sendable {
    let opened: Hall.OpenedFile
    let names: SupervisionNames
    let site: Site
    let refused: RefusedDeed?
    let tokens: FormTokens

    private var file: ReviewedFile { opened.file }
    private var path: String { Paths.reviewedFile(file.id) }

    func deeds(_ html: inout HTML) {
        let words = html.words
        html.element("p") { $0.tag(Tag(words[file.stage.word], file.stage.look)) }
        if file.drawn.isErased { html.banner(.information, words["filereview.erased"]) }
        outcome(&html)
        switch (opened.reader, file.stage) {
        case (.supervisor, .divergent): third(&html)
        case (.supervisor, .objected):
            if opened.hasReviewed {
                html.note(words["filereview.other-rules"])
            } else {
                ruling(&html)
            }
        case (.body, .settled): objection(&html)
        default: break
        }
    }

    private func outcome(_ html: inout HTML) {
        guard let outcome = file.outcome else { return }
        let words = html.words
        let grade = outcome.grade(opened.review.terms.manner)
        html.figures([
            Figure(words["filereview.marks"], "\(outcome.marks)"),
            Figure(words["filereview.grade"], words[grade.word]),
        ])
        if outcome.isVetoed { html.banner(.warning, words["filereview.vetoed"]) }
        html.facts { html in
            if file.stage == .settled {
                html.fact(words["filereview.object-until"]) { $0.date(outcome.objectUntil) }
            }
            if !outcome.missed.isEmpty {
                html.fact(words["filereview.missed-here"]) { html in
                    html.text(words.list(outcome.missed.compactMap { site.hall.checklist[$0].map(words.name) }))
                }
            }
            if let order = file.order {
                html.fact(words["filereview.order"]) { html in
                    html.link(PageLink(words["order.title"], Paths.order(order)))
                }
            }
        }
        guard let objection = file.objection else { return }
        html.card(words["filereview.objection"]) { html in
            html.paragraph(objection.words ?? words["filereview.words-erased"])
            if let isUpheld = objection.isUpheld {
                html.tag(
                    Tag(words[isUpheld ? "filereview.upheld" : "filereview.rejected"], isUpheld ? .good : .plain))
                html.paragraph(objection.ruling ?? words["filereview.words-erased"])
            }
        }
    }

    private func objection(_ html: inout HTML) {
        let words = html.words
        let form = DeedForm("objection", refused, site, words)
        html.card(words["filereview.object"]) { html in
            html.note(words["filereview.object-help"])
            html.form("\(path)/objection", tokens) { html in
                html.field(
                    form.field(
                        "words", words["filereview.object-words"], .multiline(max: ReviewedFileRules.wordsMax)))
                html.button(words["filereview.object"])
            }
        }
    }

    private func ruling(_ html: inout HTML) {
        let words = html.words
        let form = DeedForm("ruling", refused, site, words)
        html.card(words["filereview.rule"]) { html in
            html.form("\(path)/ruling", tokens) { html in
                html.field(
                    form.field(
                        "upheld", words["filereview.ruling"],
                        .choice([
                            Option("yes", words["filereview.upheld"]), Option("no", words["filereview.rejected"]),
                        ])))
                html.field(
                    form.field(
                        "marks", words["filereview.new-marks"], .integer(0...ReviewChecklist.whole),
                        hint: words["filereview.new-marks-hint"]
                    ).with { $0.isOptional = true })
                html.field(
                    form.field(
                        "words", words["filereview.rule-words"], .multiline(max: ReviewedFileRules.wordsMax)))
                html.button(words["filereview.rule"])
            }
        }
    }

    private func third(_ html: inout HTML) {
        let words = html.words
        let form = DeedForm("third", refused, site, words)
        html.card(words["filereview.third"]) { html in
            html.note(words["filereview.third-help"])
            html.form("\(path)/third", tokens) { html in
                html.field(
                    form.field(
                        "staff", words["filereview.reviewers"],
                        .list(opened.thirds.map { Option($0.id.description, $0.calledInLists) })))
                html.button(words["filereview.third"])
            }
        }
    }

    /// The case as it was: what happened when, its papers, its clock. Nobody is named.
    func dossier(_ html: inout HTML) {
        let (words, dossier, matter) = (html.words, opened.opened.dossier, file.drawn.matter)
        html.card(words["filereview.case"]) { html in
            html.facts { html in
                html.fact(words["column.number"]) { $0.text(matter.number) }
                html.fact(words["column.body"]) { $0.text(names.body(matter.body)) }
                html.fact(words["supervision.place"]) { $0.text(names.place(matter.region)) }
                html.fact(words["filereview.materials"]) { html in
                    html.text(words.number(dossier.materials.count))
                }
            }
            html.note(words["filereview.look"])
        }
        html.heading(words["filereview.history"])
        html.timeline(
            opened.opened.history.map { line in
                TimelineEvent(
                    .at(line.at), words("filereview.entry", ["n": "\(line.sequence)", "what": words[line.event.word]]),
                    detail: reasons(line.event) ?? "")
            })
        html.heading(words["filereview.papers"])
        if opened.opened.papers.isEmpty { html.note(words["filereview.no-papers"]) }
        html.element("ul") { html in
            for paper in opened.opened.papers {
                html.element("li") { html in
                    html.text("\(paper.title) \(paper.number) ")
                    html.date(paper.day)
                    if paper.isVoided {
                        html.text(" ")
                        html.tag(Tag(words["filereview.voided"], .bad))
                    }
                }
            }
        }
        html.unfold(words["ledger.title"]) { html in
            for section in ClockText(opened.opened, in: site.hall, words).sections {
                html.section(section, today: site.hall.time.now().day)
            }
        }
    }

    /// What was written with a deed that a reviewer judges.
    private func reasons(_ event: DossierEvent) -> String? {
        switch event {
        case .reviewPassed(_, let note), .granted(_, let note), .refused(_, let note), .declined(_, _, let note),
            .returnedToReviewer(let note):
            note?.text
        default: nil
        }
    }
}
