import Accounts
import Delivery
import Dossiers
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/window/originals` and `/office/originals`: the originals at the window where one sits, or in one's own hands; a
/// label that is read takes what was offered.
struct OriginalsDesk<Context: StaffContext> {
    let site: Site
    let door: Door

    func get(_ request: Request, _ context: Context) async throws -> Response {
        try await show(context, taken: CustodyCode(request.asked("taken")), refused: nil)
    }

    /// Takes by a label; a scanner ends what it reads with Enter, which sends the form.
    func post(_ request: Request, _ context: Context) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        // The carrier's label on a parcel leads to the case whose originals are in it.
        let waybill = form["label"].uppercased()
        if door == .window, CustodyCode(waybill) == nil, ParcelBooking.isWaybill(waybill),
            let dossier = try await site.hall.dossier(broughtBy: waybill)
        {
            return .seeOther(Paths.window(dossier))
        }
        do {
            try await site.hall.perform(
                form["for"] == "archive" ? .file : .take, onLabel: form["label"], at: door.custody, by: context.guest,
                attempt: attempt)
            let code = CustodyCode(form["label"])?.text ?? ""
            // Whoever unpacks a parcel goes on with the next label of the same case.
            if let dossier = DossierID(form["case"]) { return .seeOther(Paths.window(dossier)) }
            return .seeOther("\(Paths.originals(door))?taken=\(code)")
        } catch let refusal as any Refusal where refusal is CustodyRefusal || refusal is WindowRefusal {
            return try await show(context, taken: nil, refused: refusal)
        }
    }

    private func show(_ context: Context, taken: CustodyCode?, refused: (any Refusal)?) async throws -> Response {
        let visit = site.visit(context, door)
        let words = visit.words
        let view = try await site.hall.originals(at: door.custody, of: context.guest)
        var rows: [OriginalRow] = []
        for line in view?.lines ?? [] { rows.append(try await OriginalRow(line.item, of: line.dossier, site, words)) }
        let holders = rows.compactMap(\.item.offered) + [view?.holder].compactMap(\.self)
        let names = try await CustodyNames(holders, site, words)
        return .page(
            visit.page(words["custody.desk"], hasErrors: refused != nil) { html in
                html.refused(refused, site)
                if let taken { html.banner(.success, words("custody.taken-now", ["code": "\(taken)"])) }
                html.title(words["custody.desk"], over: view.map { names[$0.holder] })
                guard let view else { return html.noSeat() }
                html.columns { html in
                    take(&html, context)
                    table(&html, rows, names)
                    if view.count > rows.count { html.note(words.count("custody.more", view.count - rows.count)) }
                } aside: { html in
                    html.card(words["count.title"]) { html in
                        html.paragraph(words.count("count.here", view.count))
                        html.buttonLink(words["count.begin"], Paths.originalsCount(door), key: "c")
                    }
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }

    private func take(_ html: inout HTML, _ context: Context) {
        let words = html.words
        html.card(words["custody.take"]) { html in
            html.form(Paths.originals(door), site.tokens(context)) { html in
                html.field(
                    Field(
                        "label", words["custody.label-field"], .text(max: CustodyCode.typedCharactersMax),
                        hint: words["custody.label-hint"]))
                if door == .office {
                    html.field(
                        Field(
                            "for", words["custody.for"],
                            .choice([
                                Option("self", words["custody.for-self"]),
                                Option("archive", words["custody.for-archive"]),
                            ]), answer: Answer("self")))
                }
                html.button(words["custody.take-button"], key: "t")
            }
        }
    }

    private func table(_ html: inout HTML, _ rows: [OriginalRow], _ names: CustodyNames) {
        let words = html.words
        html.table(
            words["custody.in-hand"],
            [
                Column(words["custody.label-code"]), Column(words["custody.material"]), Column(words["custody.case"]),
                Column(words["custody.state"]),
            ], rows
        ) { html in
            html.empty(words["custody.none-here"], words["custody.none-here-help"])
        } row: { html, row in
            html.row { html in
                html.headCell("\(row.item.code)", href: Paths.original(row.item.code, door))
                html.cell(row.material)
                html.cell(row.short)
                html.cell { $0.state(of: row.item, names) }
            }
        }
    }
}
