package import Vocabulary

/// What the person at the door pays for a parcel, and why it may be nothing.
package struct ParcelPrice: Hashable, Sendable, Codable {
    /// Why nothing is paid.
    package enum Free: String, Sendable, Codable, CaseIterable {
        /// 网上申报免邮: the application was filed online.
        case filedOnline
        /// The house sends originals back that it asked for.
        case originalsBack
    }

    /// In cents; 0 where it is free.
    package let cents: Int
    package let freeBecause: Free?

    package init(cents: Int, freeBecause: Free?) { (self.cents, self.freeBecause) = (cents, freeBecause) }
}

/// The prices and the area of the courier service, in one place. The figures are parameters of this installation.
package struct ParcelTariff: Hashable, Sendable {
    /// LIMIT: cents of one parcel.
    package static let centsMax = 100_000

    /// What one parcel costs, in cents.
    package let cents: Int
    /// The places that are served.
    package let areas: [Region]

    package init(cents: Int, areas: [Region]) {
        precondition((0...Self.centsMax).contains(cents), "a price is within its limit")
        (self.cents, self.areas) = (cents, areas)
    }

    /// Within Fuzhou, twelve yuan; free for whoever filed online.
    package static let usual = ParcelTariff(cents: 1200, areas: [.fuzhou])

    /// What a parcel costs the person at the door.
    package func price(of direction: ParcelDirection, filedOnline: Bool) -> ParcelPrice {
        if filedOnline { return ParcelPrice(cents: 0, freeBecause: .filedOnline) }
        if direction == .originalsToDoor { return ParcelPrice(cents: 0, freeBecause: .originalsBack) }
        return ParcelPrice(cents: cents, freeBecause: nil)
    }

    /// Whether a place is served.
    package func serves(_ division: DivisionCode) -> Bool {
        areas.contains { $0.contains(division.region) }
    }
}
