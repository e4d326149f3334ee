import Accounts
package import Catalogue
import Exchange
import Store
import Vocabulary

/// What an editor does with a proposal of another house.
package enum ProposalDeed: Sendable, Hashable {
    /// Writes everything into the sheet that can be taken over by one click.
    case take
    /// Begins a sheet for an item that the catalogue does not have.
    case begin
    /// The rest was written by hand, or needs nothing.
    case finish
    case decline(reason: String)
}

/// A proposal as an editor sees it.
package struct ProposalView: Sendable {
    package let proposal: CatalogueProposal
    /// The organisation that it came from; empty where it is no partner any more.
    package let partner: String
    /// The sheet of the item; nil where the catalogue does not have it.
    package let sheet: KeptSheet?
    package let lines: [ProposalLine]
    /// Whether a sheet can be begun with it.
    package let canBegin: Bool

    /// What it is about, as far as anybody says.
    package var name: String { sheet?.sheet.name.zh ?? proposal.values["task_name"]?.text ?? proposal.code.code }
}

extension Hall {
    /// LIMIT: characters of the reason why something is not taken over.
    package static let declineCharactersMax = 500

    /// The columns of the national exchange in words; nil for a family or a column that there is not.
    package func columnTitle(_ family: String, _ column: String) -> String? { families[family]?[field: column]?.title }

    /// What the family is called; its name where there is none.
    package func familyTitle(_ family: String) -> String { families[family]?.title ?? family }

    /// The proposals in a state before one, the latest first.
    package func proposals(
        _ state: CatalogueProposal.State, before id: ProposalID? = nil, _ composer: GuideComposer
    ) async throws -> [ProposalView] {
        try await store.read { tx in
            try ProposalTable.proposals(state, before: id, in: tx).map { try view($0, composer, in: tx) }
        }
    }

    /// A proposal; throws `CatalogueRefusal.proposalNotFound`.
    package func proposal(_ id: ProposalID, _ composer: GuideComposer) async throws -> ProposalView {
        try await store.read { tx in
            guard let proposal = try ProposalTable.proposal(id, in: tx) else {
                throw CatalogueRefusal.proposalNotFound
            }
            return try view(proposal, composer, in: tx)
        }
    }

    /// How many are open.
    package func openProposals() async throws -> Int {
        try await store.read { tx in try ProposalTable.openCount(in: tx) }
    }

    /// The open ones about an item, the latest first.
    package func proposals(of codes: [CatalogCode], _ composer: GuideComposer) async throws -> [ProposalView] {
        try await store.read { tx in
            try ProposalTable.open(of: codes, in: tx).map { try view($0, composer, in: tx) }
        }
    }

    /// Does something with an open proposal, as an editor of the item's department, on the revision of the sheet that
    /// she saw. What is taken over is a draft under her name, to be reviewed and published like any other. Answers the
    /// sheet's name in addresses; nil where there is none.
    package func perform(
        _ deed: ProposalDeed, on id: ProposalID, revision: Int?, by staff: Guest, _ composer: GuideComposer
    ) async throws -> String? {
        let (editor, stamp, subject) = (try editor(staff), stamp(of: staff.session.holder.actor), ids.next())
        return try await store.write { tx in
            guard let proposal = try ProposalTable.proposal(id, in: tx) else {
                throw CatalogueRefusal.proposalNotFound
            }
            guard !proposal.state.isOver else { throw CatalogueRefusal.proposalSettled }
            let kept = try SheetTable.sheet(of: proposal.code, in: tx)
            guard kept?.revision == revision else { throw CatalogueRefusal.sheetChanged }
            try requireEditor(staff, for: kept?.sheet, proposal, composer, today: stamp.now.day)
            switch deed {
            case .take:
                guard let kept else { throw CatalogueRefusal.nothingToTake }
                let next = try take(proposal, into: kept, by: editor, stamp, composer, in: tx)
                guard try proposal.lines(on: next, composer.tables).isEmpty else { break }
                try end(proposal, as: .taken, by: editor, stamp, in: tx)
            case .begin:
                guard kept == nil else { throw CatalogueRefusal.sheetExists(proposal.code.code) }
                try begin(proposal, as: subject, by: editor, stamp, composer, in: tx)
            case .finish: try end(proposal, as: .taken, by: editor, stamp, in: tx)
            case .decline(let reason):
                let words = String(reason.trimmingPrefix(while: \.isWhitespace))
                guard !words.isEmpty, words.count <= Self.declineCharactersMax else {
                    throw CatalogueRefusal.reasonMissing
                }
                try end(proposal, as: .declined, by: editor, reason: words, stamp, in: tx)
            }
            return try kept?.sheet.slug ?? SheetTable.sheet(of: proposal.code, in: tx)?.sheet.slug
        }
    }

