import Hall
import Notices
import Vocabulary

/// What the applicant was told about a dossier and how it went, for the dossier's pages. Titles only: a pick-up code is
/// for the applicant to show, not for the staff to read.
struct ToldAbout: Sendable {
    struct Row: Sendable {
        let told: Hall.Told
        let title: String
    }

    let rows: [Row]

    init(_ told: [Hall.Told], _ site: Site, _ words: Words) throws {
        rows = try told.map { told in
            let said = try site.notices.words(of: told.notice, words.language == .zh ? .zh : .en)
            return Row(told: told, title: said?.title ?? words["notices.erased"])
        }
    }

    func write(_ html: inout HTML) {
        guard !rows.isEmpty else { return }
        html.heading(html.words["told.title"])
        html.element("ul", .class("told")) { html in
            for row in rows {
                html.element("li") { html in
                    html.element("p", .class("event-title"), text: row.title)
                    html.element("p", .class("note")) { html in
                        html.text(html.words["way.portal"] + " ")
                        html.moment(row.told.notice.createdAt)
                    }
                    for delivery in row.told.deliveries { html.way(delivery) }
                }
            }
        }
    }
}

extension HTML {
    /// Writes one way by which a notice left the house: where to, masked, how far, and when.
    fileprivate mutating func way(_ delivery: NoticeDelivery) {
        element("p", .class("note")) { html in
            html.text(html.words[delivery.channel.word] + " ")
            html.text(delivery.address.map { "\($0) " } ?? "")
            html.tag(Tag(html.words[delivery.state.word], delivery.state.look))
            html.text(" ")
            html.moment(delivery.changedAt)
        }
    }
}

extension NoticeChannel {
    var word: Word {
        switch self {
        case .sms: Word("way.sms")
        case .mail: Word("way.mail")
        }
    }
}

extension NoticeDelivery.State {
    var word: Word {
        switch self {
        case .waiting: Word("delivery.waiting")
        case .sending: Word("delivery.sending")
        case .sent: Word("delivery.sent")
        case .failed: Word("delivery.failed")
        case .givenUp: Word("delivery.given-up")
        case .settled: Word("delivery.settled")
        }
    }

    var look: Tag.Look {
        switch self {
        case .waiting, .sending: .busy
        case .sent: .good
        case .failed: .waiting
        case .givenUp: .bad
        case .settled: .plain
        }
    }
}
