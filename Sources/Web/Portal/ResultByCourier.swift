import Accounts
import Delivery
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// A result that its applicant did not fetch is offered to her by courier, with the price before anything is ordered.
struct ResultByCourier {
    let site: Site

    /// `POST /dossiers/{dossier}/parcels`: orders it, for the price that she saw.
    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let posted = try await PostedForm(request, context)
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        let (_, performer) = try await site.own(id, of: context.citizen)
        guard let attempt = Attempt(form: posted["token"]), let cents = Int(posted["agreed"]) else {
            throw DoorRefusal.malformedForm
        }
        var form = AddressForm(site, posted)
        guard let address = form.address() else { throw ParcelRefusal.addressUnfit }
        try await site.hall.orderResult(of: id, to: address, agreedCents: cents, by: performer, attempt: attempt)
        try await site.hall.keep(address, of: context.citizen.id)
        return .seeOther(Paths.dossier(id))
    }
}

extension HTML {
    /// Writes the offer; nothing where there is none. `known` is the address that she used last.
    mutating func courierOffer(
        _ price: ParcelPrice?, _ site: Site, at path: String, _ tokens: FormTokens, known: PostalAddress?
    ) {
        guard let price else { return }
        card(words["uncollected.offer"]) { html in
            let words = html.words
            html.paragraph(words("uncollected.offer-help", ["price": words.price(price)]))
            html.unfold(words["uncollected.offer-open"]) { html in
                html.form(path + "/parcels", tokens) { html in
                    html.hidden("agreed", "\(price.cents)")
                    AddressForm(site, known).fields(&html)
                    html.button(words("uncollected.order", ["price": words.price(price)]))
                }
            }
        }
    }
}
