import Accounts
import Delivery
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// To which door a courier brings the result: one of the writer's book, or a new one, which her book keeps.
struct ApplyAddress {
    let site: Site
    private var desk: ApplicationDesk { ApplicationDesk(site: site) }
    private static let new = "new"

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let application = try await open(context)
        return try await show(application, AddressForm(site), context)
    }

    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let posted = try await PostedForm(request, context)
        var application = try await open(context)
        var form = AddressForm(site, posted)
        let kept = try await site.hall.addresses(of: context.citizen.id).first { "\($0.id)" == posted["kept"] }
        guard let address = kept?.address ?? form.address() else { return try await show(application, form, context) }
        try await site.hall.keep(address, of: context.citizen.id)
        application.draft.contents.deliverTo = address
        try await site.hall.save(application.draft)
        return .seeOther(Paths.draft(application.draft.id, "check"))
    }

    /// `POST /drafts/{draft}/address/{address}/removal`: an address leaves the book.
    func remove(_ request: Request, _ context: PortalContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let application = try await open(context)
        guard let id = Subject(try context.parameters.require("address")) else { throw DoorRefusal.noSuchPage }
        try await site.hall.forgetAddress(id, of: context.citizen.id)
        return .seeOther(Paths.draft(application.draft.id, "address"))
    }

    private func open(_ context: PortalContext) async throws -> Application {
        let application = try await desk.open(context)
        guard application.steps.contains("address") else { throw DoorRefusal.noSuchPage }
        return application
    }

    private func show(
        _ application: Application, _ form: AddressForm, _ context: PortalContext
    ) async throws -> Response {
        let words = site.visit(context, .portal).words
        let book = try await site.hall.addresses(of: context.citizen.id)
        let errors = form.errors(words)
        let path = Paths.draft(application.draft.id, "address")
        return desk.page(application, "address", context, errors: errors) { html in
            html.paragraph(words["address.free"])
            if !book.isEmpty {
                let options = book.map { Option("\($0.id)", site.line($0.address, words)) }
                let chosen = book.first { $0.address == application.draft.contents.deliverTo } ?? book[0]
                html.field(
                    Field(
                        "kept", words["address.book"],
                        .choice(options + [Option(Self.new, words["address.new"])]),
                        answer: Answer(errors.isEmpty ? "\(chosen.id)" : Self.new)))
                html.subheading(words["address.new"])
            }
            form.fields(&html)
            html.button(words["apply.continue"])
        } after: { html in
            guard !book.isEmpty else { return }
            html.unfold(words["address.tidy"]) { html in
                html.element("ul") { html in
                    for entry in book {
                        html.element("li") { html in
                            html.text(site.line(entry.address, words))
                            html.deed("\(path)/\(entry.id)/removal", site.tokens(context)) {
                                $0.button(words["address.remove"], .secondary)
                            }
                        }
                    }
                }
            }
        }
    }
}