    private func view(
        _ proposal: CatalogueProposal, _ composer: GuideComposer, in tx: Transaction
    ) throws -> ProposalView {
        let kept = try SheetTable.sheet(of: proposal.code, in: tx)
        let lines = try proposal.state.isOver ? [] : proposal.lines(on: kept?.sheet, composer.tables)
        return ProposalView(
            proposal: proposal, partner: try PartnerTable.partner(proposal.source.partner, in: tx)?.name ?? "",
            sheet: kept, lines: lines, canBegin: kept == nil && proposal.beginning(composer) != nil)
    }

    /// Where there is no sheet yet, whoever edits for the body that the record names; for the whole city where it names
    /// none that is known.
    private func requireEditor(
        _ staff: Guest, for sheet: ItemSheet?, _ proposal: CatalogueProposal, _ composer: GuideComposer,
        today: CivilDate
    ) throws {
        if let sheet { return try require(staff, for: sheet, composer, today: today) }
        if let department = proposal.department(composer) {
            return try require(staff, for: (department, proposal.code), composer, today: today)
        }
        guard case .staff(_, let grants) = staff.who else { throw PerformerRefusal.notAllowed }
        try Permits.check(.editCatalogue, wholeOf: .fuzhou, grants: grants, today: today)
    }

    private func take(
        _ proposal: CatalogueProposal, into kept: KeptSheet, by editor: StaffID, _ stamp: Stamp,
        _ composer: GuideComposer, in tx: Transaction
    ) throws -> ItemSheet {
        guard let state = SheetRules.stateAfterSaving(kept.state) else { throw CatalogueRefusal.notInThisState }
        let next = try proposal.taken(over: kept.sheet, composer.tables)
        guard next != kept.sheet else { throw CatalogueRefusal.nothingToTake }
        let last = try Journal.lastSequence(of: kept.id, in: tx)
        try Journal.append([SheetEvent(.save, on: next)], to: kept.id, after: last, stamp: stamp, in: tx)
        try SheetTable.replace(kept, with: next, state: state, by: editor, now: stamp.now, in: tx)
        return next
    }

    private func begin(
        _ proposal: CatalogueProposal, as subject: Subject, by editor: StaffID, _ stamp: Stamp,
        _ composer: GuideComposer, in tx: Transaction
    ) throws {
        guard let batch = proposal.beginning(composer), let draft = batch.drafts.first else {
            throw CatalogueRefusal.nothingToTake
        }
        var intake = SheetIntake(
            try SheetTable.codes(in: tx), owners: try SheetTable.owners(in: tx), batch, composer)
        guard case .add(let sheet, let codes) = try intake.decide(draft, nil) else {
            throw CatalogueRefusal.nothingToTake
        }
        try SheetTable.give(codes, in: tx)
        try SheetTable.add(sheet, as: subject, by: editor, now: stamp.now, in: tx)
        try Journal.append([SheetEvent(.save, on: sheet)], to: subject, after: 0, stamp: stamp, in: tx)
    }

    private func end(
        _ proposal: CatalogueProposal, as state: CatalogueProposal.State, by editor: StaffID, reason: String = "",
        _ stamp: Stamp, in tx: Transaction
    ) throws {
        let end = CatalogueProposal.End(at: stamp.now, editor: editor, reason: reason)
        try ProposalTable.end(proposal.id, as: state, end, in: tx)
        let last = try Journal.lastSequence(of: proposal.id.subject, in: tx)
        try Journal.append(
            [ProposalEvent(proposal, state, reason: reason)], to: proposal.id.subject, after: last, stamp: stamp,
            in: tx)
    }
}
