import Accounts
import Catalogue
import Certificates
import Delivery
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/window/intake/{code}`: one screen from the situation to the receipt: the form, the checklist with its standards,
/// the outcome. What the library holds is ticked already.
struct IntakeForm {
    let site: Site
    /// Before the names of the fields of the address.
    private static let door = "door-"

    /// What the screen is about.
    private struct Desk {
        let item: ItemVersion
        let person: Person
        let holdings: Hall.Holdings
        var held: [String: CertificateLine] { holdings.satisfied }
        let faces: [String: [String: String]]
        var situation: [String: String]
        var answers: [String: String]
        var guide: Guide { item.guide }
        /// The way it is filed at a counter; nil when the item is not filed at one.
        var mode: ServiceMode? { guide.offeredModes.first { $0.submission == .counter } }
        /// What a courier with the result costs her; nil where none is set.
        let courierPrice: ParcelPrice?
        /// How the result may come back.
        var deliveries: [DeliveryMode] {
            guide.standard.resultDelivery.filter { delivery in
                delivery.isOffered && mode?.allows(delivery) ?? false
                    && (courierPrice != nil || delivery.carrier != .courier)
            }
        }
        /// How it is to come back, and to which door.
        var delivery: String
        var door: AddressForm
    }

    func get(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let person = request.asked("person")
        let desk = try await open(context, person: person, situation: request.situation, answers: nil)
        return show(desk, context, served: try await site.hall.servedTicket(of: context.guest))
    }

    func post(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        var desk = try await open(
            context, person: form["person"], situation: form.group("situation-"),
            answers: form.group("answer-").filter { !$0.value.isEmpty })
        (desk.delivery, desk.door) = (form["delivery"], AddressForm(site, form, prefix: Self.door))
        let words = site.visit(context, .window).words
        let delivery = desk.deliveries.first { $0.id == form["delivery"] }
        let door = delivery?.carrier == .courier ? desk.door.address() : nil
        let defects = desk.guide.validate(desk.answers, situation: desk.situation, tables: site.tables)
        var errors = defects.map { FieldError("answer-\($0.element)", words.sentence($0)) }
        if !form["mobile"].isEmpty, MobileNumber(form["mobile"]) == nil {
            errors.append(FieldError("mobile", words["intake.mobile-wrong"]))
        }
        errors += desk.door.errors(words)
        guard errors.isEmpty, let attempt = Attempt(form: form["token"]) else {
            let served = try await site.hall.servedTicket(of: context.guest)
            return show(desk, context, errors: errors, mobile: form["mobile"], served: served)
        }
        let results = form.group("material-")
        let wanted = desk.guide.materials(for: desk.situation)
        let handedIn = wanted.compactMap { material -> HandedIn? in
            if let line = desk.held[material.id] { return HandedIn(material.id, .certificate(line.id)) }
            guard results[material.id] == MaterialResult.meets.rawValue else { return nil }
            return HandedIn(material.id, material.isTheForm ? .answers : .paper)
        }
        do {
            let outcome = try await site.hall.submit(
                try await submission(desk, door, handedIn, form, context), by: context.performer(site),
                attempt: attempt, for: try form.served())
            return .seeOther(Paths.window(outcome.dossier) + "/slip")
        } catch let refusal as QueueRefusal {
            return show(desk, context, mobile: form["mobile"], refused: refusal)
        } catch let refusal as ParcelRefusal {
            return show(desk, context, mobile: form["mobile"], refused: refusal)
        }
    }

    private func submission(
        _ desk: Desk, _ door: PostalAddress?, _ handedIn: [HandedIn], _ form: PostedForm, _ context: ClerkContext
    ) async throws -> Submission {
        let terms = try await site.hall.terms(of: desk.item, situation: desk.situation)
        guard let mode = desk.mode, let delivery = desk.deliveries.first(where: { $0.id == form["delivery"] }) else {
            throw DoorRefusal.malformedForm
        }
        let renewal = try await site.hall.renewal(by: desk.person.id, of: desk.guide, situation: desk.situation)
        let change = try await site.hall.change(by: desk.person.id, of: desk.guide, situation: desk.situation)
        return Submission(
            terms: terms,
            way: Submission.Way(
                mode: mode, delivery: delivery, situation: desk.situation, hall: context.staff.region,
                isCommitted: form["committed"] == "yes", renewal: renewal, change: change,
                agreedCents: door == nil ? nil : Int(form["cents"])),
            parties: Submission.Parties(applicant: desk.person.id),
            numbers: try await site.hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: handedIn,
                personal: Submission.Personal(
                    applicant: (desk.person.name.text, desk.person.number.text),
                    contactMobile: form["mobile"], answers: desk.answers, files: ([:], site.hall.queryPassword())
                ).delivered(to: door)))
    }

    private func open(
        _ context: ClerkContext, person: String, situation: [String: String], answers: [String: String]?
    ) async throws -> Desk {
        guard let id = PersonID(person),
            let found = try await site.hall.person(id, for: context.guest, purpose: .intake),
            let item = try await site.hall.item(try context.parameters.require("code"))
        else { throw DoorRefusal.noSuchPage }
        let holdings = try await site.hall.holdings(for: item.guide.materials, of: [found], applicant: id)
        var faces: [String: [String: String]] = [:]
        for line in holdings.satisfied.values {
            faces[line.identifier.type] = try await site.hall.certificate(line.id)?.personal?.face ?? [:]
        }
        var desk = Desk(
            item: item, person: found, holdings: holdings, faces: faces, situation: situation,
            answers: answers ?? prefilled(item.guide, found, faces),
            courierPrice: site.hall.priceOfResult(filedOnline: false), delivery: "",
            door: AddressForm(site, prefix: Self.door))
        desk.delivery = desk.deliveries.first?.id ?? ""
        // Who opens the door: the citizen, or who represents the organisation by law.
        desk.door.typed = [.recipient: found.known("name") ?? "", .mobile: found.known("phone") ?? ""]
        return desk
    }

    private func prefilled(
        _ guide: Guide, _ person: Person, _ faces: [String: [String: String]]
    ) -> [String: String] {
        var answers: [String: String] = [:]
        for field in guide.form.fields {
            switch field.prefill?.source {
            case .account: answers[field.id] = person.known(field.prefill?.field ?? "")
            case .certificate:
                answers[field.id] = faces[field.prefill?.certificateTypeCode ?? ""]?[field.prefill?.field ?? ""]
            case .register: answers[field.id] = person.registered(field.prefill?.field ?? "")
            // An earlier case is the applicant's own: whoever stands at a counter has not opened it.
            case .earlier, nil: break
            }
        }
        return answers
    }

    private func show(
        _ desk: Desk, _ context: ClerkContext, errors: [FieldError] = [], mobile: String = "", served: Ticket? = nil,
        refused: (any Refusal)? = nil
    ) -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        let tokens = site.tokens(context).serving(served?.id.description)
        let isAnswered = desk.guide.validate(situation: desk.situation).isEmpty
        return .page(
            visit.page(
                words.pick(desk.guide.itemName), crumbs: [PageLink(words["nav.intake"], "/window/intake")],
                hasErrors: !errors.isEmpty || refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(
                    words.pick(desk.guide.title),
                    over: words.pick(desk.guide.implementingBody))
                html.errorSummary(errors)
                html.workbench { html in
                    html.card(words["intake.person"]) { html in
                        html.summary([
                            SummaryRow(words["intake.name"], desk.person.name.text),
                            SummaryRow(words["intake.number-short"], desk.person.number.text),
                        ])
                    }
                    html.situations(
                        desk.guide, chosen: desk.situation, at: "/window/intake/\(desk.item.itemCode)",
                        person: desk.person.id)
                } middle: { html in
                    guard isAnswered else { return html.note(words["intake.situation-first"]) }
                    html.form("/window/intake/\(desk.item.itemCode)", tokens, flows: true) { html in
                        html.hidden("person", desk.person.id.description)
                        html.hidden(situation: desk.situation)
                        html.questions(desk.guide, in: desk.situation, answers: desk.answers, errors, site.tables)
                        let wrong = errors.first { $0.field == "mobile" }?.sentence
                        html.field(
                            Field("mobile", words["intake.mobile"], .phone, answer: Answer(mobile, error: wrong)))
                        html.heading(words["intake.checklist"])
                        html.checklist(rows(desk, words))
                        commitment(&html, desk, words)
                        delivery(&html, desk, words)
                        html.button(words["intake.receive"], key: "r")
                    }
                } right: { html in
                    html.served(served)
                    html.card(words["item.promise"]) { $0.paragraph(words.promise(of: desk.guide)) }
                    html.buttonLink(
                        words["form.blank-link"],
                        Paths.form(desk.item.itemCode, AskedSituation(desk.situation, desk.guide).query))
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? (errors.isEmpty ? .ok : .init(code: 422)))
    }

    private func rows(_ desk: Desk, _ words: Words) -> [CheckRow] {
        desk.guide.materials(for: desk.situation).map { material in
            var row = CheckRow(
                code: material.id, name: words.pick(material.name),
                demand: words.count("intake.originals", material.originalCopies),
                standard: words.pick(material.acceptanceStandard))
            row.heldBy = desk.held[material.id].map { words("need.certificate", ["number": $0.identifier.serial]) }
            row.unfit = desk.holdings.unfit[material.id].map { words.why($0) } ?? ""
            return row
        }
    }

    /// Signed on paper here; the materials it stands for need not be ticked.
    private func commitment(_ html: inout HTML, _ desk: Desk, _ words: Words) {
        guard let offer = desk.guide.commitmentOffer(for: desk.situation) else { return }
        let names = desk.guide.materials(for: desk.situation).filter { offer.materials.contains($0.id) }.map {
            words.pick($0.name)
        }
        html.field(
            Field(
                "committed", words["commitment.title"], .consent(words["commitment.signed-here"]),
                hint: words("commitment.text-instead", ["names": words.list(names)])
            ).with { $0.isOptional = true })
    }

    /// How the result comes back; where a courier may bring it, with the price before anything is promised, and the
    /// address, which is asked for once she has chosen that.
    private func delivery(_ html: inout HTML, _ desk: Desk, _ words: Words) {
        let ways = desk.deliveries
        let price = desk.courierPrice.map { words("intake.courier-price", ["price": words.price($0)]) } ?? ""
        html.field(
            Field(
                "delivery", words["apply.way-question"],
                .choice(
                    ways.map {
                        Option(
                            $0.id, words.pick($0.label, $0.labelEnglish), hint: $0.carrier == .courier ? price : "")
                    }),
                answer: Answer(desk.delivery)))
        guard let price = desk.courierPrice, ways.contains(where: { $0.carrier == .courier }) else { return }
        html.hidden("cents", "\(price.cents)")
        html.element("div", .class("only-courier")) { html in
            html.fields(words["intake.door"]) { desk.door.fields(&$0) }
        }
    }
}

extension Person {
    /// What the register knows under an account field's name.
    func known(_ field: String) -> String? {
        switch (field, self) {
        case ("name", .citizen(let citizen)): citizen.name.text
        case ("citizenID", .citizen(let citizen)): citizen.number.number
        case ("phone", .citizen(let citizen)): citizen.mobile?.number
        case ("organisationName", .legalPerson(let firm)): firm.name.text
        case ("creditCode", .legalPerson(let firm)): firm.code.code
        case ("legalRepresentative", .legalPerson(let firm)), ("name", .legalPerson(let firm)):
            firm.representative.name.text
        case ("citizenID", .legalPerson(let firm)): firm.representative.number.number
        default: nil
        }
    }

    /// What the register says of an organisation; nil for a citizen.
    func registered(_ field: String) -> String? {
        guard case .legalPerson = self, FormField.Prefill.registerFields.contains(field) else { return nil }
        return known(field)
    }
}

extension StaffContext {
    func performer(_ site: Site) -> Performer { guest.performer(today: site.hall.time.now().day) }
}
