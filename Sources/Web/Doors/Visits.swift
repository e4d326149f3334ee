import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Notices
import Vocabulary

extension Site {
    /// A visit of this reader through a door, with its navigation and the menu of who is signed in.
    func visit(_ context: some DoorContext, _ door: Door) -> Visit {
        let site = context.site
        var visit = Visit(interior, door: door, preferences: site.preferences, path: site.path)
        visit.csrf = site.csrf
        visit.navigation = navigation(door, visit.words, site.guest, isElder: site.preferences.isElder)
        visit.account = site.guest.map { menu($0, visit.words) }
        visit.footer = [
            PageLink(visit.words["halls.title"], Paths.halls), PageLink(visit.words["nav.verify"], "/verify"),
            PageLink(visit.words["nav.lookup"], "/lookup"),
        ]
        if door == .portal && visit.preferences.isElder { return visit }
        visit.footer += [
            PageLink(visit.words["figures.title"], "/figures"),
            PageLink(visit.words["open.title"], OpenDataPage.path),
            PageLink(visit.words["evaluations.title"], EvaluationsPage.path),
            PageLink(visit.words["filereview.public-title"], Paths.publicFileReviews),
            PageLink(visit.words["grants.title"], "/grants"),
            PageLink(visit.words["overruns.title"], "/overruns"), PageLink(visit.words["log.title"], "/log"),
            PageLink(visit.words["nav.staff"], "/staff/sign-in"),
        ]
        return visit
    }

    private func navigation(_ door: Door, _ words: Words, _ guest: Hall.Guest?, isElder: Bool) -> [PageLink] {
        guard door == .portal else { return staffLinks(words, guest) }
        var links = [
            PageLink(words["nav.home"], "/"), PageLink(words["nav.items"], "/items"),
            PageLink(words["nav.business"], "/business"),
        ]
        if let guest { links.append(noticesLink(words, guest, "/notices")) }
        if isElder { return links }
        return links + [
            PageLink(words["nav.certificates"], "/certificates"), PageLink(words["nav.verify"], "/verify"),
        ]
    }

    private func staffLinks(_ words: Words, _ guest: Hall.Guest?) -> [PageLink] {
        guard case .staff(_, let grants)? = guest?.who else { return [] }
        let all = grants + (guest?.deputising.flatMap(\.grants) ?? [])
        let roles = Set(all.filter { $0.revokedAt == nil }.map(\.role))
        let reviewing = SeatRoles.roles + OfficerRoles.roles + [.supervisor]
        var links: [PageLink] = []
        if !roles.isDisjoint(with: SeatRoles.roles) {
            links.append(PageLink(words["nav.queue"], Paths.queue))
            links.append(PageLink(words["nav.triage"], Paths.triage))
            links.append(PageLink(words["custody.desk"], Paths.originals(.window)))
            links.append(PageLink(words["evaluation.enter"], EnterEvaluation.path))
        }
        if roles.contains(.clerk) {
            links.append(PageLink(words["nav.inbox"], "/window"))
            links.append(PageLink(words["nav.intake"], "/window/intake"))
            links.append(PageLink(words["nav.presented"], "/window/presented"))
        }
        if roles.contains(.assistant) { links.append(PageLink(words["assist.title"], Paths.assist)) }
        if roles.contains(.issuingClerk) { links.append(PageLink(words["nav.issuing"], "/issuing")) }
        if !roles.isDisjoint(with: OfficerRoles.roles) {
            links.append(PageLink(words["nav.office"], "/office"))
            links.append(PageLink(words["nav.procedures"], "/office/procedures"))
            links.append(PageLink(words["custody.desk"], Paths.originals(.office)))
            links.append(PageLink(words["nav.presented"], "/office/presented"))
        }
        if !roles.isDisjoint(with: CertificateRoles.roles) {
            links.append(PageLink(words["nav.kept-certificates"], Paths.keptCertificates))
        }
        if !roles.isDisjoint(with: OverseerRoles.roles) {
            links.append(PageLink(words["supervision.title"], Paths.supervision))
            links.append(PageLink(words["nav.due-soon"], "/office/due-soon"))
            links.append(PageLink(words["stat.title"], StatisticsAsked.path))
            // The board of looks leads to the questions.
            links.append(
                roles.contains(.supervisor)
                    ? PageLink(words["look.board"], Paths.lookBoard)
                    : PageLink(words["look.questions"], Paths.inquiries))
        }
        if !roles.isDisjoint(with: RelativeRoles.roles) {
            links.append(PageLink(words["relative.title"], Paths.relatives))
        }
        if !roles.isDisjoint(with: OrderRoles.roles) { links.append(PageLink(words["order.title"], Paths.orders)) }
        if roles.contains(.catalogueEditor) { links.append(PageLink(words["nav.catalogue"], "/office/catalogue")) }
        if roles.contains(.administrator) {
            links.append(PageLink(words["nav.calendar"], "/office/calendar"))
            links.append(PageLink(words["halls.title"], HallsDesk.path))
        }
        if !roles.isDisjoint(with: reviewing) { links.append(PageLink(words["reviews.title"], BadReviewsPage.path)) }
        if !roles.isDisjoint(with: [.reviewer, .decider, .head, .supervisor]) {
            links.append(PageLink(words["filereview.title"], Paths.fileReviews))
        }
        if !roles.isDisjoint(with: [.supervisor, .administrator]) {
            links.append(PageLink(words["nav.undelivered"], "/office/undelivered"))
            links.append(PageLink(words["parcels.title"], "/office/parcels"))
            links.append(PageLink(words["uncollected.title"], "/office/uncollected"))
            links.append(PageLink(words["nav.exchange"], ExchangePage.path))
        }
        return links + (guest.map { [noticesLink(words, $0, "/staff/notices")] } ?? [])
    }

