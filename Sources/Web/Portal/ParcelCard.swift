import Accounts
import Delivery
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// What a courier carries for a case, as its page shows it: where it is, and what the applicant can do.
struct ParcelCards: Sendable {
    let parcels: [Parcel]
    let originals: [CustodyItem]
    let site: Site
    let words: Words

    init(of dossier: DossierID, _ site: Site, _ words: Words) async throws {
        (self.site, self.words) = (site, words)
        parcels = try await site.hall.parcels(of: dossier)
        originals = try await site.hall.originals(of: dossier)
    }

    /// Where the case is, in one line: what came back or was taken back is fetched at a window.
    func next(_ view: DossierView) -> String {
        guard case .issued = view.dossier.stage,
            let last = parcels.last(where: { $0.ordered.direction == .resultToDoor })
        else { return view.next }
        if last.stage.isOpen { return words["next.by-courier"] }
        return [.returned, .cancelled].contains(last.stage) ? words["parcel.fetch"] : view.next
    }

    /// Writes where the applicant's originals are now; `name` says what a material is called.
    func writeOriginals(_ html: inout HTML, name: (String) -> String) {
        guard !originals.isEmpty else { return }
        html.card(words["custody.title"]) { html in
            html.facts { html in
                for item in originals {
                    html.fact(name(item.received.material)) { html in
                        html.text(words.name(item.holder))
                        if item.missingSince != nil { html.tag(Tag(words["custody.missing"], .bad)) }
                        let sheets = words("custody.sheets", ["n": "\(item.received.sheets)"])
                        html.note("\(item.code) · \(sheets)")
                    }
                }
            }
        }
    }

    /// Writes the way to order the courier who fetches the originals, once the case waits for them.
    func writePickUp(_ html: inout HTML, _ dossier: Dossier) {
        let isUnderWay = parcels.contains { $0.ordered.direction == .originalsToWindow && $0.stage.isOpen }
        guard dossier.submitted.mode.originals == .courier, dossier.stage.name == .awaitingOriginals, !isUnderWay else {
            return
        }
        html.card(words["pickup.title"]) { html in
            html.paragraph(words["pickup.lead"])
            html.buttonLink(words["pickup.begin"], Paths.pickUp(dossier.id), .primary)
        }
    }

    /// Writes a card for each parcel.
    func write(_ html: inout HTML, at path: String, _ tokens: FormTokens) {
        for parcel in parcels.reversed() {
            html.card(words[parcel.ordered.direction.word]) { html in
                facts(&html, parcel)
                let events = timeline(parcel)
                if !events.isEmpty { html.timeline(events) }
                deeds(&html, parcel, "\(path)/parcels/\(parcel.id)", tokens)
            }
        }
    }

    private func facts(_ html: inout HTML, _ parcel: Parcel) {
        let today = site.hall.time.now().day
        html.facts { html in
            html.fact(words["parcel.state"]) { html in
                html.tag(Tag(words[parcel.stage.word], parcel.stage.look))
                if parcel.isLate(on: today) { html.tag(Tag(words["parcel.late"], .bad)) }
            }
            if let booking = parcel.booking {
                html.fact(words["parcel.waybill"]) { $0.copyable(booking.waybill, name: words["parcel.waybill"]) }
                html.fact(words["parcel.promised"]) { $0.date(booking.promisedDay) }
            }
            if let address = parcel.recipient {
                html.fact(words["parcel.to"]) { $0.text(site.line(address, words)) }
            }
            if let window = parcel.ordered.pickUp {
                html.fact(words["pickup.time"]) { $0.text(words.half(window)) }
            }
            html.fact(words["parcel.price"]) { $0.text(words.price(parcel.ordered.price)) }
        }
    }

    /// What the carrier reported, the latest first.
    private func timeline(_ parcel: Parcel) -> [TimelineEvent] {
        parcel.scans.reversed().map { reported in
            let said = [reported.words?.place, reported.words?.person].compactMap(\.self)
            return TimelineEvent(
                .at(reported.scan.at), words[reported.scan.kind.stage.word], detail: said.joined(separator: " · "))
        }
    }

