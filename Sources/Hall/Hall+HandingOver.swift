package import Accounts
import Certificates
import Delivery
package import Documents
package import Dossiers
import Papers
import Store
package import Vocabulary
package import Windows

/// 出件: a result is handed to whoever may take it, with proof.
extension Hall {
    /// What an issuing window says of somebody who stands there.
    package struct HandingOver: Sendable {
        /// By the pick-up code or by the identity card.
        package let proof: HandOverProof
        /// The code as it was said; empty when none was.
        package var code = ""
        /// The number of the identity card as it was typed or scanned.
        package var number = ""
        /// Who takes it, where the code alone was said; empty for the applicant.
        package var recipient = ""
        /// What was drawn, as `DrawnSignature.text`; empty when nothing was.
        package var signature = ""
        /// The ticket of whoever stands at the window; nil where nobody does.
        package var ticket: TicketID?

        package init(by proof: HandOverProof) { self.proof = proof }

        /// Whether somebody said what can be right: only that is a guess and is counted.
        fileprivate var isGuess: Bool {
            switch proof {
            case .pickUpCode: Self.isCode(code)
            default: CitizenID(number) != nil && (code.isEmpty || Self.isCode(code))
            }
        }

        private static func isCode(_ text: String) -> Bool {
            text.utf8.count == Hall.pickUpDigits && text.utf8.allSatisfy { (48...57).contains($0) }
        }
    }

    /// Whoever takes a result, and as whom: a term of the proof of service.
    private struct Taker {
        let name: String
        let standing: String
        var isByCode = false
    }

