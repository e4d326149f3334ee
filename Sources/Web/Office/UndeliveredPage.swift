import Accounts
import Hall
import Hummingbird
import Notices
import Vocabulary

/// `/office/undelivered`: what the house tried often enough, or what a partner refuses, until somebody deals with it.
struct UndeliveredPage {
    let site: Site

    func get(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let tasks = try await site.hall.undelivered(after: Hall.Undelivered.id(request.asked("after")))
        let visit = site.visit(context, .office)
        let words = visit.words
        var rows: [Row] = []
        for task in tasks { rows.append(try await row(task, words)) }
        let next = tasks.count == Hall.undeliveredMax ? tasks.last.map { "/office/undelivered?after=\($0.id)" } : nil
        return .page(
            visit.page(words["undelivered.title"]) { html in
                html.title(words["undelivered.title"])
                html.lead(words["undelivered.lead"])
                html.undelivered(rows, site.tokens(context))
                html.pager(previous: nil, next: next)
            })
    }

    /// `POST /office/undelivered/{effect}/{deed}`: redelivery, settlement.
    func post(_ request: Request, _ context: KeeperContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        guard let id = Hall.Undelivered.id(try context.parameters.require("effect")) else {
            throw DoorRefusal.noSuchPage
        }
        switch try context.parameters.require("deed") {
        case "redelivery": try await site.hall.redeliver(id)
        case "settlement": try await site.hall.settle(id, by: .staff(context.staff.id))
        default: throw DoorRefusal.noSuchPage
        }
        return .seeOther("/office/undelivered")
    }

    struct Row: Sendable {
        let task: Hall.Undelivered
        let what: String
        let about: String
        let failure: String
    }

    private func row(_ task: Hall.Undelivered, _ words: Words) async throws -> Row {
        var (what, about) = (words[Self.word(of: task.kind)], "")
        if let notice = task.notice, let delivery = task.delivery {
            let said = try await site.line(notice, words)
            what = said.title
            about = words[delivery.channel.word] + (delivery.address.map { " \($0)" } ?? "")
        }
        let number = try await site.hall.shortNumber(of: task)
        return Row(
            task: task, what: what, about: words.list([number, about].filter { !$0.isEmpty }),
            failure: failure(task.failure, words))
    }

    /// What a gateway said in words; whatever else failed as its own code.
    private func failure(_ text: String, _ words: Words) -> String {
        let known = text.hasPrefix("no answer") ? GatewayFailure.abandoned : GatewayFailure(rawValue: text)
        return known.map { words[$0.word] } ?? text
    }

    private static func word(of kind: String) -> Word {
        switch kind {
        case "certificate.sign": Word("effect.sign")
        case "dossier.issue": Word("effect.issue")
        case "dossier.deliver": Word("effect.deliver")
        case "dossier.close": Word("effect.close")
        case "parcel.book": Word("effect.book-parcel")
        case "parcel.cancel": Word("effect.cancel-parcel")
        case "parcel.readdress": Word("effect.readdress-parcel")
        default: Word("effect.other")
        }
    }
}

extension HTML {
    fileprivate mutating func undelivered(_ rows: [UndeliveredPage.Row], _ tokens: FormTokens) {
        table(
            words["undelivered.title"],
            [
                Column(words["undelivered.what"]), Column(words["undelivered.about"]),
                Column(words["undelivered.failure"]), Column(words["undelivered.tries"], isNumeric: true),
                Column(words["undelivered.at"]), Column(words["undelivered.deeds"]),
            ], rows
        ) { html in
            html.empty(html.words["undelivered.none"], html.words["undelivered.none-help"])
        } row: { html, row in
            html.row { html in
                html.headCell(row.what)
                html.cell(row.about)
                html.cell(row.failure)
                html.cell("\(row.task.attempts)", isNumeric: true)
                html.cell { $0.moment(row.task.at) }
                html.cell { html in
                    html.buttons { html in
                        html.deed("/office/undelivered/\(row.task.id)/redelivery", tokens) { html in
                            html.button(html.words["undelivered.retry"], .secondary)
                        }
                        if row.task.notice != nil {
                            html.deed("/office/undelivered/\(row.task.id)/settlement", tokens) { html in
                                html.button(html.words["undelivered.settle"], .quiet)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension GatewayFailure {
    var word: Word {
        switch self {
        case .unreachable: Word("failure.unreachable")
        case .unanswered: Word("failure.unanswered")
        case .garbled: Word("failure.garbled")
        case .unauthorised: Word("failure.unauthorised")
        case .rejected: Word("failure.rejected")
        case .noGateway: Word("failure.no-gateway")
        case .unwritable: Word("failure.unwritable")
        case .abandoned: Word("failure.abandoned")
        }
    }
}