    private func deeds(_ html: inout HTML, _ parcel: Parcel, _ path: String, _ tokens: FormTokens) {
        if parcel.ordered.direction == .originalsToWindow, parcel.stage != .cancelled {
            html.buttonLink(words["pickup.labels"], path + "/labels")
        }
        if parcel.stage == .wrongAddress, !parcel.wasReaddressed, parcel.ordered.direction != .originalsToWindow {
            html.paragraph(words["parcel.mend-address"])
            html.form(path + "/address", tokens) { html in
                AddressForm(site, parcel.recipient).fields(&html)
                html.button(words["parcel.readdress"])
            }
        }
        if [.ordered, .booked].contains(parcel.stage) {
            let isPickUp = parcel.ordered.direction == .originalsToWindow
            let title = words[isPickUp ? Word("pickup.cancel") : Word("parcel.cancel")]
            html.unfold(title) { html in
                html.paragraph(words[isPickUp ? Word("pickup.cancel-help") : Word("parcel.cancel-help")])
                html.deed(path + "/cancellation", tokens) { $0.button(title, .danger) }
            }
        }
        if [.returned, .cancelled].contains(parcel.stage), parcel.ordered.direction == .resultToDoor {
            html.note(words["parcel.fetch"])
        }
    }
}

/// What an applicant does with a parcel of her case.
struct ParcelDeeds {
    let site: Site

    /// `POST /dossiers/{dossier}/parcels/{parcel}/address`: mends a wrong address.
    func readdress(_ request: Request, _ context: PortalContext) async throws -> Response {
        let posted = try await PostedForm(request, context)
        var form = AddressForm(site, posted)
        guard let address = form.address() else { throw ParcelRefusal.addressUnfit }
        return try await perform(.readdress(address), posted, context)
    }

    /// `POST /dossiers/{dossier}/parcels/{parcel}/cancellation`: the result is fetched at a window instead.
    func cancel(_ request: Request, _ context: PortalContext) async throws -> Response {
        let posted = try await PostedForm(request, context)
        let words = site.visit(context, .portal).words
        return try await perform(.cancel(reason: words["parcel.cancel-reason"]), posted, context)
    }

    private func perform(
        _ command: ParcelCommand, _ posted: PostedForm, _ context: PortalContext
    ) async throws -> Response {
        guard let id = DossierID(try context.parameters.require("dossier")),
            let parcel = ParcelID(try context.parameters.require("parcel"))
        else { throw DoorRefusal.noSuchPage }
        let (_, performer) = try await site.own(id, of: context.citizen)
        guard let attempt = Attempt(form: posted["token"]) else { throw DoorRefusal.malformedForm }
        try await site.hall.perform(command, on: parcel, of: id, by: performer, attempt: attempt)
        return .seeOther(Paths.dossier(id))
    }
}

extension Words {
    /// What somebody pays at the door, or why she pays nothing.
    func price(_ price: ParcelPrice) -> String {
        switch price.freeBecause {
        case .filedOnline: self["parcel.free-online"]
        case .originalsBack: self["parcel.free-originals"]
        case nil:
            self("parcel.yuan", ["n": "\(price.cents / 100).\(price.cents % 100 < 10 ? "0" : "")\(price.cents % 100)"])
        }
    }
}

extension ParcelDirection {
    var word: Word {
        switch self {
        case .originalsToWindow: Word("parcel.originals-to-window")
        case .resultToDoor: Word("parcel.result-to-door")
        case .originalsToDoor: Word("parcel.originals-to-door")
        }
    }
}

extension ParcelScan.Kind {
    /// The stage whose word says what is reported.
    fileprivate var stage: Parcel.Stage {
        switch self {
        case .pickedUp: .pickedUp
        case .inTransit: .inTransit
        case .delivered: .delivered
        case .lost: .lost
        case .refused: .refused
        case .wrongAddress: .wrongAddress
        case .returned: .returned
        }
    }
}

extension Parcel.Stage {
    var word: Word {
        switch self {
        case .ordered: Word("parcel.ordered")
        case .booked: Word("parcel.booked")
        case .pickedUp: Word("parcel.picked-up")
        case .inTransit: Word("parcel.in-transit")
        case .delivered: Word("parcel.delivered")
        case .lost: Word("parcel.lost")
        case .refused: Word("parcel.refused")
        case .wrongAddress: Word("parcel.wrong-address")
        case .returned: Word("parcel.returned")
        case .cancelled: Word("parcel.cancelled")
        }
    }

    var look: Tag.Look {
        switch self {
        case .ordered, .booked: .waiting
        case .pickedUp, .inTransit: .busy
        case .delivered: .good
        case .lost, .refused, .wrongAddress: .bad
        case .returned, .cancelled: .plain
        }
    }
}
