import Dossiers

/// Cases that are alike: one version of one item, examined, with the same proposal.
struct Batch {
    let like: [Dossier]
    let proposal: ReviewProposal
    /// How many were chosen that are not like the first.
    let leftOut: Int

    /// Nil when none of them is examined.
    init?(_ dossiers: [Dossier]) {
        guard let first = dossiers.first(where: { $0.proposal != nil }), let proposal = first.proposal else {
            return nil
        }
        let terms = first.submitted.terms
        like = dossiers.filter {
            $0.proposal == proposal && $0.submitted.terms.itemCode == terms.itemCode
                && $0.submitted.terms.version == terms.version
        }
        self.proposal = proposal
        leftOut = dossiers.count - like.count
    }
}

extension Dossier {
    /// What its examination proposes; nil before that is finished and after the decision.
    fileprivate var proposal: ReviewProposal? {
        if case .reviewed(_, let review) = stage { return review.proposal }
        return nil
    }
}

extension ReviewProposal {
    var batch: StaticString {
        switch self {
        case .grant: "batch.lead-grant"
        case .refuse: "batch.lead-refuse"
        }
    }
}
