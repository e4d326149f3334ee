import Catalogue
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `/office/calendar`: a year of a place, what was said of it, and the way to say more: a file is looked at with its
/// effect before it is taken.
struct CalendarPage {
    let site: Site

    func get(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        let today = site.hall.time.now().day
        let view = CalendarView(
            site, site.visit(context, .office).words, year: Int(request.asked("year")),
            region: Region(request.asked("region")), today: today)
        return try await show(context, view, CalendarForm(announced: today), errors: [])
    }

    /// `POST …/preview`: nothing is written; the page says what the file would change and asks whether to take it.
    func preview(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        let form = try await CalendarForm(request, context)
        let visit = site.visit(context, .office)
        let words = visit.words
        let draft: CalendarDraft
        let preview: CalendarPreview
        do {
            draft = try form.draft()
            preview = try await site.hall.previewCalendar(draft, by: context.guest)
        } catch let refusal as any Refusal {
            guard let error = error(refusal, form, words) else { throw refusal }
            let view = CalendarView(site, words, year: nil, region: nil, today: site.hall.time.now().day)
            return try await show(context, view, form, errors: [error])
        }
        let names = try await site.hall.itemTitles(of: Set(preview.lines.map(\.itemCode))).mapValues {
            words.pick($0)
        }
        let view = CalendarView(
            site, words, year: draft.content.year, region: draft.content.region, today: site.hall.time.now().day)
        return .page(
            visit.page(words["calendar.preview"], crumbs: [PageLink(words["calendar.title"], Paths.calendar)]) { html in
                html.title(words["calendar.preview"], over: words("calendar.of-paper", ["paper": form.source]))
                guard let edition = preview.edition else {
                    html.banner(.information, words["calendar.nothing-new"]) {
                        $0.paragraph(words["calendar.nothing-new-help"])
                    }
                    return html.buttons { $0.buttonLink(words["deed.back"], Paths.calendar) }
                }
                html.figures([
                    Figure(words["calendar.moved"], words.atLeast(preview.moved, preview.isAtLeast)),
                    Figure(words["calendar.settled"], words.atLeast(preview.settled, preview.isAtLeast)),
                    Figure(words["calendar.lines"], words.number(draft.content.lines)),
                ])
                html.note(words["calendar.preview-note"])
                html.form("\(Paths.calendar)/editions", site.tokens(context)) { html in
                    html.hidden("kind", form.kind.rawValue)
                    html.hidden("source", form.source)
                    html.hidden("announced", form.announced)
                    html.hidden("seen", "\(preview.seen)")
                    html.hidden("text", String(decoding: form.bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
                    html.buttons { html in
                        html.button(words["calendar.take"])
                        html.buttonLink(words["calendar.not-now"], Paths.calendar)
                    }
                }
                view.changes(&html, preview.lines, names, words["calendar.first-changes"])
                view.months(&html, by: site.hall.book.adding(edition))
            })
    }

    /// `POST …/editions`: takes the file in, begins to recount and shows the edition. What is not recounted by then
    /// goes on behind it.
    func take(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        let form = try await CalendarForm(request, context)
        guard let edition = try await site.hall.importCalendar(form.draft(), seen: form.seen, by: context.guest) else {
            return .seeOther(Paths.calendar)
        }
        for _ in 0..<Self.batchesMax where try await !site.hall.recountBatch() { break }
        return .seeOther(Paths.calendarEdition(edition.number))
    }

    /// LIMIT: batches that are recounted before the page is sent; the pulse does the others.
    private static let batchesMax = 5

    /// What is wrong with which field; nil for what is no matter of the form.
    private func error(_ refusal: any Refusal, _ form: CalendarForm, _ words: Words) -> FieldError? {
        let sentence = site.refusals[refusal.code, words]
        switch refusal {
        case CalendarRefusal.sourceWrong: return FieldError("source", words.sentences(sentence.what, sentence.mend))
        case CalendarRefusal.announcedLater, DoorRefusal.malformedForm:
            return FieldError("announced", words["calendar.announced-wrong"])
        case let refusal as CalendarRefusal:
            var place = refusal.line.map { words("calendar.line", ["n": "\($0)"]) } ?? ""
            if case .holidayMissing(let day) = refusal { place = words.date(day) }
            return FieldError("file", words.sentences(place, sentence.what, sentence.mend))
        case is TableRefusal, is UploadRefusal:
            return FieldError("file", words.sentences(sentence.what, sentence.mend))
        default: return nil
        }
    }

    private func show(
        _ context: AdministratorContext, _ view: CalendarView, _ form: CalendarForm, errors: [FieldError]
    ) async throws -> Response {
        let editions = try await site.hall.calendarEditions()
        let visit = site.visit(context, .office)
        let words = visit.words
        return .page(
            visit.page(words["calendar.title"], hasErrors: !errors.isEmpty) { html in
                html.title(view.title, over: words["calendar.title"])
                html.errorSummary(errors)
                view.filters(&html)
                // Whoever has to mend something finds it at the top.
                if !errors.isEmpty { view.intake(&html, form, errors, site.tokens(context)) }
                view.standing(&html)
                view.months(&html, by: site.hall.book)
                html.columns { html in
                    view.named(&html)
                } aside: { html in
                    if errors.isEmpty { view.intake(&html, form, errors, site.tokens(context)) }
                }
                view.editions(&html, editions)
            }, status: errors.isEmpty ? .ok : .init(code: 422))
    }
}

/// `GET /office/calendar/editions/{edition}`: what was said, on which paper, and every date that it changed.
struct CalendarEditionPage {
    let site: Site

    func get(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        guard let number = Int(try context.parameters.require("edition")) else {
            throw CalendarRefusal.editionNotFound
        }
        let (edition, recount, lines) = try await site.hall.calendarChanges(number, after: cursor(request))
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = try await site.hall.itemTitles(of: Set(lines.map(\.itemCode))).mapValues { words.pick($0) }
        let view = CalendarView(
            site, words, year: edition.content.year, region: edition.content.region, today: site.hall.time.now().day)
        let next = lines.count < Limits.pageRowsMax ? nil : lines.last?.cursor
        return .page(
            visit.page(edition.source, crumbs: [PageLink(words["calendar.title"], Paths.calendar)]) { html in
                html.title(edition.source, over: words("calendar.edition-is", ["n": "\(number)"]))
                view.facts(&html, edition, recount)
                if recount != nil { view.changes(&html, lines, names, words["calendar.changes"]) }
                html.pager(
                    previous: nil,
                    next: next.map { "\(Paths.calendarEdition(number))?after=\($0.dossier)&what=\($0.what.rawValue)" })
                view.says(&html, edition)
            })
    }

    private func cursor(_ request: Request) -> RecountTable.Cursor? {
        guard let dossier = DossierID(request.asked("after")),
            let what = DateChange.What(rawValue: request.asked("what"))
        else { return nil }
        return RecountTable.Cursor(dossier: dossier, what: what)
    }
}
