import Accounts
import Delivery
import Documents
import Dossiers
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/window/originals/{code}` and `/office/originals/{code}`: one original: who has it, its chain of hands, and what
/// whoever has it may do.
struct OriginalPage<Context: StaffContext> {
    let site: Site
    let door: Door

    func get(_ request: Request, _ context: Context) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST …/{deed}`: offers it, takes the offer back, or hands it back to the applicant at the window.
    func post(_ request: Request, _ context: Context) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (label, resource) = (try context.parameters.require("code"), try context.parameters.require("deed"))
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            try await site.hall.perform(
                try deed(resource, form), onLabel: label, at: door.custody, by: context.guest, attempt: attempt)
            return .seeOther("\(Paths.originals(door))/\(label)")
        } catch let refusal as any Refusal
            where refusal is CustodyRefusal || refusal is WindowRefusal || refusal is FormRefusal
        {
            return try await show(context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal))
        }
    }

    private func deed(_ resource: String, _ form: PostedForm) throws -> Hall.OriginalDeed {
        switch resource {
        case "offer":
            guard let to = CustodyHolder(form["to"]) else { throw FormRefusal.choiceMissing("to") }
            return .offer(to)
        case "withdrawal": return .withdraw
        case "hand-back":
            guard form["checked"] == "yes" else { throw FormRefusal.choiceMissing("checked") }
            return .handBack
        default: throw DoorRefusal.noSuchPage
        }
    }

    /// `GET …/label`: the label to print and to stick on. It bears a QR code: no barcode library is pinned, and the
    /// house draws QR codes already.
    func label(_ request: Request, _ context: Context) async throws -> Response {
        let original = try await open(context)
        let visit = site.visit(context, door)
        let words = visit.words
        let row = try await OriginalRow(original.item, of: original.dossier, site, words)
        let picture = try QRCode(original.item.code.text)
        let back = PageLink(words["custody.to-original"], Paths.original(original.item.code, door))
        return .page(visit.sheet(words["custody.label-title"], back: back) { $0.label(row, picture) })
    }

    private func open(_ context: Context) async throws -> Hall.Original {
        try await site.hall.original(
            try context.parameters.require("code"), at: door.custody, for: context.guest)
    }

    private func show(_ context: Context, refused: RefusedDeed?) async throws -> Response {
        let original = try await open(context)
        let visit = site.visit(context, door)
        let words = visit.words
        let row = try await OriginalRow(original.item, of: original.dossier, site, words)
        let holders =
            original.receivers + original.steps.compactMap(\.event.named)
            + [original.item.holder, original.item.offered].compactMap(\.self)
        let names = try await CustodyNames(holders, signers: original.steps.map(\.signer), site, words)
        let title = "\(original.item.code)"
        return .page(
            visit.page(
                title, crumbs: [PageLink(words["custody.desk"], Paths.originals(door))], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(title, over: row.material)
                html.columns { html in
                    facts(&html, original, row, names)
                    html.heading(words["custody.chain"])
                    html.timeline(original.steps.reversed().map { $0.event(names, words) })
                } aside: { html in
                    if door == .window, original.hand == nil { html.noSeat() }
                    deeds(&html, original, names, refused, context)
                }
            }, status: refused?.status ?? .ok)
    }

    private func facts(_ html: inout HTML, _ original: Hall.Original, _ row: OriginalRow, _ names: CustodyNames) {
        let words = html.words
        html.facts { html in
            html.fact(words["custody.holder"]) { html in
                html.text(names[row.item.holder] + " ")
                html.state(of: row.item, names)
            }
            html.fact(words["custody.material"]) { $0.text(row.material) }
            html.fact(words["custody.sheets-label"]) { $0.text(row.item.received.sheets) }
            html.fact(words["custody.case"]) { $0.text(row.short + " · " + row.title) }
        }
    }

    private func deeds(
        _ html: inout HTML, _ original: Hall.Original, _ names: CustodyNames, _ refused: RefusedDeed?,
        _ context: Context
    ) {
        let (item, words) = (original.item, html.words)
        let path = Paths.original(item.code, door)
        guard let hand = original.hand else { return }
        if item.offered == hand {
            html.deed(Paths.originals(door), site.tokens(context)) { html in
                html.hidden("label", item.code.text)
                html.button(words["custody.take-button"], key: "t")
            }
        }
        guard item.holder == hand else { return }
        html.buttonLink(words["custody.print-label"], path + "/label", key: "p")
        if item.offered != nil {
            html.deed(path + "/withdrawal", site.tokens(context)) {
                $0.button(words["custody.withdraw"], .secondary)
            }
            return
        }
        html.card(words["custody.offer"]) { html in
            let form = DeedForm("offer", refused, site, words)
            html.form(path + "/offer", site.tokens(context)) { html in
                html.field(
                    form.field("to", words["custody.offer-to"], .list(options(original.receivers, names, words))))
                html.button(words["custody.offer"])
            }
        }
        guard door == .window else { return }
        html.card(words["custody.hand-back"]) { html in
            let form = DeedForm("hand-back", refused, site, words)
            html.form(path + "/hand-back", site.tokens(context)) { html in
                html.field(
                    form.field(
                        "checked", words["custody.hand-back-check"], .consent(words["custody.hand-back-consent"])))
                html.button(words["custody.hand-back"], .secondary)
            }
        }
    }

    private func options(_ receivers: [CustodyHolder], _ names: CustodyNames, _ words: Words) -> [Option] {
        receivers.map { receiver in
            let group: Word =
                switch receiver {
                case .officer: Word("custody.group-officers")
                case .window: Word("custody.group-windows")
                case .archive, .applicant, .courier: Word("custody.group-archive")
                }
            return Option("\(receiver)", names[receiver], group: words[group])
        }
    }
}

