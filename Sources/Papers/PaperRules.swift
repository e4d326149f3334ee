package import Store
package import Vocabulary

/// What may become of a paper.
package enum PaperRules {
    /// LIMIT: characters of everything that one paper says of its case.
    package static let charactersMax = 40_000

    /// Whether a paper may be issued as it is filled. Refuses an adverse one without reasons or remedies
    /// (行政许可法 art. 38(2)), one with an empty particular, and what the kind does not know.
    package static func check(_ draft: PaperDraft) throws(PaperRefusal) {
        let kind = draft.kind
        let missing = kind.particulars.filter { $0.isRequired && draft.values[$0.id]?.isEmpty ?? true }.map(\.id)
        if kind.isAdverse {
            guard !missing.contains("reasons") else { throw .reasonsMissing }
            guard PaperKind.remedyIDs.isDisjoint(with: missing) else { throw .remediesMissing }
        }
        guard missing.isEmpty else { throw .particularsMissing(missing) }
        let known = Dictionary(uniqueKeysWithValues: kind.particulars.map { ($0.id, $0.shape) })
        let unfit = draft.values.keys.sorted().filter { id in
            guard let shape = known[id], let value = draft.values[id] else { return true }
            return !value.fits(shape)
        }
        guard unfit.isEmpty else { throw .particularsUnfit(unfit) }
        guard draft.values.values.reduce(0, { $0 + $1.characters }) <= charactersMax else {
            throw .particularsUnfit(["length"])
        }
    }

    /// The issue of a paper with its number, pinned to a template.
    package static func issue(
        _ draft: PaperDraft, number serial: Int, template digest: String, on day: CivilDate
    ) throws(PaperRefusal) -> PaperEvent {
        try check(draft)
        let number = PaperNumber(mark: draft.body.mark, word: draft.kind.word, year: day.year, serial: serial)
        return .issued(
            PaperEvent.Issued(
                kind: draft.kind.id, number: number, template: digest, body: draft.body, day: day,
                dossier: draft.dossier, about: draft.about),
            PaperEvent.Values(values: draft.values))
    }

    /// Takes the bytes that were made for the paper; nil when it has its bytes already, which stay.
    package static func produce(_ file: BlobRef, on paper: Paper) -> PaperEvent? {
        paper.file == nil ? .produced(PaperEvent.Produced(file: file)) : nil
    }

    /// A service with its proof.
    package static func serve(
        _ paper: Paper, _ served: PaperEvent.Served, _ handing: PaperEvent.Handing, at now: Instant
    ) throws(PaperRefusal) -> PaperEvent {
        guard PaperKind.named(paper.issued.kind)?.isServed == true else { throw .notServed }
        guard !paper.isVoided else { throw .voided }
        guard paper.service == nil else { throw .alreadyServed }
        guard served.servedAt >= Instant(paper.issued.day), served.servedAt <= now else { throw .serviceUntimely }
        let said = [handing.recipient, handing.place, handing.server]
        guard said.allSatisfy({ !PaperValue.text($0).isEmpty }) else { throw .serviceIncomplete }
        guard served.mode != .left || !PaperValue.text(handing.witness ?? "").isEmpty else { throw .serviceIncomplete }
        let written = said + [handing.witness ?? "", handing.note ?? ""]
        guard written.allSatisfy({ $0.count <= Limits.textCharactersMax }) else { throw .serviceIncomplete }
        return .served(served, handing)
    }

    /// Sets a paper aside; its number stays its own.
    package static func void(_ paper: Paper, reason: String) throws(PaperRefusal) -> PaperEvent {
        guard !paper.isVoided else { throw .voided }
        let value = PaperValue.text(reason)
        guard !value.isEmpty, value.fits(.text) else { throw .voidReasonMissing }
        return .voided(PaperEvent.Reason(text: reason))
    }

    /// A result as it was handed over at a window.
    package struct HandOver: Sendable {
        /// Its papers and certificates, each by name and number.
        package let papers: [(title: String, number: String)]
        /// The papers that were served with it.
        package var about: [PaperID] = []
        package let at: Instant
        package let handing: PaperEvent.Handing
        /// `self`, `representative` or `behalf`: as whom somebody received it.
        package let standing: String
        /// `code` or `card`: by what she was known.
        package let proof: String
        /// Drawn; nil where the code stands for the signature, or a pen on the printed proof.
        package let signature: DrawnSignature?
        package let isSignedByCode: Bool

        /// A result that somebody took.
        package init(
            _ papers: [(title: String, number: String)], at: Instant, to handing: PaperEvent.Handing,
            as standing: String, by proof: String, signed: (drawing: DrawnSignature?, byCode: Bool)
        ) {
            (self.papers, self.at, self.handing) = (papers, at, handing)
            (self.standing, self.proof) = (standing, proof)
            (signature, isSignedByCode) = (signed.drawing, signed.byCode)
        }
    }

    /// 送达回证 for a result that was handed over at a window. `common` is what every paper of the case says.
    package static func proof(
        of result: HandOver, by body: PaperBody, about dossier: DossierID, _ common: [String: PaperValue]
    ) -> PaperDraft {
        let signing = result.signature != nil ? "@drawn" : result.isSignedByCode ? "@signedByCode" : "@onPaper"
        var draft = PaperDraft(
            .serviceRecord, by: body, about: dossier,
            [
                "papers": .table(result.papers.map { [$0.title, $0.number] }), "mode": .text("@direct"),
                "place": .text(result.handing.place),
                "servedAt": .text("\(PaperDay.text(result.at.day, isChinese: true)) \(result.at.timeOfDay)"),
                "recipient": .text(result.handing.recipient), "server": .text(result.handing.server),
                "standing": .text("@\(result.standing)"), "proof": .text("@\(result.proof)"),
                "signing": .text(signing),
            ])
        for id in ["applicant", "item", "itemEnglish", "dossierNumber"] { draft.values[id] = common[id] }
        draft.values["signature"] = result.signature.map(PaperValue.drawing)
        draft.about = result.about.isEmpty ? nil : result.about
        return draft
    }

    /// 送达回证 for a paper that was served: its name as the paper has it, its number, how, where, when, by and to whom.
    /// Refuses a paper that was not served, and one whose values were erased.
    package static func proof(of paper: Paper, title: String) throws(PaperRefusal) -> PaperDraft {
        guard let service = paper.service else { throw .notServed }
        guard let handing = service.handing, let values = paper.values else { throw .forgotten }
        let at = service.served.servedAt
        var draft = PaperDraft(
            .serviceRecord, by: paper.issued.body, about: paper.issued.dossier,
            [
                "papers": .table([[title, paper.issued.number.description]]),
                "mode": .text("@\(service.served.mode.rawValue)"), "place": .text(handing.place),
                "servedAt": .text("\(PaperDay.text(at.day, isChinese: true)) \(at.timeOfDay)"),
                "recipient": .text(handing.recipient), "server": .text(handing.server),
            ])
        for id in ["applicant", "item", "itemEnglish", "dossierNumber"] { draft.values[id] = values[id] }
        draft.values["witness"] = handing.witness.map(PaperValue.text)
        draft.values["note"] = handing.note.map(PaperValue.text)
        draft.about = [paper.id]
        return draft
    }
}

extension PaperValue {
    /// How much is written.
    fileprivate var characters: Int {
        switch self {
        case .text(let text): text.count
        case .day: 10
        case .list(let lines): lines.reduce(0) { $0 + $1.count }
        case .table(let rows): rows.joined().reduce(0) { $0 + $1.count }
        case .drawing(let drawing): drawing.text.count
        }
    }
}