    /// Hands a result over: looks whether she may take it, serves the decision, closes the case and issues the proof of
    /// service, whose id it answers; nil where the applicant's data were erased. Wrong codes and cards are counted for
    /// each result and each address like failed sign-ins. The same attempt does it once. Refuses whoever may not issue
    /// there, as `ShelfRefusal` whoever may not take it, and a receipt that is signed in no way.
    package func handOver(
        _ id: DossierID, _ asked: HandingOver, by staff: Guest, from address: String, key: AccountKey,
        attempt: Attempt,
        printer: @Sendable (@escaping @Sendable (Typeface) throws -> PDFFile) async throws -> [UInt8]
    ) async throws -> PaperID? {
        let stamp = stamp(of: staff.session.holder.actor)
        let performer = staff.performer(today: stamp.now.day)
        let mark = Array("\(id) hand-over-result \(asked.proof.rawValue)".utf8)
        let (seen, answer) = try await store.read { tx in
            let dossier = try load(id, in: tx)
            guard staff.may(.issue, dossier, today: stamp.now.day) else { throw PerformerRefusal.notAllowed }
            return (dossier, try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx))
        }
        if let answer { return Subject(bytes: answer).map { PaperID($0) } }
        guard case .issued(_, _, let code) = seen.stage else {
            // The rules say why.
            _ = try await perform(.handOver(asked.proof, recipient: ""), on: id, by: performer, attempt: attempt)
            return nil
        }
        let drawing = try Self.drawing(in: asked, code: code)
        let guess = LoginAttempt(login: "result:\(id)", address: address, key: key)
        let taker = try await taker(asked, of: seen, guess, key)
        let opened = try await decisions(of: id)
        for paper in opened {
            do {
                _ = try await file(of: paper, for: performer.actor, printer: printer)
            } catch is DocumentRefusal {
                // What cannot be printed is not served by this; the proof names it all the same.
            }
        }
        let server = staff.places.first?.staff
        let handing = PaperEvent.Handing(
            recipient: taker.name, place: try await seat(of: staff)?.hall.name ?? "@issuing",
            server: server?.name?.text ?? server?.employeeNumber.text ?? "@issuing")
        let (proof, dossier) = try await store.write { tx -> (PaperID?, Dossier?) in
            if let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) {
                return (Subject(bytes: answer).map { PaperID($0) }, nil)
            }
            let command = DossierCommand.handOver(asked.proof, recipient: taker.name)
            let dossier = try apply(command, on: id, by: performer, stamp: stamp, in: tx)
            try bind(asked.ticket, to: dossier, by: command, of: performer.actor, stamp: stamp, in: tx)
            let proof = try prove(dossier, asked, taker, drawing, handing, stamp: stamp, in: tx)
            try ThrottleTable.succeeded(guess, in: tx)
            try Tokens.keep(
                proof?.subject.bytes ?? [], for: attempt.token, by: performer.actor, command: mark, now: stamp.now,
                in: tx)
            return (proof, dossier)
        }
        if let dossier { dossiers.keep(dossier, of: id.subject) }
        return proof
    }

    /// Whether a code opens the result of a case; a wrong one is counted. Where nothing lies ready under a code, none
    /// is asked for.
    package func opens(
        _ dossier: Dossier, with code: String, from address: String, key: AccountKey
    ) async throws -> Bool {
        guard case .issued(_, _, let wanted?) = dossier.stage else { return true }
        var asked = HandingOver(by: .pickUpCode)
        asked.code = code
        guard asked.isGuess else { return false }
        let guess = LoginAttempt(login: "result:\(dossier.id)", address: address, key: key)
        try await count(guess)
        guard key.isSame(code, as: wanted) else { return false }
        try await store.write { tx in try ThrottleTable.succeeded(guess, in: tx) }
        return true
    }

    private func count(_ guess: LoginAttempt) async throws {
        let now = time.now()
        do {
            try await store.write { tx in try ThrottleTable.begin(guess, now: now, in: tx) }
        } catch LoginRefusal.wait {
            throw ShelfRefusal.tooManyGuesses
        }
    }

    /// What was drawn. A receipt is signed by drawing or by the code; where there is no code, on the printed proof.
    private static func drawing(
        in asked: HandingOver, code: String?
    ) throws(ShelfRefusal) -> DrawnSignature? {
        guard asked.signature.isEmpty else {
            guard let drawing = DrawnSignature(asked.signature) else { throw .signatureUnfit }
            return drawing
        }
        guard asked.proof == .pickUpCode || code == nil || !asked.code.isEmpty else { throw .signatureMissing }
        return nil
    }

    private func taker(
        _ asked: HandingOver, of dossier: Dossier, _ guess: LoginAttempt, _ key: AccountKey
    ) async throws -> Taker {
        guard asked.isGuess else {
            throw asked.proof == .pickUpCode || CitizenID(asked.number) != nil
                ? ShelfRefusal.wrongCode : ShelfRefusal.wrongIdentity
        }
        try await count(guess)
        let today = time.now().day
        return try await store.read { tx in try taker(asked, of: dossier, key, today, in: tx) }
    }

    private func taker(
        _ asked: HandingOver, of dossier: Dossier, _ key: AccountKey, _ today: CivilDate, in tx: Transaction
    ) throws -> Taker {
        var isByCode = false
        if case .issued(_, _, let wanted?) = dossier.stage, !asked.code.isEmpty {
            guard key.isSame(asked.code, as: wanted) else { throw ShelfRefusal.wrongCode }
            isByCode = true
        }
        guard asked.proof == .identityCard else {
            guard isByCode else { throw ShelfRefusal.wrongCode }
            // The code was told to whoever filed: the applicant, or the agent who acts for her.
            let name = asked.recipient.isEmpty ? dossier.personal?.applicantName ?? "—" : asked.recipient
            return Taker(name: name, standing: dossier.submitted.agent == nil ? "self" : "behalf", isByCode: true)
        }
        guard let number = CitizenID(asked.number) else { throw ShelfRefusal.wrongIdentity }
        var taker = try bearer(of: number, for: dossier, key, today, in: tx)
        taker.isByCode = isByCode
        return taker
    }

    /// Who has the identity card, and by what she may take the result: it is hers, she represents the firm by law, or
    /// she has a letter of authority for the item today.
    private func bearer(
        of number: CitizenID, for dossier: Dossier, _ key: AccountKey, _ today: CivilDate, in tx: Transaction
    ) throws -> Taker {
        let submitted = dossier.submitted
        if let own = dossier.personal, own.applicantNumber == number.number {
            return Taker(name: own.applicantName, standing: "self")
        }
        if case .legalPerson(let firm)? = try PersonTable.remaining(submitted.applicant, in: tx),
            firm.representative.number == number
        {
            return Taker(name: firm.representative.name.text, standing: "representative")
        }
        guard let agent = try PersonTable.find(.citizen(number), key: key, in: tx),
            let person = try PersonTable.remaining(agent, in: tx)
        else { throw ShelfRefusal.wrongIdentity }
        let letters = try AgencyTable.agencies(of: submitted.applicant, to: agent, on: today, in: tx)
        if letters.contains(where: { $0.covers(submitted.terms.catalogCode, on: today) }) {
            return Taker(name: person.name.text, standing: "behalf")
        }
        throw letters.isEmpty && submitted.agent != agent ? ShelfRefusal.wrongIdentity : ShelfRefusal.noLetter
    }

    /// The decision that a result brings, if nobody was served it before.
    private func decisions(of id: DossierID) async throws -> [OpenedPaper] {
        try await store.read { tx in
            try Self.unserved(id, in: tx).map { line in
                let paper = try PaperTable.load(line.id, in: tx)
                return OpenedPaper(paper: paper, template: try papers.shelf.template(paper.issued.template, in: tx))
            }
        }
    }

    private static func unserved(_ id: DossierID, in tx: Transaction) throws -> [PaperLine] {
        try PaperTable.of(id, in: tx).filter { $0.isDecision && !$0.isServed && !$0.isVoided }
    }

    /// Serves the decision and issues the proof of service, in the transaction of the handing over.
    private func prove(
        _ dossier: Dossier, _ asked: HandingOver, _ taker: Taker, _ drawing: DrawnSignature?,
        _ handing: PaperEvent.Handing, stamp: Stamp, in tx: Transaction
    ) throws -> PaperID? {
        guard let person = dossier.personal else { return nil }
        let terms = dossier.submitted.terms
        let served = PaperEvent.Served(mode: .direct, servedAt: stamp.now, server: stamp.actor)
        var about: [PaperID] = []
        for line in try Self.unserved(dossier.id, in: tx) {
            guard try PaperTable.load(line.id, in: tx).file != nil else { continue }
            try PaperTable.serve(line.id, served, handing, stamp: stamp, in: tx)
            about.append(line.id)
        }
        var named = try PaperTable.of(dossier.id, in: tx).filter { $0.isDecision && !$0.isVoided }.map {
            (title: $0.title, number: $0.number)
        }
        if let certificate = try dossier.certificate.flatMap({ try CertificateTable.load($0, in: tx) }) {
            named.append((terms.certificateName ?? terms.itemName, certificate.reservation.identifier.serial))
        }
        if named.isEmpty { named = [(terms.itemName, dossier.submitted.numbers.short)] }
        let contents = PaperContents(
            dossier: dossier, guide: try papers.guides.guide(terms.itemCode, version: terms.version, in: tx),
            rules: rules(for: terms.region), remedies: papers.remedies, now: stamp.now, staffName: nil)
        let common = contents.make(.serviceRecord, ["applicant": .text(person.applicantName)])
        var result = PaperRules.HandOver(
            named, at: stamp.now, to: handing, as: taker.standing,
            by: asked.proof == .identityCard ? "card" : "code", signed: (drawing, taker.isByCode))
        result.about = about
        let id = Self.paperID(.serviceRecord, of: dossier.id.subject, Self.proofPlace + dossier.sequence, stamp)
        let draft = PaperRules.proof(of: result, by: common.body, about: dossier.id, common.values)
        try PaperTable.issue(draft, as: id, shelf: papers.shelf, stamp: stamp, in: tx)
        return id
    }
}

extension PaperLine {
    /// Whether it is what a result consists of, and not a notice on the way to it.
    fileprivate var isDecision: Bool { kind == .grant || kind == .refusal }
}
