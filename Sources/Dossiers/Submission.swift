package import Store
package import Vocabulary

/// How a material came in.
package enum MaterialSource: Hashable, Sendable {
    /// Files that were uploaded or scanned.
    case files([BlobRef])
    /// A certificate that the library holds; nobody was asked for it (国令716 art. 7).
    case certificate(CertificateID)
    /// Paper that the window keeps or has seen, not scanned.
    case paper
    /// The application form itself: made from the answers, nothing to hand in.
    case answers
}

extension MaterialSource: Codable {
    private enum Key: String, CodingKey { case files, certificate, paper, answers }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let files = try container.decodeIfPresent([BlobRef].self, forKey: .files) {
            self = .files(files)
        } else if let certificate = try container.decodeIfPresent(CertificateID.self, forKey: .certificate) {
            self = .certificate(certificate)
        } else if try container.decodeIfPresent(Bool.self, forKey: .answers) == true {
            self = .answers
        } else if try container.decode(Bool.self, forKey: .paper) {
            self = .paper
        } else {
            throw DecodingError.dataCorruptedError(forKey: .paper, in: container, debugDescription: "no source")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .files(let files): try container.encode(files, forKey: .files)
        case .certificate(let certificate): try container.encode(certificate, forKey: .certificate)
        case .paper: try container.encode(true, forKey: .paper)
        case .answers: try container.encode(true, forKey: .answers)
        }
    }
}

/// One material of an application.
package struct HandedIn: Hashable, Sendable, Codable {
    /// The material's id in the guide.
    package let material: String
    package let source: MaterialSource

    package init(_ material: String, _ source: MaterialSource) {
        self.material = material
        self.source = source
    }
}

/// What an applicant hands in: everything a dossier begins with.
package struct Submission: Hashable, Sendable {
    package let terms: Terms
    package let mode: ServiceMode
    package let delivery: DeliveryMode
    /// The questions of the guide about the situation, with the choices made.
    package let situation: [String: String]
    /// Whose matter it is.
    package let applicant: PersonID
    /// Who acts for the applicant; nil when she acts herself.
    package let agent: PersonID?
    package let numbers: DossierNumbers
    package let materials: [HandedIn]
    package let personal: Personal
    /// The region of the hall at whose window it was received; nil for an online filing.
    package let hall: Region?
    /// Whether the applicant signed the commitment that the item offers (告知承诺).
    package let isCommitted: Bool
    /// The licence that it renews; nil for any other application.
    package let renewal: Renewal?
    /// The licence that it changes; nil for any other application.
    package let change: LicenceChange?
    /// What she was told that the courier with the result costs her, in cents; nil where it is free or there is none.
    package let agreedCents: Int?

    package init(
        terms: Terms, way: Way, parties: Parties, numbers: DossierNumbers, contents: Contents
    ) {
        self.terms = terms
        mode = way.mode
        delivery = way.delivery
        situation = way.situation
        hall = way.hall
        isCommitted = way.isCommitted
        renewal = way.renewal
        change = way.change
        agreedCents = way.agreedCents
        applicant = parties.applicant
        agent = parties.agent
        self.numbers = numbers
        materials = contents.materials
        personal = contents.personal
    }

    /// How it is filed and how the result comes back.
    package struct Way: Sendable {
        let mode: ServiceMode
        let delivery: DeliveryMode
        let situation: [String: String]
        let hall: Region?
        let isCommitted: Bool
        let renewal: Renewal?
        let change: LicenceChange?
        let agreedCents: Int?

        package init(
            mode: ServiceMode, delivery: DeliveryMode, situation: [String: String] = [:], hall: Region? = nil,
            isCommitted: Bool = false, renewal: Renewal? = nil, change: LicenceChange? = nil,
            agreedCents: Int? = nil
        ) {
            self.mode = mode
            self.delivery = delivery
            self.situation = situation
            self.hall = hall
            self.isCommitted = isCommitted
            self.renewal = renewal
            self.change = change
            self.agreedCents = agreedCents
        }
    }

    /// Whose matter it is and who acts.
    package struct Parties: Sendable {
        let applicant: PersonID
        let agent: PersonID?

        package init(applicant: PersonID, agent: PersonID? = nil) {
            self.applicant = applicant
            self.agent = agent
        }
    }

    /// What was filled in and handed in.
    package struct Contents: Sendable {
        let materials: [HandedIn]
        let personal: Personal

        package init(materials: [HandedIn], personal: Personal) {
            self.materials = materials
            self.personal = personal
        }
    }

    /// The personal part: it can be erased when retention ends.
    package struct Personal: Hashable, Sendable, Codable {
        package let applicantName: String
        /// Identity card number or credit code.
        package let applicantNumber: String
        package let agentName: String?
        package let contactMobile: String
        /// The form, by field id.
        package let answers: [String: String]
        /// Names of uploaded files by their digest.
        package let fileNames: [String: String]
        /// Six digits with which anybody who holds the slip can look the dossier up.
        package let queryPassword: String
        /// What she signed with the application, word for word; nil where nothing was to be signed.
        package private(set) var signed: Signed?
        /// The door to which a courier brings the result; nil where none does.
        package private(set) var deliverTo: PostalAddress?

        package init(
            applicant: (name: String, number: String), agentName: String? = nil, contactMobile: String,
            answers: [String: String], files: (names: [String: String], queryPassword: String)
        ) {
            applicantName = applicant.name
            applicantNumber = applicant.number
            self.agentName = agentName
            self.contactMobile = contactMobile
            self.answers = answers
            fileNames = files.names
            queryPassword = files.queryPassword
        }

        /// The same with the door to which a courier brings the result.
        package func delivered(to address: PostalAddress?) -> Personal {
            var personal = self
            personal.deliverTo = address
            return personal
        }

        /// The same with what she signed.
        package func signing(_ signed: Signed) -> Personal {
            var personal = self
            personal.signed = signed == Signed() ? nil : signed
            return personal
        }
    }

    /// The texts that were signed with an application, word for word.
    package struct Signed: Hashable, Sendable, Codable {
        /// 告知承诺书: the conditions are met, and what follows if they are not.
        package let commitment: String?
        /// 容缺承诺书: what is still missing follows in time.
        package let undertaking: String?

        package init(commitment: String? = nil, undertaking: String? = nil) {
            self.commitment = commitment
            self.undertaking = undertaking
        }
    }
}
