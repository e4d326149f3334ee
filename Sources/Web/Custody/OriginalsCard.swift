import Accounts
import Delivery
import Dossiers
import Hall
import Hummingbird
import Vocabulary
import Windows

/// On the window's page of a case: its originals, and how one more is received.
struct OriginalsCard: Sendable {
    /// The last part of the address that receives one.
    static let resource = "originals"

    private let items: [CustodyItem]
    private let names: CustodyNames
    private let seat: Window?
    private let view: DossierView

    /// Reads what the card shows to who looks.
    init(_ view: DossierView, _ guest: Hall.Guest) async throws {
        self.view = view
        items = try await view.site.hall.originals(of: view.dossier.id)
        names = try await CustodyNames(items.map(\.holder), view.site, view.words)
        seat = try await view.site.hall.seat(of: guest)?.window
    }

    func write(_ html: inout HTML, _ refused: RefusedDeed?, _ tokens: FormTokens) {
        let words = html.words
        html.card(words["custody.originals"]) { html in
            list(&html)
            guard let seat else {
                if !view.dossier.hasEnded { html.noSeat() }
                return
            }
            parcel(&html, seat, tokens)
            guard !view.dossier.hasEnded else { return }
            let form = DeedForm(Self.resource, refused, view.site, words)
            html.unfold(words["custody.receive"], isOpen: form.refused != nil) { html in
                html.form("\(Paths.window(view.dossier.id))/\(Self.resource)", tokens) { html in
                    html.field(
                        form.field(
                            "material", words["custody.material"],
                            .list(view.dossier.submitted.terms.materials.map { Option($0, view.name($0)) })))
                    html.field(
                        form.field(
                            "sheets", words["custody.sheets-label"], .integer(CustodyDraft.sheets), start: "1"))
                    html.button(words["custody.receive-button"], .secondary)
                }
            }
        }
    }

    private func list(_ html: inout HTML) {
        guard !items.isEmpty else { return }
        html.facts { html in
            for item in items {
                html.fact(view.name(item.received.material)) { html in
                    html.link(PageLink("\(item.code)", Paths.original(item.code, .window)))
                    html.note(names[item.holder])
                    if item.missingSince != nil { html.tag(Tag(html.words["custody.missing"], .bad)) }
                }
            }
        }
    }

    /// Writes what is done with what a courier brought, and how it goes back.
    private func parcel(_ html: inout HTML, _ seat: Window, _ tokens: FormTokens) {
        let (words, dossier) = (html.words, view.dossier)
        guard dossier.submitted.mode.originals == .courier else { return }
        if items.contains(where: \.holder.isCourier) {
            html.form(Paths.originals(.window), tokens) { html in
                html.hidden("case", dossier.id.description)
                html.field(
                    Field(
                        "label", words["custody.label-field"], .text(max: CustodyCode.typedCharactersMax),
                        hint: words["custody.label-hint"]))
                html.button(words["custody.take-button"])
            }
        }
        let isReady = items.contains { $0.holder == seat.custody && $0.offered == nil }
        guard isReady, dossier.decision != nil || dossier.hasEnded else { return }
        html.deed("\(Paths.window(dossier.id))/originals-return", tokens) { html in
            html.button(words["custody.send-back"], .secondary)
        }
    }
}

extension WindowDossier {
    /// `POST /window/dossiers/{id}/originals-return`: a courier brings the originals that are at this window back to
    /// the door they came from.
    func sendBack(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try context.dossierOnPage()
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        _ = try await site.hall.sendBack(id, by: context.guest, attempt: attempt)
        return .seeOther(Paths.window(id))
    }

    /// `POST /window/dossiers/{id}/originals`: receives an original at the window where the clerk sits, and leads to
    /// the label to print; what is refused comes back with what was typed.
    func receiveOriginal(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try context.dossierOnPage()
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let item = try await site.hall.receiveOriginal(
                of: id, material: form["material"], sheets: Int(form["sheets"]) ?? 0, by: context.guest,
                attempt: attempt)
            return .seeOther(Paths.original(item.code, .window) + "/label")
        } catch let refusal as any Refusal where refusal is CustodyRefusal || refusal is WindowRefusal {
            let view = try await open(context, purpose: .intake).checked()
            let refused = RefusedDeed(resource: OriginalsCard.resource, form: form, refusal: refusal)
            return try await show(view, context, refused: refused)
        }
    }
}