extension CustodyStep {
    /// The step as an event of a timeline: what happened, and who signed for it.
    fileprivate func event(_ names: CustodyNames, _ words: Words) -> TimelineEvent {
        let to = event.named.map { words("custody.step-to", ["name": names[$0]]) } ?? ""
        let by = words("custody.step-by", ["name": names.signer(signer)])
        return TimelineEvent(
            .at(at), words[event.word], detail: [to, by].filter { !$0.isEmpty }.joined(separator: " · "))
    }
}

extension CustodyEvent {
    /// Whom the event names.
    fileprivate var named: CustodyHolder? {
        switch self {
        case .received(let received), .labelled(let received): received.holder
        case .offered(let holder), .taken(let holder), .missed(let holder), .found(let holder): holder
        case .withdrawn: nil
        }
    }

    fileprivate var word: Word {
        switch self {
        case .received: Word("custody.event-received")
        case .labelled: Word("custody.event-labelled")
        case .offered: Word("custody.event-offered")
        case .withdrawn: Word("custody.event-withdrawn")
        case .taken: Word("custody.event-taken")
        case .missed: Word("custody.event-missed")
        case .found: Word("custody.event-found")
        }
    }
}

extension HTML {
    /// Writes the label of an original: the code for scanners and for people, and to what it belongs.
    mutating func label(_ row: OriginalRow, _ picture: QRCode) {
        let words = words
        element("article", .class("slip")) { html in
            html.element("h1", text: words["custody.label-title"])
            html.codePicture(picture, label: words["custody.picture"])
            html.element("p", .class("code-digits")) { $0.element("strong", text: "\(row.item.code)") }
            html.facts { html in
                html.fact(words["custody.case"]) { $0.text(row.short) }
                html.fact(words["custody.matter"]) { $0.text(row.title) }
                html.fact(words["custody.material"]) { $0.text(row.material) }
                html.fact(words["custody.sheets-label"]) { $0.text(row.item.received.sheets) }
                html.fact(words["custody.since"]) { $0.moment(row.item.receivedAt) }
            }
        }
    }
}
