import Accounts
import Catalogue
import Certificates
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `/assist/authorities/{principal}/{authority}/items/{code}`: files an item online for the principal, on one page: the
/// situation, the form, what is handed in, and how the result comes back. It is her application; who filed it for her
/// stands beside it.
struct AssistFiling {
    let site: Site

    /// What the page is about.
    private struct Desk {
        let authority: Hall.AssistanceLine
        let person: Person
        let item: ItemVersion
        let holdings: Hall.Holdings
        let situation: [String: String]
        let answers: [String: String]
        var guide: Guide { item.guide }
        var path: String { Paths.filing(authority.authority, item.itemCode) }
        var isAnswered: Bool { guide.validate(situation: situation).isEmpty }
        var asked: [MaterialSpec] { guide.materials(for: situation) }
        /// What must be handed in as files.
        var open: [MaterialSpec] { asked.filter { holdings.satisfied[$0.id] == nil && !$0.isTheForm } }
        /// The ways in which it is filed online; a courier would need an address, which the portal asks for.
        var ways: [(mode: ServiceMode, delivery: DeliveryMode)] {
            guide.offeredModes.filter { $0.submission == .online }.flatMap { mode in
                guide.standard.resultDelivery
                    .filter { $0.isOffered && $0.carrier != .courier && mode.allows($0) }
                    .map { (mode: mode, delivery: $0) }
            }
        }
    }

    func get(_ request: Request, _ context: AssistantContext) async throws -> Response {
        show(try await open(context, request.situation, nil), context, errors: [], form: nil)
    }

    func post(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let upload = try await UploadedForm(request, context, site: site, filesLeft: Limits.uploadFilesMax)
        let form = upload.form
        let desk = try await open(
            context, form.group("situation-"), form.group("answer-").filter { !$0.value.isEmpty })
        let errors = errors(desk, upload, site.visit(context, .window).words)
        guard errors.isEmpty, let attempt = Attempt(form: form["token"]) else {
            return show(desk, context, errors: errors, form: form)
        }
        let performer = site.hall.assisting(desk.authority.authority, by: context.guest)
        let outcome = try await site.hall.submit(
            try await submission(desk, upload), by: performer, attempt: attempt)
        return .seeOther(Paths.assist(outcome.dossier))
    }

    private func errors(_ desk: Desk, _ upload: UploadedForm, _ words: Words) -> [FieldError] {
        let form = upload.form
        var errors = desk.guide.validate(desk.answers, situation: desk.situation, tables: site.tables).map {
            FieldError("answer-\($0.element)", words.sentence($0))
        }
        errors += upload.refused.map { FieldError($0.field, site.refusals[$0.refusal.code, words].what) }
        let present = Set(upload.handedIn.map(\.material) + errors.map(\.field))
        errors += desk.open.filter { !present.contains($0.id) }.map {
            FieldError($0.id, words("apply.material-missing", ["name": words.pick($0.name)]))
        }
        if MobileNumber(form["mobile"]) == nil { errors.append(FieldError("mobile", words["intake.mobile-wrong"])) }
        if way(desk, form) == nil { errors.append(FieldError("way", words["apply.way-missing"])) }
        return errors
    }

    private func way(_ desk: Desk, _ form: PostedForm) -> (mode: ServiceMode, delivery: DeliveryMode)? {
        desk.ways.first { form["way"] == "\($0.mode.id) \($0.delivery.id)" }
    }

