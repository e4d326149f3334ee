import Accounts
import Delivery
import Hall
import Hummingbird
import Vocabulary

/// `/office/parcels`: what a courier has lost or cannot deliver, what is late, the originals that a count
/// misses, and the windows that owe a count.
struct ParcelsPage {
    let site: Site

    func get(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let troubles = try await site.hall.parcelTroubles()
        let visit = site.visit(context, .office)
        let words = visit.words
        return .page(
            visit.page(words["parcels.title"]) { html in
                html.title(words["parcels.title"])
                html.lead(words["parcels.lead"])
                html.heading(words["parcels.trouble"])
                html.parcels(troubles.troubled, troubles.carried, words["parcels.trouble"])
                html.heading(words["parcels.late"])
                html.parcels(troubles.late, troubles.carried, words["parcels.late"])
                html.heading(words["parcels.missing"])
                html.alarms(troubles.missing)
                html.heading(words["parcels.uncounted"])
                html.debts(troubles.uncounted)
            })
    }
}

extension HTML {
    /// Writes parcels, each with the labels of the originals that the courier has with it.
    fileprivate mutating func parcels(
        _ lines: [ParcelLine], _ carried: [ParcelID: [CustodyCode]], _ caption: String
    ) {
        table(
            caption,
            [
                Column(words["parcel.waybill"]), Column(words["parcels.direction"]), Column(words["parcel.state"]),
                Column(words["parcel.promised"]), Column(words["parcels.originals"]),
            ], lines
        ) { html in
            html.note(html.words["parcels.none"])
        } row: { html, line in
            html.row { html in
                html.headCell(line.waybill ?? "—")
                html.cell(html.words[line.direction.word])
                html.cell { $0.tag(Tag($0.words[line.stage.word], line.stage.look)) }
                html.cell { html in
                    if let day = line.promisedDay { html.date(day) }
                }
                html.cell(html.words.list(carried[line.id, default: []].map { "\($0)" }))
            }
        }
    }

    fileprivate mutating func alarms(_ alarms: [CustodyAlarm]) {
        table(
            words["parcels.missing"],
            [Column(words["parcels.code"]), Column(words["parcels.holder"]), Column(words["parcels.since"])], alarms
        ) { html in
            html.note(html.words["parcels.none-missing"])
        } row: { html, alarm in
            html.row { html in
                html.headCell("\(alarm.code)")
                html.cell(html.words.name(alarm.holder))
                html.cell { $0.moment(alarm.since) }
            }
        }
    }
}

extension HTML {
    fileprivate mutating func debts(_ debts: [CustodyDebt]) {
        table(
            words["parcels.uncounted"],
            [
                Column(words["parcels.holder"]), Column(words["parcels.originals"], isNumeric: true),
                Column(words["parcels.since"]),
            ], debts
        ) { html in
            html.note(html.words["parcels.none-uncounted"])
        } row: { html, debt in
            html.row { html in
                html.headCell(html.words.name(debt.holder))
                html.cell(html.words.number(debt.items), isNumeric: true)
                html.cell { $0.moment(debt.since) }
            }
        }
    }
}

extension Words {
    /// Who has an original, in words.
    func name(_ holder: CustodyHolder) -> String {
        switch holder {
        case .applicant: self["custody.applicant"]
        case .window(let hall, let number): self("custody.window", ["hall": hall, "number": "\(number)"])
        case .officer: self["custody.officer"]
        case .courier: self["custody.courier"]
        case .archive: self["custody.archive"]
        }
    }
}
