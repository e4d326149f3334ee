import Vocabulary

/// What partners learn of an event beyond that it happened: these members of its public part and no others. Who
/// applied, who holds a certificate, which member of staff acted, digests of files and numbers by which a parcel can be
/// traced stay in the house, though the journal's public part has them. A kind that does not stand here says nothing
/// more.
enum EventData {
    static let members: [String: [String]] = [
        "dossier.submitted": ["delivery", "hall", "isCommitted", "mode"],
        "dossier.pre-review-returned": ["defects"],
        "dossier.pre-review-passed": ["bySilence"],
        "dossier.correction-requested": ["defects"],
        "dossier.accepted": ["bySilence", "from"],
        "dossier.declined": ["authority", "ground"],
        "dossier.review-passed": ["proposal"],
        "dossier.granted": ["certificate"],
        "dossier.refused": ["standard"],
        "dossier.certificate-filed": ["certificate"],
        "dossier.handed-over": ["proof"],
        "dossier.special-begun": ["days", "procedure"],
        "dossier.special-prolonged": ["days", "procedure"],
        "dossier.special-ended": ["procedure"],
        "dossier.hearing-waived": ["bySilence"],
        "dossier.hearing-scheduled": ["day", "minute"],
        "dossier.extension-requested": ["value"],
        "dossier.extension-approved": ["authority", "value"],
        "dossier.tolerance-granted": ["days", "lagging"],
        "dossier.commitment-verified": ["isKept"],
        "dossier.verification-announced": ["day", "minute"],
        "dossier.licence-ended": ["ground", "kind"],
        "dossier.limit-nearing": ["due", "limit"],
        "dossier.limit-passed": ["due", "limit"],
        "dossier.overrun-explained": ["due", "limit"],
        "dossier.renewed-by-silence": ["certificate"],
        "dossier.step-passed": ["next", "step"],
        "dossier.step-sent-back": ["from", "to"],
        "dossier.opinions-asked": ["until"],
        "dossier.opinion-given": ["answer"],
        "dossier.urged": ["by"],
        "parcel.ordered": ["direction"],
        "parcel.booked": ["promisedDay"],
        "parcel.scanned": ["at", "kind", "number"],
        "evaluation.given": ["channel", "grade"],
        "certificate.reserved": ["validFrom", "validUntil"],
        "certificate.filed": ["signedAt"],
        "certificate.ended": ["ending", "successor"],
        "certificate.restricted": ["ground"],
        "certificate.suspended": ["ground"],
        "certificate.checked": ["passed", "year"],
        "certificate.terminated": ["ending", "ground"],
    ]

    /// Members that hold instants, which the journal writes as milliseconds and partners read with their offset.
    private static let instants: Set<String> = ["at", "from", "signedAt"]

    /// What is said of a public part.
    static func open(_ kind: String, _ body: [UInt8]) throws -> JSONValue {
        guard let known = members[kind], body.count > 2 else { return .record([:]) }
        let whole: JSONValue = try CanonicalJSON.value(in: body)
        var said: [String: JSONValue] = [:]
        for name in known {
            guard let value = whole[name] else { continue }
            if case .number(let milliseconds) = value, instants.contains(name) {
                said[name] = .text("\(Instant(milliseconds: Int64(milliseconds)))")
            } else {
                said[name] = value
            }
        }
        return .record(said)
    }
}
