import Accounts
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/office/halls`: the halls of the city, their windows and their kiosks; for administrators.
struct HallsDesk {
    static let path = "/office/halls"

    let site: Site

    func get(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        try await list(context, refused: nil)
    }

    /// Adds a hall.
    func post(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        do {
            guard let code = HallCode(form["code"]) else { throw WindowRefusal.codeMalformed }
            try await site.hall.keep(hall: code, terms(form), isNew: true, by: context.guest)
            return .seeOther(Paths.hallDesk(code))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            return try await list(
                context, refused: RefusedDeed(resource: "halls", form: form, refusal: refusal))
        }
    }

    private func terms(_ form: PostedForm) -> Hall.HallTerms {
        Hall.HallTerms(
            name: .init(form["name"], form["name-en"]), address: .init(form["address"], form["address-en"]),
            slotPlaces: Int(form["places"]) ?? -1)
    }

    private func list(_ context: AdministratorContext, refused: RefusedDeed?) async throws -> Response {
        let halls = try await site.hall.serviceHalls()
        let visit = site.visit(context, .office)
        let words = visit.words
        return .page(
            visit.page(words["halls.title"], hasErrors: refused != nil) { html in
                html.refused(refused, site)
                html.title(words["halls.title"])
                html.table(
                    words["halls.title"],
                    [
                        Column(words["hall.code"]), Column(words["hall.name"]),
                        Column(words["hall.places"], isNumeric: true), Column(words["minutes.title"]),
                    ],
                    halls
                ) { html in
                    html.empty(html.words["halls.none"], html.words["halls.none-help"])
                } row: { html, hall in
                    html.row { html in
                        html.cell(hall.code.text)
                        html.headCell(html.words.name(of: hall), href: Paths.hallDesk(hall.code))
                        html.cell(html.words.number(hall.slotPlaces), isNumeric: true)
                        html.cell { html in
                            html.link(PageLink(html.words["minutes.show"], Paths.minutes(hall.code)))
                        }
                    }
                }
                html.card(words["hall.add"]) { html in
                    let form = DeedForm("halls", refused, site, words)
                    html.form(Self.path, site.tokens(context)) { html in
                        html.field(
                            form.field("code", words["hall.code"], .text(max: 12), hint: words["hall.code-hint"]))
                        html.hallFields(form, nil)
                        html.button(words["hall.add"])
                    }
                }
            }, status: refused?.status ?? .ok)
    }

    func show(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        try await show(context, refused: nil, key: nil)
    }

    /// `POST /office/halls/{hall}/{deed}`: changes the hall, its windows or its kiosks.
    func deed(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (code, resource) = (try context.hallOnPage(), try context.parameters.require("deed"))
        let (hall, guest) = (site.hall, context.guest)
        do {
            switch resource {
            case "terms": try await hall.keep(hall: code, terms(form), isNew: false, by: guest)
            case "windows", "abilities":
                try await hall.keep(
                    window: form.number("number"), of: code,
                    capabilities: form.all("capability").compactMap(Capability.init), isNew: resource == "windows",
                    by: guest)
            case "removal": try await hall.remove(window: form.number("number"), of: code, by: guest)
            case "kiosks":
                let key = try await hall.addKiosk(form["label"], to: code, by: guest)
                // Shown once: the house keeps a digest only.
                return try await show(context, refused: nil, key: key)
            case "kiosk-ending": try await hall.endKiosk(form["kiosk"], of: code, by: guest)
            default: throw DoorRefusal.noSuchPage
            }
            return .seeOther(Paths.hallDesk(code))
        } catch let refusal as WindowRefusal where refusal != .hallNotFound {
            return try await show(
                context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal), key: nil)
        }
    }

    private func show(
        _ context: AdministratorContext, refused: RefusedDeed?, key: KioskKey?
    ) async throws -> Response {
        let desk = try await site.hall.hallDesk(try context.hallOnPage())
        let visit = site.visit(context, .office)
        let words = visit.words
        let (hall, name) = (desk.hall, words.name(of: desk.hall))
        return .page(
            visit.page(
                name, crumbs: [PageLink(words["halls.title"], Self.path)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                if let key {
                    html.banner(.success, words["kiosk.made"]) { html in
                        html.paragraph(words["kiosk.made-help"])
                        html.copyable(
                            site.press.address.absolute("\(Paths.kiosk(hall.code))?key=\(key.text)"),
                            name: words["kiosk.address"])
                    }
                }
                html.title(name, over: hall.code.text)
                html.element("p") { $0.link(PageLink(words["minutes.title"], Paths.minutes(hall.code))) }
                html.columns { html in
                    windows(&html, hall, desk.windows, context)
                    kiosks(&html, hall, desk.kiosks, context)
                } aside: { html in
                    forms(&html, hall, refused, context)
                }
            }, status: refused?.status ?? .ok)
    }

    private func windows(
        _ html: inout HTML, _ hall: ServiceHall, _ lines: [Hall.WindowLine], _ context: AdministratorContext
    ) {
        let words = html.words
        html.table(
            words["hall.windows"],
            [
                Column(words["queue.window"], isNumeric: true), Column(words["capability.title"]),
                Column(words["hall.who-sits"]), Column(words["column.deed"]),
            ], lines
        ) { html in
            html.empty(html.words["hall.no-windows"], html.words["hall.no-windows-help"])
        } row: { html, line in
            html.row { html in
                html.cell(html.words.number(line.window.number), isNumeric: true)
                html.headCell(html.words.list(line.window.capabilities.map { html.words[$0.word] }))
                html.cell(line.staff?.calledInLists ?? "")
                html.cell { html in
                    guard line.window.sitting == nil else { return }
                    html.deed("\(Paths.hallDesk(hall.code))/removal", site.tokens(context)) { html in
                        html.hidden("number", "\(line.window.number)")
                        html.button(html.words["hall.remove-window"], .quiet)
                    }
                }
            }
        }
    }

    private func kiosks(
        _ html: inout HTML, _ hall: ServiceHall, _ lines: [KioskTable.Line], _ context: AdministratorContext
    ) {
        let words = html.words
        html.table(
            words["kiosk.all"],
            [Column(words["kiosk.label"]), Column(words["kiosk.since"]), Column(words["column.deed"])],
            lines
        ) { html in
            html.empty(html.words["kiosk.none"], html.words["kiosk.none-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(line.label)
                html.cell { $0.moment(line.madeAt) }
                html.cell { html in
                    html.deed("\(Paths.hallDesk(hall.code))/kiosk-ending", site.tokens(context)) { html in
                        html.hidden("kiosk", line.name)
                        html.button(html.words["kiosk.end"], .quiet)
                    }
                }
            }
        }
    }

    private func forms(
        _ html: inout HTML, _ hall: ServiceHall, _ refused: RefusedDeed?, _ context: AdministratorContext
    ) {
        let words = html.words
        let path = Paths.hallDesk(hall.code)
        let abilities = Capability.allCases.map { Option($0.rawValue, words[$0.word]) }
        for (resource, title) in [("windows", words["hall.add-window"]), ("abilities", words["hall.change-window"])] {
            html.card(title) { html in
                let form = DeedForm(resource, refused, site, words)
                html.form("\(path)/\(resource)", site.tokens(context)) { html in
                    html.field(form.field("number", words["hall.window-number"], .integer(Window.numbers)))
                    html.field(form.field("capability", words["capability.title"], .choices(abilities)))
                    html.button(title, .secondary)
                }
            }
        }
        html.card(words["kiosk.add"]) { html in
            let form = DeedForm("kiosks", refused, site, words)
            html.form("\(path)/kiosks", site.tokens(context)) { html in
                html.field(
                    form.field("label", words["kiosk.label"], .text(max: KioskTable.labelCharactersMax)))
                html.button(words["kiosk.add"], .secondary)
            }
        }
        html.card(words["hall.change"]) { html in
            let form = DeedForm("terms", refused, site, words)
            html.form("\(path)/terms", site.tokens(context)) { html in
                html.hallFields(form, hall)
                html.button(words["hall.change"], .secondary)
            }
        }
    }
}

extension HTML {
    /// Writes the questions about a hall.
    fileprivate mutating func hallFields(_ form: DeedForm, _ hall: ServiceHall?) {
        let (words, most) = (words, ServiceHall.textCharactersMax)
        field(form.field("name", words["hall.name-zh"], .text(max: most), start: hall?.name ?? ""))
        field(form.field("name-en", words["hall.name-en"], .text(max: most), start: hall?.nameEnglish ?? ""))
        field(form.field("address", words["hall.address-zh"], .text(max: most), start: hall?.address ?? ""))
        field(form.field("address-en", words["hall.address-en"], .text(max: most), start: hall?.addressEnglish ?? ""))
        field(
            form.field(
                "places", words["hall.places"], .integer(ServiceHall.slotPlaces), hint: words["hall.places-hint"],
                start: hall.map { "\($0.slotPlaces)" } ?? "20"))
    }
}
