import Accounts
import Catalogue
import Delivery
import Documents
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `/dossiers/{id}/pick-up`: a courier fetches the originals at the applicant's door: which, where, on which half of
/// which day, and what it costs, before anything is ordered.
struct PickUpPage {
    let site: Site
    private static let new = "new"

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(try await own(context).opened, AddressForm(site), context)
    }

    /// Orders the courier and leads to the case, which shows the labels; what is missing or refused comes back with
    /// what was typed.
    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (opened, performer) = try await own(context)
        let id = opened.dossier.id
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        var typed = AddressForm(site, form)
        let kept = try await site.hall.addresses(of: context.citizen.id).first { "\($0.id)" == form["kept"] }
        let window = site.hall.pickUpWindows(for: opened.dossier).first { $0.value == form["time"] }
        let address = kept?.address ?? typed.address()
        guard let window, let address else {
            return try await show(opened, typed, context, Tried(form: form, lacksTime: window == nil))
        }
        do {
            try await site.hall.keep(address, of: context.citizen.id)
            let order = Hall.PickUpOrder(
                from: address, at: window, materials: form.all("materials").sorted(), agreedCents: Int(form["cents"]))
            _ = try await site.hall.order(order, of: id, by: performer, attempt: attempt)
            return .seeOther(Paths.dossier(id))
        } catch let refusal as ParcelRefusal {
            return try await show(opened, typed, context, Tried(form: form, refusal: refusal))
        }
    }

    /// `GET /dossiers/{id}/parcels/{parcel}/labels`: the labels of what the courier fetches, to print; whoever has no
    /// printer lets the courier write the codes on.
    func labels(_ request: Request, _ context: PortalContext) async throws -> Response {
        let dossier = try await own(context).opened.dossier
        let parcel = ParcelID(try context.parameters.require("parcel"))
        guard let known = try await site.hall.parcels(of: dossier.id).first(where: { $0.id == parcel }) else {
            throw ParcelRefusal.notFound
        }
        let visit = site.visit(context, .portal)
        let contents = Set(known.ordered.contents ?? [])
        var labels: [(row: OriginalRow, picture: QRCode)] = []
        for item in try await site.hall.originals(of: dossier.id) where contents.contains(item.code) {
            labels.append((try await OriginalRow(item, of: dossier, site, visit.words), try QRCode(item.code.text)))
        }
        let back = PageLink(visit.words["pickup.to-case"], Paths.dossier(dossier.id))
        return .page(
            visit.sheet(visit.words["pickup.labels"], back: back) { html in
                html.note(html.words["pickup.labels-help"])
                for label in labels { html.label(label.row, label.picture) }
            })
    }

    private func own(_ context: PortalContext) async throws -> (opened: Hall.Opened, performer: Performer) {
        try await site.own(try context.dossierOnPage(), of: context.citizen)
    }

    /// What was sent before and did not do.
    private struct Tried {
        let form: PostedForm
        var lacksTime = false
        var refusal: ParcelRefusal?
    }

    private func show(
        _ opened: Hall.Opened, _ address: AddressForm, _ context: PortalContext, _ tried: Tried? = nil
    ) async throws -> Response {
        let dossier = opened.dossier
        let visit = site.visit(context, .portal)
        let words = visit.words
        let terms = dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        let view = DossierView(opened, item, site, words)
        let book = try await site.hall.addresses(of: context.citizen.id)
        let windows = site.hall.pickUpWindows(for: dossier)
        guard let price = site.hall.price(of: .originalsToWindow, for: dossier) else { throw ParcelRefusal.noCourier }
        var errors = address.errors(words)
        if tried?.lacksTime == true { errors.append(FieldError("time", words["pickup.time-missing"])) }
        let status = tried?.refusal?.kind.rawValue ?? (errors.isEmpty ? 200 : 422)
        return .page(
            visit.page(
                words["pickup.title"], crumbs: [PageLink(view.title, Paths.dossier(dossier.id))],
                hasErrors: tried != nil
            ) { html in
                html.refused(tried?.refusal, site)
                html.errorSummary(errors)
                html.reading { html in
                    html.title(words["pickup.title"], over: view.title)
                    html.lead(words("pickup.price", ["price": words.price(price)]))
                    html.form(Paths.pickUp(dossier.id), site.tokens(context)) { html in
                        html.hidden("cents", "\(price.cents)")
                        html.field(
                            Field(
                                "materials", words["pickup.materials"],
                                .choices(view.fetched.map { Option($0, view.name($0)) }),
                                answer: answer(tried?.form.all("materials") ?? view.fetched)))
                        html.field(
                            Field(
                                "time", words["pickup.time"],
                                .list(windows.map { Option($0.value, words.half($0)) }),
                                answer: Answer(
                                    tried?.form["time"] ?? "",
                                    error: tried?.lacksTime == true ? words["pickup.time-missing"] : nil)))
                        fields(&html, book, address, isNew: !address.unfit.isEmpty)
                        html.button(words["pickup.order"])
                    }
                }
            }, status: .init(code: status))
    }

    private func answer(_ values: [String]) -> Answer {
        var answer = Answer()
        answer.values = values
        return answer
    }

    private func fields(_ html: inout HTML, _ book: [AddressBook.Entry], _ address: AddressForm, isNew: Bool) {
        let words = html.words
        if !book.isEmpty {
            let options = book.map { Option("\($0.id)", site.line($0.address, words)) }
            html.field(
                Field(
                    "kept", words["pickup.address"], .choice(options + [Option(Self.new, words["address.new"])]),
                    answer: Answer(isNew ? Self.new : "\(book[0].id)")))
            html.subheading(words["address.new"])
        }
        address.fields(&html)
    }
}

extension Paths {
    static func pickUp(_ id: DossierID) -> String { "\(dossier(id))/pick-up" }
    static func labels(_ parcel: ParcelID, of id: DossierID) -> String { "\(dossier(id))/parcels/\(parcel)/labels" }
}

extension PickUpWindow {
    /// As a form sends it: `2026-11-25 840`.
    var value: String { "\(day) \(from)" }
}

extension Words {
    /// A half day in words.
    func half(_ window: PickUpWindow) -> String {
        switch window.half {
        case .morning: date(window.day) + " " + self["pickup.morning"]
        case .afternoon: date(window.day) + " " + self["pickup.afternoon"]
        case nil: date(window.day)
        }
    }
}

extension DossierView {
    /// The materials that come as originals on paper: what the guide wants so and no certificate stands for.
    var fetched: [String] {
        let submitted = dossier.submitted
        let held = Set(
            dossier.materials.compactMap { handedIn -> String? in
                if case .certificate = handedIn.source { handedIn.material } else { nil }
            })
        let wanted = item?.guide.materials.filter(\.wantsPaper).map(\.id) ?? submitted.terms.materials
        let paper = submitted.terms.materials.filter { wanted.contains($0) && !held.contains($0) }
        return paper.isEmpty ? submitted.terms.materials : paper
    }
}
