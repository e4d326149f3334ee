import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import Notices
import Supervision
import Vocabulary

/// `GET /notices`: what a citizen was told, for herself and for those whose letters she holds.
struct NoticesPage {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let visit = site.visit(context, .portal)
        let list = try await site.noticeList(for: .person(context.citizen.id), request, visit.words)
        return .page(
            visit.page(visit.words["notices.title"]) { html in
                html.title(visit.words["notices.title"])
                html.noticeTools(list, "/notices", site.tokens(context)) { html in
                    html.buttonLink(visit.words["notices.preferences"], "/notices/preferences")
                }
                html.notices(list, "/notices", site.tokens(context)) { html in
                    html.empty(
                        visit.words["notices.none"], visit.words["notices.none-help"],
                        action: PageLink(visit.words["nav.items"], "/items"))
                }
            })
    }

    /// `POST /notices/reading`: the newest page is read.
    func readAll(_ request: Request, _ context: PortalContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        try await site.hall.readAll(for: .person(context.citizen.id))
        return .seeOther("/notices")
    }

    /// `POST /notices/{addressee}/{notice}`: read, and on to the case.
    func read(_ request: Request, _ context: PortalContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let notice = try await site.read(context.parameters, by: .person(context.citizen.id))
        // A question is named after its look, and the look after it.
        if notice.kind.isAboutInquiry { return .seeOther(Paths.look(notice.matter.dossier.subject.sibling(1))) }
        if notice.kind.isAboutCertificate { return .seeOther(Paths.certificate(notice.matter.certificate)) }
        if notice.kind == .evaluationInvited { return .seeOther(Paths.evaluation(of: notice.matter.dossier)) }
        return .seeOther(Paths.dossier(notice.matter.dossier))
    }
}

/// `GET /staff/notices`: what a member of staff is told.
struct StaffNoticesPage {
    let site: Site

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let visit = site.visit(context, .office)
        let list = try await site.noticeList(for: .staff(context.staff.id), request, visit.words)
        return .page(
            visit.page(visit.words["notices.title"]) { html in
                html.title(visit.words["notices.title"])
                html.noticeTools(list, "/staff/notices", site.tokens(context)) { _ in }
                html.notices(list, "/staff/notices", site.tokens(context)) { html in
                    html.empty(visit.words["notices.none"], visit.words["notices.staff-none-help"])
                }
            })
    }

    /// `POST /staff/notices/reading`.
    func readAll(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        try await site.hall.readAll(for: .staff(context.staff.id))
        return .seeOther("/staff/notices")
    }

    /// `POST /staff/notices/{addressee}/{notice}`: read, and on to the order, or to the case where the reader works on
    /// cases.
    func read(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let notice = try await site.read(context.parameters, by: .staff(context.staff.id))
        if notice.kind.isAboutOrder { return .seeOther(Paths.orders(about: notice.matter.dossier)) }
        if notice.kind.isAboutInquiry {
            return .seeOther(Paths.inquiry(LookInquiryID(notice.matter.dossier.subject)))
        }
        if notice.kind.isAboutBadReview {
            return .seeOther(Paths.review(RectificationID(notice.matter.dossier.subject)))
        }
        if notice.kind.isAboutReviewedFile {
            return .seeOther(Paths.reviewedFile(ReviewedFileID(notice.matter.dossier.subject)))
        }
        let (id, roles) = (notice.matter.dossier, Set(context.grants.filter { $0.revokedAt == nil }.map(\.role)))
        if !roles.isDisjoint(with: [.reviewer, .decider]) { return .seeOther(Paths.office(id)) }
        if roles.contains(.clerk) { return .seeOther(Paths.window(id)) }
        return .seeOther(roles.contains(.issuingClerk) ? Paths.issuing(id) : "/staff/notices")
    }
}

/// One notice in the reader's words.
struct NoticeLine: Sendable {
    let notice: Notice
    let title: String
    let text: String
}

/// One page of notices.
struct NoticeList: Sendable {
    let lines: [NoticeLine]
    /// Where the next page begins; nil at the end.
    let next: NoticeID?

    var hasUnread: Bool { lines.contains { $0.notice.readAt == nil } }
}

extension Site {
    func noticeList(for holder: Holder, _ request: Request, _ words: Words) async throws -> NoticeList {
        let notices = try await hall.notices(for: holder, before: NoticeID(request.asked("before")))
        var lines: [NoticeLine] = []
        for notice in notices { lines.append(try await line(notice, words)) }
        return NoticeList(lines: lines, next: notices.count == NoticeTable.pageMax ? notices.last?.id : nil)
    }

    /// A notice in the reader's language; the item by its name there.
    func line(_ notice: Notice, _ words: Words) async throws -> NoticeLine {
        var notice = notice
        if words.language == .en {
            if let name = try await hall.englishItem(of: notice) { notice = notice.saying("item", name) }
        }
        let said = try notices.words(of: notice, words.language == .zh ? .zh : .en)
        return NoticeLine(notice: notice, title: said?.title ?? words["notices.erased"], text: said?.text ?? "")
    }

    func read(_ parameters: Parameters, by holder: Holder) async throws -> Notice {
        guard let addressee = Subject(try parameters.require("addressee")),
            let id = NoticeID(try parameters.require("notice"))
        else { throw DoorRefusal.noSuchPage }
        return try await hall.read(id, of: addressee, by: holder)
    }
}

extension HTML {
    /// Writes what can be done with all notices at once.
    fileprivate mutating func noticeTools(
        _ list: NoticeList, _ path: String, _ tokens: FormTokens, more: (inout HTML) -> Void
    ) {
        buttons { html in
            if list.hasUnread {
                html.deed(path + "/reading", tokens) { $0.button($0.words["notices.read-all"], .secondary) }
            }
            more(&html)
        }
    }

    /// Writes notices, the newest first: what is unread says so; opening one reads it.
    fileprivate mutating func notices(
        _ list: NoticeList, _ path: String, _ tokens: FormTokens, empty: (inout HTML) -> Void
    ) {
        guard !list.lines.isEmpty else { return empty(&self) }
        element("ul", .class("notices")) { html in
            for line in list.lines { html.notice(line, path, tokens) }
        }
        pager(previous: nil, next: list.next.map { "\(path)?before=\($0)" })
    }

    private mutating func notice(_ line: NoticeLine, _ path: String, _ tokens: FormTokens) {
        let isUnread = line.notice.readAt == nil
        element("li", .class(isUnread ? "unread" : nil)) { html in
            html.element("div", .class("notice-head")) { html in
                html.element("h2", text: line.title)
                if isUnread { html.tag(Tag(html.words["notices.unread"], .waiting)) }
            }
            html.element("p", .class("note")) { $0.moment(line.notice.createdAt) }
            if !line.text.isEmpty { html.element("p", text: line.text) }
            html.deed("\(path)/\(line.notice.addressee)/\(line.notice.id)", tokens) { html in
                html.button(html.words["notices.open"], .quiet)
            }
        }
    }
}