    /// The way to the messages, with how many wait to be read.
    private func noticesLink(_ words: Words, _ guest: Hall.Guest, _ path: String) -> PageLink {
        let count = guest.unread >= NoticeTable.unreadMax ? "\(NoticeTable.unreadMax - 1)+" : "\(guest.unread)"
        return PageLink(guest.unread == 0 ? words["nav.notices"] : words("nav.notices-unread", ["n": count]), path)
    }

    private func menu(_ guest: Hall.Guest, _ words: Words) -> AccountMenu {
        switch guest.who {
        case .person(let person):
            // Where people come at several levels, each reads at which she is here.
            AccountMenu(
                name: person.name.text,
                role: identity == nil ? "" : words[guest.session.level(at: hall.time.now()).word],
                links: [PageLink(words["nav.business"], "/business"), PageLink(words["looks.title"], Paths.looks)])
        case .staff(let staff, let grants):
            AccountMenu(
                name: staff.name?.text ?? staff.employeeNumber.text,
                role: words.list(grants.map { words[$0.role.word] }),
                links: [PageLink(words["nav.absences"], "/staff/absences")])
        }
    }
}

extension Role {
    var word: Word {
        switch self {
        case .clerk: Word("role.clerk")
        case .reviewer: Word("role.reviewer")
        case .decider: Word("role.decider")
        case .head: Word("role.head")
        case .governmentHead: Word("role.government-head")
        case .assistant: Word("role.assistant")
        case .issuingClerk: Word("role.issuing-clerk")
        case .catalogueEditor: Word("role.catalogue-editor")
        case .supervisor: Word("role.supervisor")
        case .administrator: Word("role.administrator")
        }
    }
}

extension Hall.Guest {
    /// Where somebody begins who has just signed in.
    var home: String {
        guard case .staff(_, let grants) = who else { return "/business" }
        let roles = Set(grants.filter { $0.revokedAt == nil }.map(\.role))
        if roles.contains(.clerk) { return "/window" }
        if roles.contains(.assistant) { return Paths.assist }
        if roles.contains(.issuingClerk) { return "/issuing" }
        if roles.contains(.catalogueEditor) { return "/office/catalogue" }
        let officers: Set<Role> = [.reviewer, .decider, .head, .governmentHead]
        if !roles.isDisjoint(with: officers) { return "/office" }
        if roles.contains(.administrator) { return "/office/calendar" }
        return roles.contains(.supervisor) ? Paths.supervision : "/"
    }
}
