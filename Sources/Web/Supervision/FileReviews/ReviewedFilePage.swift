import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/reviewed-files/{file}`: a drawn file beside its checklist, for its reviewer; what came of it, for the head
/// of its body and the supervisor. That the case was looked at is written down before the page is sent.
struct ReviewedFilePage {
    let site: Site

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST …/{deed}`.
    func post(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, deed) = (try context.reviewedFileOnPage(), try context.parameters.require("deed"))
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        let resource = deed == "marks" ? "marks-\(form["point"])" : deed
        do {
            if deed == "third" {
                guard let staff = StaffID(form["staff"]) else { throw FormRefusal.choiceMissing("staff") }
                try await site.hall.assignThird(staff, to: id, by: context.guest, attempt: attempt)
            } else {
                try await site.hall.perform(
                    try command(deed, form), on: id, by: context.guest, attempt: attempt)
            }
            let place = deed == "marks" ? "#point-\(form["point"])" : ""
            return .seeOther(Paths.reviewedFile(id) + place)
        } catch let refusal as FileReviewRefusal where refusal != .notFound && refusal != .pointUnknown {
            return try await show(context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal))
        } catch let refusal as FormRefusal {
            return try await show(context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal))
        }
    }

    private func command(_ deed: String, _ form: PostedForm) throws -> ReviewedFileCommand {
        switch deed {
        case "marks":
            let given = form["marks"]
            return .mark(
                ReviewedFileCommand.Draft(
                    form["point"], try form.chosen("verdict"), marks: given.isEmpty ? nil : Int(given) ?? -1,
                    words: form["words"], asksForMending: !form["mend"].isEmpty))
        case "confirmation": return .confirm
        case "submission": return .submit
        case "objection": return .objection(form["words"])
        case "ruling":
            let ruling: ObjectionRuling = try form.chosen("upheld")
            return .rule(
                isUpheld: ruling == .yes, marks: form["marks"].isEmpty ? nil : Int(form["marks"]),
                form["words"])
        default: throw DoorRefusal.noSuchPage
        }
    }

    private func show(_ context: AnyStaffContext, refused: RefusedDeed?) async throws -> Response {
        let opened = try await site.hall.reviewedFile(try context.reviewedFileOnPage(), for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let matter = opened.file.drawn.matter
        let names = try await SupervisionNames(site, words, of: [matter])
        let sheet = ReviewSheetView(opened: opened, site: site, refused: refused, tokens: site.tokens(context))
        let view = ReviewedFileView(
            opened: opened, names: names, site: site, refused: refused, tokens: site.tokens(context))
        let number = opened.review.opened.number
        var crumbs = [PageLink(words["filereview.title"], Paths.fileReviews)]
        if opened.reader == .supervisor { crumbs.append(PageLink(number, Paths.fileReview(opened.review.id))) }
        return .page(
            visit.page(
                words("filereview.file", ["number": matter.number]), crumbs: crumbs, hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(
                    names.item(matter), over: words("filereview.file-of", ["number": number, "case": matter.number]))
                html.columns { html in
                    view.deeds(&html)
                    sheet.write(&html)
                } aside: { html in
                    view.dossier(&html)
                }
            }, status: refused?.status ?? .ok)
    }
}

/// Whether an objection is upheld, as a form says it.
enum ObjectionRuling: String, CaseIterable {
    case yes, no
}

extension AnyStaffContext {
    /// The drawn file that a page's address names.
    fileprivate func reviewedFileOnPage() throws -> ReviewedFileID {
        guard let id = ReviewedFileID(try parameters.require("file")) else { throw FileReviewRefusal.notFound }
        return id
    }
}
