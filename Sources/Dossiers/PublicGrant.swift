package import Vocabulary

/// A licence that was granted, as everybody may read it (行政许可法 art. 40). Organisations stand with their name and
/// credit code; a person only as `林**` and without any number.
package struct PublicGrant: Hashable, Sendable {
    package let dossier: DossierID
    /// 文号 of the written decision.
    package let number: String
    /// The number of the certificate that was granted; empty where there is none.
    package let certificateNumber: String
    /// 33 characters where there is a handling item, else 31.
    package let itemCode: String
    /// The names as the guide of the dossier had them, in Chinese.
    package let itemName: String
    package let body: CreditCode
    package let bodyName: String
    package let region: Region
    package let decidedOn: CivilDate
    /// Who holds it, as it may be shown.
    package let holder: String
    /// Nil for a person.
    package let holderCode: CreditCode?
    /// The last day; nil for one without an end.
    package let validUntil: CivilDate?
    /// How it ended before its time; nil while it stands.
    package var end: End?

    /// The end of a licence before its time.
    package struct End: Hashable, Sendable {
        package let kind: Kind
        package let day: CivilDate

        package init(_ kind: Kind, on day: CivilDate) {
            (self.kind, self.day) = (kind, day)
        }

        /// 撤回, 撤销, 注销 (arts 8, 69, 70), or another took its place (art. 49).
        package enum Kind: String, Sendable, CaseIterable {
            case recalled, revoked, cancelled, changed
        }
    }

    /// What is true of it on a day.
    package enum Standing: String, Sendable, CaseIterable {
        case valid, expired, recalled, revoked, cancelled, changed
    }

    /// What is public of a grant: its written decision, and the certificate where it makes one.
    package init(
        _ dossier: Dossier, number: String, on day: CivilDate, certificate: (number: String, until: CivilDate?)?,
        end: End? = nil
    ) {
        let (terms, person) = (dossier.submitted.terms, dossier.personal)
        self.dossier = dossier.id
        self.number = number
        certificateNumber = certificate?.number ?? ""
        (itemCode, itemName) = (terms.itemCode, terms.itemName)
        (body, bodyName, region) = (terms.body, terms.bodyName, terms.region)
        decidedOn = day
        let code = person.flatMap { CreditCode($0.applicantNumber) }
        holderCode = code
        holder = person.map { code == nil ? Self.masked($0.applicantName) : $0.applicantName } ?? "—"
        validUntil = certificate?.until
        self.end = end
    }

    /// The same as a row has it.
    init(
        _ dossier: DossierID, numbers: (decision: String, certificate: String), item: (code: String, name: String),
        body: (code: CreditCode, name: String, region: Region), holder: (name: String, code: CreditCode?),
        days: (decided: CivilDate, until: CivilDate?, end: End?)
    ) {
        self.dossier = dossier
        (number, certificateNumber) = numbers
        (itemCode, itemName) = item
        (self.body, bodyName, region) = body
        (self.holder, holderCode) = holder
        (decidedOn, validUntil, end) = days
    }

    /// `林**`: as many stars whatever the length, so that a name cannot be guessed from it.
    static func masked(_ name: String) -> String { name.prefix(1) + "**" }

    /// 12 characters: the item wherever it is implemented.
    package var catalogCode: String { String(itemCode.dropFirst(19).prefix(12)) }

    package func standing(on day: CivilDate) -> Standing {
        switch end?.kind {
        case .recalled: .recalled
        case .revoked: .revoked
        case .cancelled: .cancelled
        case .changed: .changed
        case nil: validUntil.map { day > $0 } ?? false ? .expired : .valid
        }
    }
}

extension LicenceEnd.Kind {
    /// As the public list has it.
    package var publicKind: PublicGrant.End.Kind {
        switch self {
        case .recalled: .recalled
        case .revoked: .revoked
        case .cancelled: .cancelled
        }
    }
}
