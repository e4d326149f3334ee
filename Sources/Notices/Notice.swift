package import Store
package import Vocabulary

/// What a notice's id is the id of; see `DossierThing`.
package enum NoticeThing {}
package typealias NoticeID = ID<NoticeThing>

extension ID where Thing == NoticeThing {
    /// The id of what a command makes for a purpose: the same again when the transaction is replayed. Of two made in
    /// one millisecond the one with the lower order, 0...4095, comes first.
    package static func made(for purpose: String, order: Int = 0, stamp: Stamp) -> NoticeID {
        NoticeID(stamp.id(for: "notice \(purpose)", order: order))
    }
}

/// Whom a notice is for.
package enum Addressee: Hashable, Sendable {
    case person(PersonID)
    case staff(StaffID)

    /// The id under which the rows lie.
    package var subject: Subject {
        switch self {
        case .person(let id): id.subject
        case .staff(let id): id.subject
        }
    }

    var audience: NoticeKind.Audience {
        switch self {
        case .person: .person
        case .staff: .staff
        }
    }
}

/// What a notice is about: a case, or a certificate where its kind says so.
package struct NoticeMatter: Hashable, Sendable {
    /// The case. Rows and the journal keep the certificate's id at the same place.
    package let dossier: DossierID
    /// 12 characters: the item wherever it is implemented.
    package let catalogCode: String

    package init(_ dossier: DossierID, catalogCode: String) {
        self.dossier = dossier
        self.catalogCode = catalogCode
    }

    /// A certificate of an item; of none where the library took it over from elsewhere.
    package init(_ certificate: CertificateID, catalogCode: String) {
        self.init(DossierID(certificate.subject), catalogCode: catalogCode)
    }

    /// A bad review of an item; of none where a visit was judged.
    package init(badReview: Subject, catalogCode: String) {
        self.init(DossierID(badReview), catalogCode: catalogCode)
    }

    /// A closed file under review, of an item.
    package init(reviewedFile: Subject, catalogCode: String) {
        self.init(DossierID(reviewedFile), catalogCode: catalogCode)
    }

    /// A question about a look.
    package init(inquiry: Subject) { self.init(DossierID(inquiry), catalogCode: "") }

    /// The certificate, for kinds that are about one.
    package var certificate: CertificateID { CertificateID(dossier.subject) }
}

/// Words to somebody. The row is the delivery in the portal; text messages and mail go out beside it.
package struct Notice: Hashable, Sendable {
    package let id: NoticeID
    package let kind: NoticeKind
    /// The edition of the templates in which it is written, for ever.
    package let edition: Int
    /// Whose it is: a person's id or a member of staff's.
    package let addressee: Subject
    package let matter: NoticeMatter
    /// What it says; nil once it was erased.
    package let values: [String: NoticeValue]?
    package let createdAt: Instant
    /// When it was read in the portal or in the office; nil before.
    package let readAt: Instant?

    /// A new notice in the newest edition. Refuses values that are missing, of another type, too long or not the
    /// kind's. A kind that is not for such an addressee is a bug.
    package init(
        _ id: NoticeID, _ kind: NoticeKind, to addressee: Addressee, about matter: NoticeMatter,
        values: [String: NoticeValue], now: Instant
    ) throws(NoticeRefusal) {
        precondition(kind.audience == addressee.audience, "\(kind.id) is for others")
        for (name, shape) in kind.values where values[name]?.shape != shape { throw .valueMissing }
        guard values.count == kind.values.count else { throw .valueUnknown }
        let texts = values.values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        guard texts.allSatisfy({ $0.count <= NoticeValue.charactersMax }) else { throw .tooLong }
        self.id = id
        self.kind = kind
        edition = NoticeTemplates.newestEdition
        self.addressee = addressee.subject
        self.matter = matter
        self.values = values
        createdAt = now
        readAt = nil
    }

    init(
        _ id: NoticeID, _ kind: NoticeKind, edition: Int, addressee: Subject, matter: NoticeMatter,
        row: (values: [String: NoticeValue]?, createdAt: Instant, readAt: Instant?)
    ) {
        (self.id, self.kind, self.edition, self.addressee, self.matter) = (id, kind, edition, addressee, matter)
        (values, createdAt, readAt) = row
    }

    /// The same with another value at one place: the item's name in the reader's language.
    package func saying(_ name: String, _ value: String) -> Notice {
        var changed = values
        if changed?[name] != nil { changed?[name] = .text(value) }
        return Notice(
            id, kind, edition: edition, addressee: addressee, matter: matter, row: (changed, createdAt, readAt))
    }
}

/// Notices that somebody may read: her own, or those of whom she acts for.
package struct NoticeBox: Hashable, Sendable {
    package let addressee: Subject
    /// Catalogue codes of the items that she may see; nil for all.
    package let items: [String]?

    package init(_ addressee: Subject, items: [String]? = nil) {
        self.addressee = addressee
        self.items = items
    }

    /// Whether she may see what is about an item.
    package func holds(_ catalogCode: String) -> Bool { items.map { $0.contains(catalogCode) } ?? true }
}
