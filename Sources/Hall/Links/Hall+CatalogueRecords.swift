import Accounts
import Catalogue
import Exchange
import Store
import Vocabulary

/// What comes over a link of the catalogue: it changes nothing here, but becomes a proposal for the editors.
extension Hall {
    /// Keeps what a record of the catalogue says. Answers the id of the proposal; `same` where the sheet says all of it
    /// already, and the id that it has where the same source said the same before. Refuses a partner that may not, and
    /// a record that names no item.
    func propose(_ record: LinkRecord, from partner: PartnerID) async throws -> String {
        let values = record.record.values.filter { !RecordFamily.envelope.contains($0.key) }
        guard record.record.values["cd_operation"]?.text != "D" else { throw LinkRefusal.familyUnfit }
        guard let code = CatalogueProposal.code(in: values) else { throw CatalogueRefusal.codeMissing }
        let source = CatalogueProposal.Source(
            partner: partner, family: record.record.family, key: record.record.key)
        let (id, stamp, tables) = (ProposalID(ids.next()), stamp(of: .partner(partner, officer: nil)), papers.tables)
        return try await store.write { tx in
            let guest = try allowed(try guest(partner, in: tx))
            try guest.require(.propose)
            guard guest.mayPropose(values, code) else { throw PartnerRefusal.outOfReach }
            let last = try ProposalTable.last(of: source, in: tx)
            if let last, last.saysTheSame(as: values) { return last.state == .same ? "same" : "\(last.id)" }
            let proposal = CatalogueProposal(id, from: source, about: code, (values, last?.values), at: stamp.now)
            let sheet = try SheetTable.sheet(of: code, in: tx)
            guard try !proposal.lines(on: sheet?.sheet, tables).isEmpty else {
                try ProposalTable.add(proposal, as: .same, in: tx)
                return "same"
            }
            guard try ProposalTable.openCount(in: tx) < ProposalTable.openMax else {
                throw RecordEarly(because: CatalogueRefusal.tooManyProposals)
            }
            try ProposalTable.add(proposal, as: .open, in: tx)
            try Journal.append([ProposalEvent(proposal, .open)], to: id.subject, after: 0, stamp: stamp, in: tx)
            return "\(id)"
        }
    }
}

extension Hall.PartnerGuest {
    /// Whether a grant lets it propose something for an item, at the body that the record names; a record without a
    /// body is for whoever may propose for any.
    fileprivate func mayPropose(_ values: [String: JSONValue], _ code: CatalogCode) -> Bool {
        let body = values["dept_code"]?.text ?? values["task_code"]?.text.map { String($0.prefix(18)) }
        guard let body = body.flatMap({ CreditCode($0) }) else {
            return reaches(.propose).contains { reach in
                reach.department == nil && (reach.items.map { code.code.hasPrefix($0.text) } ?? true)
                    && reach.regions.contains(.fuzhou)
            }
        }
        return covers(.propose, Scope(department: body, itemCode: code.code, region: .fuzhou))
    }
}
