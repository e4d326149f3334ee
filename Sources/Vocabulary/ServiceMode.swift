/// One of the six ways in which submission, originals and result can travel (O2O modes), or the ordinary way beside
/// them.
///
/// Everything that must know how a mode behaves reads the value; nothing asks which mode it is.
package struct ServiceMode: Hashable, Sendable {
    /// Where the application is made.
    package enum Submission: String, Sendable { case online, counter }
    /// How originals on paper reach the window.
    package enum Originals: String, Sendable { case none, courier, counter, verifiedAtPickUp }
    /// How the result reaches the applicant.
    package enum Result: String, Sendable { case eCertificate, courier, courierOrECertificate, counter, any }

    /// `O1` to `O6`, or `O0` for the ordinary way.
    package let id: String
    package let label: String
    package let labelEnglish: String
    package let submission: Submission
    package let originals: Originals
    package let result: Result
    /// Whether the filing is looked at before it counts as received: at most once sent back, within one working day,
    /// and only where paper comes later.
    package let hasPreReview: Bool
    /// Whether this installation can carry the mode out already.
    package let isOffered: Bool

    /// 收到: which instant makes a filing of the mode received (domain section 2.6).
    package enum Receipt: String, Sendable {
        /// The instant at which the platform takes the submission (电子签名法 art. 11).
        case submission
        /// The filing at a counter, where the originals are there.
        case counter
        /// The instant at which the originals, which come after an online filing, are scanned in at the window.
        case originals
    }

    /// Which instant is the receipt.
    package var receipt: Receipt {
        switch (submission, originals) {
        case (.counter, _): .counter
        case (.online, .none), (.online, .verifiedAtPickUp): .submission
        case (.online, .courier), (.online, .counter): .originals
        }
    }

    /// Whether a result can travel this way in the mode.
    package func allows(_ delivery: DeliveryMode) -> Bool {
        switch result {
        case .eCertificate: delivery == .eCertificate
        case .courier: delivery == .courier
        case .courierOrECertificate: delivery == .courier || delivery == .eCertificate
        case .counter: delivery.carrier == .hall
        case .any: true
        }
    }

    package static let fullyOnline = ServiceMode(
        id: "O1", label: "全程网办·电子出证", labelEnglish: "Fully online, electronic certificate",
        submission: .online, originals: .none, result: .eCertificate,
        hasPreReview: false, isOffered: true)
    package static let onlineThenCourier = ServiceMode(
        id: "O2", label: "网上申报·快递送达", labelEnglish: "Filed online, result by courier",
        submission: .online, originals: .none, result: .courier,
        hasPreReview: false, isOffered: true)
    package static let courierBothWays = ServiceMode(
        id: "O3", label: "网上申报·双向快递", labelEnglish: "Filed online, courier both ways",
        submission: .online, originals: .courier, result: .courierOrECertificate,
        hasPreReview: true, isOffered: true)
    package static let onlineThenCollect = ServiceMode(
        id: "O4", label: "网上申报·到场核验取证", labelEnglish: "Filed online, originals checked when collecting",
        submission: .online, originals: .verifiedAtPickUp, result: .counter,
        hasPreReview: false, isOffered: true)
    package static let preReviewThenCounter = ServiceMode(
        id: "O5", label: "网上预审·窗口递件·送达", labelEnglish: "Looked at online, paper handed in at a window",
        submission: .online, originals: .counter, result: .courierOrECertificate,
        hasPreReview: true, isOffered: true)
    package static let nearestWindow = ServiceMode(
        id: "O6", label: "窗口申报·就近通办", labelEnglish: "Any comprehensive window of the city",
        submission: .counter, originals: .counter, result: .any,
        hasPreReview: false, isOffered: true)
    package static let ordinary = ServiceMode(
        id: "O0", label: "普通办理", labelEnglish: "Ordinary: at the counter, collect later",
        submission: .counter, originals: .counter, result: .counter,
        hasPreReview: false, isOffered: true)

    /// The six modes in their order, then the ordinary way.
    package static let all = [
        fullyOnline, onlineThenCourier, courierBothWays, onlineThenCollect, preReviewThenCounter, nearestWindow,
        ordinary,
    ]

    /// The mode with the id; nil when there is none.
    package static func named(_ id: String) -> ServiceMode? {
        all.first { $0.id == id }
    }
}

extension ServiceMode: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, ServiceMode.named, "not a service mode")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id)
    }
}

/// A way in which a result reaches the applicant (element E35 of a guide).
package struct DeliveryMode: Hashable, Sendable {
    /// Who carries it.
    package enum Carrier: String, Sendable { case none, hall, courier }

    package let id: String
    package let label: String
    package let labelEnglish: String
    package let carrier: Carrier
    /// Whether this installation can carry it out already.
    package let isOffered: Bool

    package static let eCertificate = DeliveryMode(
        id: "eCertificate", label: "电子证照", labelEnglish: "Electronic certificate", carrier: .none, isOffered: true)
    package static let courier = DeliveryMode(
        id: "courier", label: "快递送达", labelEnglish: "Courier", carrier: .courier, isOffered: true)
    package static let counter = DeliveryMode(
        id: "counter", label: "窗口领取", labelEnglish: "Collect at the issuing window", carrier: .hall, isOffered: true)
    package static let selfServiceTerminal = DeliveryMode(
        id: "selfServiceTerminal", label: "自助柜领取", labelEnglish: "Self-service locker", carrier: .hall,
        isOffered: false)

    package static let all = [eCertificate, courier, counter, selfServiceTerminal]

    /// The mode with the id; nil when there is none.
    package static func named(_ id: String) -> DeliveryMode? {
        all.first { $0.id == id }
    }
}

extension DeliveryMode: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, DeliveryMode.named, "not a delivery mode")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id)
    }
}
