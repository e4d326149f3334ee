import Accounts
import Catalogue
import Dossiers
import Hall
import Vocabulary

/// An application that a program sent, over the API or over a link, on its way to a dossier.
struct SentFiling {
    let site: Site
    let words: Words
    let item: ItemVersion
    let body: ApplicationBody

    /// Whose matter it is, who files, and as whom.
    struct Parties {
        let applicant: Person
        let writer: Citizen
        let performer: Performer
        /// Those whom the city does not know yet.
        var strangers: [Person] = []
    }

    /// Those whom a partner names. Refuses, before anybody is looked up, what it may not file: it learns nothing.
    func parties(_ partner: Hall.PartnerGuest) async throws -> Parties {
        try partner.require(.file, for: try await site.hall.terms(of: item, situation: body.situation ?? [:]))
        guard body.principal == nil, let named = body.applicant else { throw PartnerRefusal.personUnfit }
        let (applicant, isKnown) = try await site.hall.known(
            try named.person(site), by: partner, key: site.accountKey)
        var strangers = isKnown ? [] : [applicant]
        var writer: Citizen?
        if case .citizen(let citizen) = applicant { writer = citizen }
        if let agent = body.agent {
            let (person, isKnown) = try await site.hall.known(
                .citizen(try agent.citizen(site)), by: partner, key: site.accountKey)
            if !isKnown { strangers.append(person) }
            if case .citizen(let citizen) = person { writer = citizen }
        }
        // An organisation acts through somebody.
        guard let writer else { throw PartnerRefusal.personUnfit }
        return Parties(
            applicant: applicant, writer: writer, performer: partner.filer(for: applicant.id),
            strangers: strangers)
    }

    /// The application as a page would have it. Refuses what is not complete, and a second dossier for the same item
    /// unless the program says that it knows.
    func application(
        of parties: Parties, _ files: (materials: [HandedIn], names: [String: String])
    ) async throws -> Application {
        var draft = Draft(
            id: DraftID(parties.writer.id.subject), owner: parties.writer.id,
            item: (item.itemCode, item.version), now: site.hall.time.now())
        (draft.contents.situation, draft.contents.answers) = (body.situation ?? [:], try body.typed())
        (draft.contents.materials, draft.contents.fileNames) = (files.materials, files.names)
        draft.contents.mode = ServiceMode.all.first { $0.id == body.way.mode }
        draft.contents.delivery = DeliveryMode.all.first { $0.id == body.way.delivery }
        draft.contents.lagging = body.lagging
        draft.contents.declinesCommitment = body.commitment == .ordinary ? true : nil
        let persons = parties.applicant.id == parties.writer.id ? [] : [Person.citizen(parties.writer)]
        let holdings = try await site.hall.holdings(
            for: item.guide.materials, of: [parties.applicant] + persons, applicant: parties.applicant.id)
        var application = Application(
            draft: draft, item: item, applicant: parties.applicant, citizen: parties.writer, held: holdings.satisfied,
            unfit: holdings.unfit, earlier: [:])
        if body.commitment == .signed {
            application.draft.contents.commitment = application.commitmentText(words)
        }
        application.draft.contents.deliverTo = body.door?.address(site)
        try await check(application)
        return application
    }

    /// Files it.
    func submit(_ application: Application, of parties: Parties, _ attempt: Attempt) async throws -> Outcome {
        try await site.hall.submit(
            try await application.submission(site, words), by: parties.performer, attempt: attempt,
            registering: Newcomers(parties.strangers, key: site.accountKey))
    }

    private func check(_ application: Application) async throws {
        var gaps = application.gaps(site)
        if !application.laggingSpecs.isEmpty, body.undertaking != true {
            gaps.append(FilingGap(.undertaking, "application.undertaking-missing") { $0["tolerance.tick"] })
        }
        if body.truth != true { gaps.append(FilingGap(.truth, "application.truth-missing") { $0["apply.truth-tick"] }) }
        guard gaps.isEmpty else { throw ApplicationIncomplete(gaps: gaps) }
        if body.despiteOpen != true, try await application.openFiling(site.hall) != nil {
            throw ApplicationRefusal.openAlready
        }
    }
}
