package import Vocabulary

/// What a proposal is the id of; see `DossierThing`.
package enum ProposalThing {}
package typealias ProposalID = ID<ProposalThing>

/// 目录变更建议: what another house says of an item of the catalogue, as one record of the national exchange's
/// catalogue tables. It changes nothing by itself: an editor takes it over into the sheet, or does not.
package struct CatalogueProposal: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        case open
        /// The sheet said all of it already: with this later records are compared.
        case same
        case taken
        case declined
        /// Another record of the same source came after it.
        case replaced

        /// Whether nobody needs to look at it any more.
        package var isOver: Bool { self != .open }

        package var label: Bilingual {
            switch self {
            case .open: Bilingual("待处理", "To be looked at")
            case .same: Bilingual("与底稿一致", "Says the same")
            case .taken: Bilingual("已采纳", "Taken over")
            case .declined: Bilingual("未采纳", "Not taken over")
            case .replaced: Bilingual("已有更新", "Replaced")
            }
        }
    }

    /// The record that it came as.
    package struct Source: Hashable, Sendable {
        package let partner: PartnerID
        /// Such as `dn_task_general_basic`.
        package let family: String
        /// What names the record for ever over there.
        package let key: String

        package init(partner: PartnerID, family: String, key: String) {
            (self.partner, self.family, self.key) = (partner, family, key)
        }
    }

    /// How it came to its end.
    package struct End: Hashable, Sendable {
        package let at: Instant
        /// Nil where a later record ended it.
        package let editor: StaffID?
        /// Why it was not taken over; empty otherwise.
        package let reason: String

        package init(at: Instant, editor: StaffID?, reason: String = "") {
            (self.at, self.editor, self.reason) = (at, editor, reason)
        }
    }

    package let id: ProposalID
    package let source: Source
    /// The basic code of the item.
    package let code: CatalogCode
    /// The columns as they came, without those of the sending.
    package let values: [String: JSONValue]
    /// What the same source said before; nil where it said nothing.
    package let before: [String: JSONValue]?
    package let state: State
    package let arrivedAt: Instant
    package let end: End?

    package init(
        _ id: ProposalID, from source: Source, about code: CatalogCode,
        _ said: (now: [String: JSONValue], before: [String: JSONValue]?), at: Instant
    ) {
        self.init(id, from: source, about: code, said, (at, .open, nil))
    }

    init(
        _ id: ProposalID, from source: Source, about code: CatalogCode,
        _ said: (now: [String: JSONValue], before: [String: JSONValue]?),
        _ life: (arrivedAt: Instant, state: State, end: End?)
    ) {
        (self.id, self.source, self.code, values, before) = (id, source, code, said.now, said.before)
        (arrivedAt, state, end) = life
    }

    /// Whether a record of the same source says the same of the item, whenever it was made.
    package func saysTheSame(as others: [String: JSONValue]) -> Bool {
        let said = { (row: [String: JSONValue]) in row.filter { !ProvinceColumn.technical.contains($0.key) } }
        return said(values) == said(others)
    }

    /// A column as one reads it; empty where there is nothing.
    package func text(_ column: String) -> String { ProvinceColumn.text(values[column]) }
}

extension CatalogueProposal {
    /// The basic code that a record names: its own column, or the end of its implementation code; nil for none.
    package static func code(in values: [String: JSONValue]) -> CatalogCode? {
        if let code = values["catalog_code"]?.text { return CatalogCode(code) }
        return values["task_code"]?.text.flatMap { $0.utf8.count >= 31 ? $0.prefix(31).suffix(12) : nil }
            .flatMap { CatalogCode(String($0)) }
    }
}

/// What the journal says of a proposal.
package struct ProposalEvent: Codable, Hashable, Sendable {
    package static let kind = "catalogue.proposal"

    /// The state that it came to, `open` when it came.
    package let state: String
    package let code: String
    package let family: String
    /// Why it was not taken over; empty otherwise.
    package let reason: String

    package init(_ proposal: CatalogueProposal, _ state: CatalogueProposal.State, reason: String = "") {
        (self.state, code, family) = (state.rawValue, proposal.code.code, proposal.source.family)
        self.reason = reason
    }
}