    private func submission(_ desk: Desk, _ upload: UploadedForm) async throws -> Submission {
        let terms = try await site.hall.terms(of: desk.item, situation: desk.situation)
        guard let way = way(desk, upload.form) else { throw DoorRefusal.malformedForm }
        let files = Dictionary(upload.handedIn.map { ($0.material, $0) }, uniquingKeysWith: { $1 })
        let handedIn = desk.asked.compactMap { material -> HandedIn? in
            if let line = desk.holdings.satisfied[material.id] { return HandedIn(material.id, .certificate(line.id)) }
            return material.isTheForm ? HandedIn(material.id, .answers) : files[material.id]
        }
        var names: [String: String] = [:]
        for (_, file, name) in upload.files {
            for kept in file.keptFiles { names[kept.digest] = name }
        }
        let id = desk.person.id
        return Submission(
            terms: terms,
            way: Submission.Way(
                mode: way.mode, delivery: way.delivery, situation: desk.situation,
                renewal: try await site.hall.renewal(by: id, of: desk.guide, situation: desk.situation),
                change: try await site.hall.change(by: id, of: desk.guide, situation: desk.situation)),
            parties: Submission.Parties(applicant: id),
            numbers: try await site.hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: handedIn,
                personal: Submission.Personal(
                    applicant: (desk.person.name.text, desk.person.number.text),
                    contactMobile: upload.form["mobile"], answers: desk.answers,
                    files: (names, site.hall.queryPassword()))))
    }

    private func open(
        _ context: AssistantContext, _ situation: [String: String], _ answers: [String: String]?
    ) async throws -> Desk {
        let (id, principal) = try context.authorityOnPage()
        let line = try await site.hall.authority(id, of: principal, for: context.guest)
        guard let person = line.principal, let item = try await site.hall.item(try context.parameters.require("code"))
        else { throw DoorRefusal.noSuchPage }
        let catalogCode = String(item.guide.implementationCode.code.suffix(12))
        try line.authority.check(catalogCode, on: site.hall.time.now().day)
        let holdings = try await site.hall.holdings(for: item.guide.materials, of: [person], applicant: principal)
        var known: [String: String] = [:]
        for field in item.guide.form.fields {
            switch field.prefill?.source {
            case .account: known[field.id] = person.known(field.prefill?.field ?? "")
            case .register: known[field.id] = person.registered(field.prefill?.field ?? "")
            // What the library holds is handed in; what she wrote before is her own.
            case .certificate, .earlier, nil: break
            }
        }
        return Desk(
            authority: line, person: person, item: item, holdings: holdings, situation: situation,
            answers: answers ?? known)
    }

    private func show(
        _ desk: Desk, _ context: AssistantContext, errors: [FieldError], form: PostedForm?
    ) -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        let name = words("assist.for", ["name": desk.person.name.text])
        return .page(
            visit.page(
                words.pick(desk.guide.itemName),
                crumbs: [
                    PageLink(words["assist.title"], Paths.assist),
                    PageLink(name, Paths.authority(desk.authority.authority)),
                ], hasErrors: !errors.isEmpty
            ) { html in
                html.errorSummary(errors)
                html.title(words.pick(desk.guide.title), over: name)
                html.reading { html in
                    if !errors.isEmpty { html.banner(.warning, words["assist.files-again"]) }
                    html.situations(desk.guide, chosen: desk.situation, at: desk.path)
                    guard desk.isAnswered else { return html.note(words["intake.situation-first"]) }
                    guard !desk.ways.isEmpty else { return html.banner(.warning, words["assist.no-way"]) }
                    html.form(desk.path, site.tokens(context), hasFiles: true) { html in
                        html.hidden(situation: desk.situation)
                        html.questions(desk.guide, in: desk.situation, answers: desk.answers, errors, site.tables)
                        materials(&html, desk, errors)
                        ending(&html, desk, errors, form)
                        html.button(words["assist.send"], key: "r")
                    }
                }
            }, status: errors.isEmpty ? .ok : .init(code: 422))
    }

    private func materials(_ html: inout HTML, _ desk: Desk, _ errors: [FieldError]) {
        let words = html.words
        html.subheading(words["apply.materials"])
        html.needs(
            desk.asked.filter { desk.holdings.satisfied[$0.id] != nil || $0.isTheForm }.map { material in
                let by = desk.holdings.satisfied[material.id].map {
                    words("need.certificate", ["number": $0.identifier.serial])
                }
                return NeedRow(
                    words.pick(material.name), detail: "",
                    standing: by.map(NeedRow.Standing.held) ?? .made(words["apply.form-made"]))
            })
        for material in desk.open {
            html.field(
                Field(
                    material.id, words.pick(material.name), .files([".pdf", ".ofd", ".jpg", ".png"], max: 5, kept: []),
                    hint: words.pick(material.acceptanceStandard),
                    answer: Answer("", error: sentence(errors, material.id))))
        }
    }

    private func ending(_ html: inout HTML, _ desk: Desk, _ errors: [FieldError], _ form: PostedForm?) {
        let words = html.words
        let mobile: String? = if case .citizen(let citizen) = desk.person { citizen.mobile?.number } else { nil }
        html.field(
            Field(
                "mobile", words["assist.mobile"], .phone,
                answer: Answer(form?["mobile"] ?? mobile ?? "", error: sentence(errors, "mobile"))))
        let chosen = form?["way"] ?? desk.ways.first.map { "\($0.mode.id) \($0.delivery.id)" } ?? ""
        html.field(
            Field(
                "way", words["apply.way-question"],
                .choice(
                    desk.ways.map { way in
                        Option(
                            "\(way.mode.id) \(way.delivery.id)",
                            words.pick(way.delivery.label, way.delivery.labelEnglish),
                            hint: words.pick(way.mode.label, way.mode.labelEnglish))
                    }), answer: Answer(chosen, error: sentence(errors, "way"))))
    }

    private func sentence(_ errors: [FieldError], _ field: String) -> String? {
        errors.first { $0.field == field }?.sentence
    }
}
